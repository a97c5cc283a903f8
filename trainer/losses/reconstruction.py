"""Self-reconstruction (equation 6), and the two terms that true before/after pictures allow.

The latter are not part of the paper, whose data are unpaired. Both weigh a pixel the heavier, the more the expression
changes its neighbourhood: wrinkles, lids and lips are a few per cent of the pixels, which a plain mean hardly sees.
"""

from typing import Final

import torch
from pytorch_msssim import ms_ssim
from torch import Tensor
from torch.nn.functional import avg_pool2d

from engine.faces.alignment import DEFAULT_TEMPLATE

_USUAL_WINDOW: Final = 11
_SMALL_WINDOW: Final = 7
"""MS-SSIM halves the picture four times, and what is left must hold a window: 161 pixels for 11, 97 for 7."""
_EYE_PX: Final = (12.0, 8.0)
"""Width and height over which the emphasis on an eye falls, in pixels of the template."""


def reconstruction_loss(reconstruction: Tensor, images: Tensor) -> Tensor:
    """Mean absolute difference + (1 - MS-SSIM) between G(E(x), u_x) and x (equation 6).

    MS-SSIM subtracts nearly equal squares, so its arguments have to be float32 and autocast off.

    Args:
        reconstruction, images: [N, 3, S, S] in 0..1, S at least 97.
    """
    similarity = multiscale_similarity(reconstruction, images).mean()
    return (reconstruction - images).abs().mean() + (1 - similarity)


def multiscale_similarity(images: Tensor, references: Tensor) -> Tensor:
    """MS-SSIM of each pair of pictures [N, 3, H, W] in 0..1, both sides at least 97: [N], 1 for equal ones."""
    window = _USUAL_WINDOW if min(images.shape[-2:]) > (_USUAL_WINDOW - 1) * 2**4 else _SMALL_WINDOW
    similarity: Tensor = ms_ssim(images, references, data_range=1.0, win_size=window, size_average=False)
    return similarity


def paired_loss(edited: Tensor, after: Tensor, before: Tensor, emphasis: float, eye_emphasis: float = 0.0) -> Tensor:
    """L1 between each edit and the true picture of its expression, [N].

    Args:
        edited: G(E(before), u_after), [N, 3, S, S] in 0..1.
        after, before: the true pair, alike.
        emphasis: extra weight of a pixel that changes by the full range; 0 is the plain mean.
        eye_emphasis: extra weight of a pixel between an eye's lids.
    """
    weight = _emphasis(after, before, emphasis) * (1 + eye_emphasis * _near_eyes(after))
    return ((edited - after).abs() * weight).mean(dim=(1, 2, 3))


def change_loss(edited: Tensor, reconstruction: Tensor, after: Tensor, before: Tensor, emphasis: float) -> Tensor:
    """L1 between what an expression changes in each generated picture and what it changes in the true pair, [N].

    In the plain differences, an error in the person's likeness hides the small error of an
    expression; here the likeness cancels out, so the expression is learned early, and the motion between the two
    pictures is what counts in use.

    Args:
        edited, reconstruction: G(l, u_after) and G(l, u_before) from one latent, [N, 3, S, S] in 0..1.
        after, before: the true pair, alike.
        emphasis: as for `paired_loss`.
    """
    difference = (edited - reconstruction) - (after - before)
    return (difference.abs() * _emphasis(after, before, emphasis)).mean(dim=(1, 2, 3))


def _near_eyes(pictures: Tensor) -> Tensor:
    """1 at the middle of each eye, 0 away from them, where the crop's template has them: [S, S]."""
    template = DEFAULT_TEMPLATE
    places = torch.arange(pictures.shape[-1], device=pictures.device) * (template.size_px / pictures.shape[-1])
    middle_x, middle_y = template.eye_centre_px
    across = (places - middle_x).abs() - template.eye_distance_px / 2
    return torch.exp(-((across / _EYE_PX[0]) ** 2) - ((places[:, None] - middle_y) / _EYE_PX[1]) ** 2)


def _emphasis(after: Tensor, before: Tensor, emphasis: float) -> Tensor:
    """Weight of each pixel by how much its neighbourhood changes, [N, 1, S, S], 1 where nothing does."""
    change = (after - before).abs().mean(dim=1, keepdim=True)
    return 1 + emphasis * avg_pool2d(change, kernel_size=5, stride=1, padding=2)
