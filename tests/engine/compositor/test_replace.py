import numpy as np
import pytest

from engine.compositor import GeneratedPair, ReplaceCompositor
from tests.engine.compositor.drawn_face import MOUTH_Y, DrawnFace, Expression, aligned

NEUTRAL = Expression()
JAW_DROP = Expression(jaw_px=10.0)


def test_the_target_shows_inside_and_the_frame_outside() -> None:
    drawn = DrawnFace(texture=0.0)
    frame = drawn.frame()
    result = ReplaceCompositor().composite(frame, drawn.face(), drawn.generated(NEUTRAL, JAW_DROP))
    x, y = round(63.5 * drawn.scale + drawn.origin[0]), round((MOUTH_Y + 5) * drawn.scale + drawn.origin[1])
    assert result[y, x].max() < 110
    np.testing.assert_array_equal(result[:20], frame[:20])
    np.testing.assert_array_equal(result[:, :30], frame[:, :30])
    np.testing.assert_array_equal(result[:, 290:], frame[:, 290:])


def test_colours_come_from_the_frame() -> None:
    drawn = DrawnFace(texture=0.0)
    frame = drawn.frame()
    tinted = drawn.generated(NEUTRAL, NEUTRAL, gain=(0.7, 0.8, 1.05))
    result = ReplaceCompositor().composite(frame, drawn.face(), tinted).astype(int)
    assert np.abs(result - frame).mean() < 3
    cheek = np.s_[150:170, 120:200]
    np.testing.assert_allclose(result[cheek].mean(axis=(0, 1)), frame[cheek].mean(axis=(0, 1)), atol=6)


def test_no_seam_shows_where_the_mask_ends() -> None:
    drawn = DrawnFace(texture=0.0)
    flat = np.full((128, 128, 3), 0.5, np.float32)
    frame = np.full_like(drawn.frame(), 100)
    face = aligned(frame, drawn.face().track.landmarks_px[:, :2], drawn.frame_to_crop)
    result = ReplaceCompositor().composite(frame, face, GeneratedPair(flat, flat * np.float32(1.3))).astype(int)
    assert result.max() == pytest.approx(130, abs=3)
    assert max(np.abs(np.diff(result, axis=axis)).max() for axis in (0, 1)) <= 5
