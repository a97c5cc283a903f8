"""Self-reconstruction (equation 6), and the paired term that true before/after pictures allow."""

from pytorch_msssim import ms_ssim
from torch import Tensor
from torch.nn.functional import avg_pool2d


def reconstruction_loss(reconstruction: Tensor, images: Tensor) -> Tensor:
    """L1 + (1 - MS-SSIM) between G(E(x), u_x) and x, both [N, 3, S, S] in 0..1 (equation 6).

    MS-SSIM's five scales need 161 pixels with its usual window of 11; below that the window is 7, which suits 97 and more.
    """
    window = 11 if min(images.shape[-2:]) > 160 else 7
    similarity: Tensor = ms_ssim(reconstruction.float(), images.float(), data_range=1.0, win_size=window)
    return (reconstruction - images).abs().mean() + (1 - similarity)


def paired_loss(edited: Tensor, after: Tensor, before: Tensor, emphasis: float) -> Tensor:
    """L1 between an edit and the true picture of the target expression, heavier where the expression changes the picture.

    Not part of the paper, whose data are unpaired. Wrinkles, lids and lips are a few per cent of the pixels; a plain mean would
    hardly see them.

    Args:
        edited: G(E(before), u_after), [N, 3, S, S] in 0..1.
        after, before: the true pair.
        emphasis: extra weight of a pixel that changes by the full range; 0 is the plain mean.
    """
    return ((edited - after).abs() * _emphasis(after, before, emphasis)).mean()


def change_loss(edited: Tensor, reconstruction: Tensor, after: Tensor, before: Tensor, emphasis: float) -> Tensor:
    """L1 between what an expression changes in the generated pictures and what it changes in the true pair.

    Not part of the paper. In the plain differences, an error in the person's likeness hides the small error of an expression; here
    the likeness cancels out, so the expression is learned early, and the motion between the two pictures is what counts in use.

    Args:
        edited, reconstruction: G(l, u_after) and G(l, u_before) from one latent, [N, 3, S, S] in 0..1.
        after, before: the true pair.
        emphasis: as for `paired_loss`.
    """
    difference = (edited - reconstruction) - (after - before)
    return (difference.abs() * _emphasis(after, before, emphasis)).mean()


def _emphasis(after: Tensor, before: Tensor, emphasis: float) -> Tensor:
    """Weight of each pixel by how much its neighbourhood changes, [N, 1, S, S], 1 where nothing does."""
    change = (after - before).abs().mean(dim=1, keepdim=True)
    return 1 + emphasis * avg_pool2d(change, kernel_size=5, stride=1, padding=2)
