"""What keeps the detail variant's predictions plain: smooth flow, and paint only where pixels cannot be moved."""

from torch import Tensor


def flow_smoothness(flow: Tensor) -> Tensor:
    """Mean absolute slope of a flow [N, 2, S, S] in pixels: total variation, which allows edges at lids and lips."""
    across = (flow[..., :, 1:] - flow[..., :, :-1]).abs().mean()
    down = (flow[..., 1:, :] - flow[..., :-1, :]).abs().mean()
    return across + down


def mask_sparsity(mask: Tensor) -> Tensor:
    """Mean of a mask [N, 1, S, S] in 0..1 (the attention loss of GANimation, Pumarola et al. 2018, L1 as here)."""
    return mask.mean()
