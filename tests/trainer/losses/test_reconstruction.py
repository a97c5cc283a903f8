"""Equation 6 and the paired term. MS-SSIM itself is pytorch-msssim's, so its identities are tested, and L1 by hand."""

import numpy as np
import pytest
import torch
from pytorch_msssim import ms_ssim
from torch import Tensor

from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss


def pictures(side: int = 128) -> Tensor:
    coarse = torch.rand(2, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    return torch.nn.functional.interpolate(coarse, size=side, mode="bilinear")


def test_equal_pictures_have_no_loss() -> None:
    assert float(reconstruction_loss(pictures(), pictures())) == pytest.approx(0, abs=1e-6)


def test_it_is_l1_plus_the_lack_of_similarity() -> None:
    noise = 0.1 * torch.randn(2, 3, 128, 128, generator=torch.Generator().manual_seed(1))
    a, b = (pictures() + noise).clamp(0, 1).double(), pictures().double()
    l1 = np.abs(a.numpy() - b.numpy()).mean()
    similarity = float(ms_ssim(a, b, data_range=1.0, win_size=7))
    assert 0.5 < similarity < 0.99
    assert float(reconstruction_loss(a, b)) == pytest.approx(l1 + 1 - similarity, rel=1e-9)


def test_a_shift_in_brightness_of_a_flat_picture_is_its_l1_and_the_luminance_term() -> None:
    a, b = torch.full((1, 3, 128, 128), 0.5).double(), torch.full((1, 3, 128, 128), 0.6).double()
    luminance = (2 * 0.5 * 0.6 + 0.01**2) / (0.5**2 + 0.6**2 + 0.01**2)  # of the last scale, weight 0.1333
    assert float(reconstruction_loss(a, b)) == pytest.approx(0.1 + 1 - luminance**0.1333, rel=1e-4)


def test_it_is_symmetric_and_large_for_a_negative() -> None:
    a, b = pictures().double(), 1 - pictures().double()
    assert float(reconstruction_loss(a, b)) == pytest.approx(float(reconstruction_loss(b, a)))
    assert float(reconstruction_loss(a, b)) > 1  # no structure in common, and L1 on top


def test_the_gradient_of_a_negative_is_finite() -> None:
    negative = (1 - pictures()).requires_grad_()
    reconstruction_loss(negative, pictures()).backward()
    assert negative.grad is not None
    assert bool(negative.grad.isfinite().all())
    assert bool(negative.grad.abs().sum() > 0)


@pytest.mark.parametrize(("side", "window"), [(128, 7), (160, 7), (161, 11), (192, 11)])
def test_the_window_is_the_usual_one_where_five_scales_of_it_fit(side: int, window: int) -> None:
    a, b = pictures(side), pictures(side).flip(3)
    expected = (a - b).abs().mean() + 1 - ms_ssim(a, b, data_range=1.0, win_size=window)
    assert float(reconstruction_loss(a, b)) == pytest.approx(float(expected))


def test_the_paired_term_without_emphasis_is_l1() -> None:
    edited, after, before = torch.rand(3, 2, 3, 16, 16, generator=torch.Generator().manual_seed(0)).double()
    expected = np.abs(edited.numpy() - after.numpy()).mean()
    assert float(paired_loss(edited, after, before, emphasis=0.0).mean()) == pytest.approx(expected, rel=1e-12)


def test_the_change_term_is_the_l1_of_the_changes() -> None:
    edited, rebuilt, after, before = torch.rand(
        4, 2, 3, 16, 16, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )
    expected = np.abs((edited - rebuilt).numpy() - (after - before).numpy()).mean()
    assert float(change_loss(edited, rebuilt, after, before, emphasis=0.0).mean()) == pytest.approx(expected, rel=1e-12)


def test_what_both_pictures_get_wrong_alike_is_no_matter_to_the_change_term() -> None:
    after, before, error = torch.rand(3, 2, 3, 16, 16, generator=torch.Generator().manual_seed(0)).double()
    loss = change_loss(after + error, before + error, after, before, emphasis=20.0)
    assert loss.tolist() == pytest.approx([0, 0], abs=1e-12)


def test_emphasis_weighs_what_the_expression_changes() -> None:
    before = torch.zeros(1, 3, 16, 16)
    after = before.clone()
    after[..., 8:] = 0.5  # the right half changes by half the range
    wrong_in_the_still_part, wrong_in_the_moving_part = after.clone(), after.clone()
    wrong_in_the_still_part[..., 0, 3] += 0.1
    wrong_in_the_moving_part[..., 8, 12] += 0.1
    still = float(paired_loss(wrong_in_the_still_part, after, before, emphasis=20.0))
    moving = float(paired_loss(wrong_in_the_moving_part, after, before, emphasis=20.0))
    assert still == pytest.approx(0.1 / 256)
    assert moving == pytest.approx(0.1 / 256 * (1 + 20 * 0.5), rel=1e-6)
    change = float(change_loss(wrong_in_the_moving_part, before, after, before, emphasis=20.0))
    assert change == pytest.approx(moving)
