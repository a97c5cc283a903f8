"""What the detail variant's flow and mask are to be by themselves.

Plain: smooth flow, and paint only where pixels cannot be moved. And true: the flow has to bring each landmark from
where it lies in the source. A picture's error says that only where it has edges and only within a pixel or two of them;
the landmarks say it for cheeks and chin too, and however far they move.
"""

from typing import Final

import torch.nn.functional as F
from torch import Tensor

from engine.faces.alignment import DEFAULT_TEMPLATE

_SKIN_LANDMARKS: Final = 468
"""MediaPipe's further ones are those of the irises, which turn with the gaze."""


def landmark_flow_loss(flow: Tensor, before: Tensor, after: Tensor) -> Tensor:
    """Mean distance, along x and y, between where the flow takes landmarks from and where they lie in the source, [N].

    Args:
        flow: [N, 2, S, S] in pixels; a pixel p of the result comes from p + flow(p).
        before, after: landmarks of source and true picture, [N, 478, 2] in pixels, (x, y).

    Returns:
        In pixels of the 128 px template, whatever S is.
    """
    size = flow.shape[-1]
    before, after = before[:, :_SKIN_LANDMARKS], after[:, :_SKIN_LANDMARKS]
    places = (after * 2 + 1) / size - 1
    taken = F.grid_sample(flow, places[:, None], mode="bilinear", padding_mode="border", align_corners=False)
    difference = taken[:, :, 0].mT - (before - after)
    return difference.abs().mean(dim=(1, 2)) * (DEFAULT_TEMPLATE.size_px / size)


def flow_smoothness(flow: Tensor) -> Tensor:
    """Mean absolute slope of a flow [N, 2, S, S] in pixels: total variation, which allows edges at lids and lips."""
    across = (flow[..., :, 1:] - flow[..., :, :-1]).abs().mean()
    down = (flow[..., 1:, :] - flow[..., :-1, :]).abs().mean()
    return across + down


def mask_sparsity(mask: Tensor) -> Tensor:
    """Mean of a mask [N, 1, S, S] in 0..1 (the attention loss of GANimation, Pumarola et al. 2018, L1 as here)."""
    return mask.mean()
