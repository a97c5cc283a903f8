import cv2
import numpy as np
import pytest

from engine.compositor.filters import displace, pixel_grid
from engine.compositor.motion import estimate_motion, stretching
from engine.types import FloatArray


def picture(seed: int = 0) -> FloatArray:
    noise = np.random.default_rng(seed).random((128, 128, 3), np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 3)
    return np.asarray((soft - soft.min()) / np.ptp(soft), np.float32)


def bump(shift: tuple[float, float]) -> FloatArray:
    """Motion that is `shift` in the middle and fades away from there."""
    x, y = pixel_grid(128)
    weight = np.exp(-((x - 64) ** 2 + (y - 64) ** 2) / (2 * 16**2))
    return np.asarray(weight[..., None] * np.array(shift, np.float32), np.float32)


@pytest.mark.parametrize("shift", [(3.0, 0.0), (0.0, -4.0), (2.0, 3.0)])
def test_motion_of_a_known_warp_is_found(shift: tuple[float, float]) -> None:
    source, truth = picture(), bump(shift)
    found = estimate_motion(source, displace(source, truth))
    middle = np.s_[48:80, 48:80]
    assert np.linalg.norm(found - truth, axis=-1)[middle].mean() < 0.35
    assert np.abs(found[:20]).max() < 0.3


def test_equal_pictures_do_not_move() -> None:
    assert np.abs(estimate_motion(picture(), picture())).max() < 1e-3


def test_still_texture_holds_its_place_beside_motion() -> None:
    source = picture()
    target = source.copy()
    target[80:100, 50:80] = picture(1)[80:100, 50:80]
    assert np.abs(estimate_motion(source, target)[:60]).max() < 0.05


def test_stretching_is_the_determinant() -> None:
    x, y = pixel_grid(128)
    squeezed = np.dstack([0.5 * (x - 64), -0.5 * (y - 64)])
    np.testing.assert_allclose(stretching(squeezed)[5:-5, 5:-5], 1.5 * 0.5, rtol=1e-4)
    np.testing.assert_allclose(stretching(np.zeros((128, 128, 2), np.float32)), 1.0)
