import numpy as np
import pytest

from engine.compositor.filters import (
    blur,
    channel_mean,
    displace,
    masked_mean,
    sample,
    smoothstep,
    weighted_blur,
    wide_blur,
    wide_ratio,
)
from engine.types import FloatArray


def picture(channels: int = 3) -> FloatArray:
    return np.random.default_rng(2).random((64, 64, channels), np.float32)


def test_smoothstep_rises_from_0_to_1() -> None:
    x = np.linspace(-1, 2, 301, dtype=np.float32)
    y = smoothstep(x, 0.0, 1.0)
    assert y[0] == 0
    assert y[-1] == 1
    assert y[150] == pytest.approx(0.5)
    assert (np.diff(y) >= 0).all()


def test_means_agree_with_numpy() -> None:
    mask = picture(1)[..., 0]
    np.testing.assert_allclose(channel_mean(picture()), picture().mean(axis=-1), atol=1e-6)
    expected = (picture() * mask[..., None]).sum(axis=(0, 1)) / mask.sum()
    np.testing.assert_allclose(masked_mean(picture(), mask), expected, rtol=1e-4)


@pytest.mark.parametrize("sigma_px", [1.0, 6.0])
def test_weighted_blur_ignores_what_has_no_weight(sigma_px: float) -> None:
    values = np.full((64, 64, 2), 3, np.float32)
    values[:, 32:] = 100
    weight = np.zeros((64, 64), np.float32)
    weight[:, :32] = 1
    assert weighted_blur(values, weight, sigma_px, 1e-6)[:, :24] == pytest.approx(3, rel=1e-3)
    assert np.abs(weighted_blur(values, weight, sigma_px, 0.01)[:, -4:]).max() < 0.1


def test_wide_blur_is_near_the_plain_one() -> None:
    smooth = blur(picture(), 3.0)
    difference = np.abs(wide_blur(smooth, 8.0) - blur(smooth, 8.0))
    assert difference[8:-8, 8:-8].max() < 0.02


def test_wide_ratio_finds_a_gain_and_keeps_its_limits() -> None:
    given = np.full((64, 64, 3), 0.4, np.float32)
    wanted = given * np.array([1.5, 1.0, 0.01], np.float32)
    ratio = wide_ratio(wanted, given, 6.0, (0.5, 2.0))
    np.testing.assert_allclose(ratio[32, 32], (1.476, 1.0, 0.5), atol=0.01)


def test_displace_and_sample_read_where_they_are_told() -> None:
    source = picture()
    motion = np.zeros((64, 64, 2), np.float32)
    motion[..., 0], motion[..., 1] = 2, -3
    np.testing.assert_allclose(displace(source, motion)[20, 20], source[17, 22], atol=1e-5)
    points = np.array([(10, 20), (10.5, 20)], np.float32)
    expected = [source[20, 10], (source[20, 10] + source[20, 11]) / 2]
    np.testing.assert_allclose(sample(source, points), expected, atol=1e-5)
