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
    change = avg_pool2d((after - before).abs().mean(dim=1, keepdim=True), kernel_size=5, stride=1, padding=2)
    return ((edited - after).abs() * (1 + emphasis * change)).mean()
