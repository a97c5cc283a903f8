"""Lids and mouth: fits against drawn truth, and the geometry of what slides."""

import numpy as np
import pytest

from engine.compositor.eyelids import fit_eyelids
from engine.compositor.filters import luminance
from engine.compositor.fitting import fitted_amount, noticed, weighted_variance
from engine.compositor.layers import FaceLayers
from engine.compositor.lower_face import lower_face, mouth_motion
from engine.compositor.mouth import fit_mouth
from engine.types import FloatArray
from tests.engine.compositor.drawn_face import DrawnFace, Expression, landmarks

NEUTRAL = Expression()


def greys(source: Expression, target: Expression, blur_px: float = 1.5) -> tuple[FloatArray, FloatArray]:
    pair = DrawnFace().generated(source, target, blur_px)
    return luminance(pair.source), luminance(pair.target)


@pytest.mark.parametrize("blur_px", [1.0, 2.5])
def test_lids_come_down_with_the_target_s(blur_px: float) -> None:
    heights = []
    for closure in (0.0, 0.5, 1.0):
        layers = FaceLayers.still(128)
        fit_eyelids(layers, *greys(NEUTRAL, Expression(closure=closure), blur_px), landmarks())
        heights.append(-float((layers.over[..., 1] * (layers.cover > 0.5)).min()))
        assert not layers.over[60:].any()
    assert heights[0] == 0
    assert 1.5 < heights[1] < heights[2]
    assert heights[2] == pytest.approx(7.2, abs=2.0)


def test_covered_eyes_are_marked() -> None:
    layers = FaceLayers.still(128)
    fit_eyelids(layers, *greys(NEUTRAL, Expression(closure=1.0)), landmarks())
    for centre in ((44, 42), (82, 42)):
        assert layers.cover[centre[1], centre[0]] > 0.9
        assert layers.closed[centre[1], centre[0]] > 0.7
    assert layers.cover.max() <= 1


def test_lids_beyond_the_crop_are_left_out() -> None:
    layers = FaceLayers.still(128)
    fit_eyelids(layers, *greys(NEUTRAL, Expression(closure=1.0)), landmarks() - np.array([0, 70], np.float32))
    assert not layers.slide


@pytest.mark.parametrize("blur_px", [1.0, 2.5])
@pytest.mark.parametrize("drop_px", [0.0, 4.0, 10.0])
def test_the_jaw_drops_with_the_target_s(drop_px: float, blur_px: float) -> None:
    layers = FaceLayers.still(128)
    fit_mouth(layers, *greys(NEUTRAL, Expression(jaw_px=drop_px), blur_px), landmarks())
    found = -float(layers.over[:, 60:68, 1].min()) if layers.slide else 0.0
    assert found == pytest.approx(0.64 * drop_px, abs=1.3)  # the drawn upper lip follows by 0.36
    assert bool(layers.opened.any()) == (drop_px > 0)


def test_lips_meet_when_the_target_closes_the_mouth() -> None:
    opened = Expression(jaw_px=8.0)
    layers = FaceLayers.still(128)
    fit_mouth(layers, *greys(opened, NEUTRAL), landmarks(opened))
    assert float(layers.over[..., 1].max()) > 2
    assert not layers.opened.any()
    assert layers.closed.max() > 0.5


def test_a_mouth_that_only_smiles_does_not_open() -> None:
    layers = FaceLayers.still(128)
    fit_mouth(layers, *greys(NEUTRAL, Expression(smile_px=5.0)), landmarks())
    assert not layers.opened.any()


def test_a_lower_face_cut_by_the_crop_is_left_out() -> None:
    assert lower_face(landmarks() + np.array([0, 40], np.float32), 128) is None
    assert lower_face(landmarks() + np.array([90, 0], np.float32), 128) is None


def test_mouth_motion_at_rest_is_still() -> None:
    face = lower_face(landmarks(), 128)
    assert face is not None
    motion = mouth_motion(face, np.zeros(1, np.float32))
    assert not motion.below.any()
    assert not motion.above.any()
    assert not motion.opened.any()


def test_a_drop_takes_pixels_from_where_they_were() -> None:
    face = lower_face(landmarks(), 128)
    assert face is not None
    motion = mouth_motion(face, np.array([10], np.float32))
    middle = round(63.5 - face.patch[1].start)
    lip = round(float(face.lower[middle]) + 10) - face.patch[0].start
    assert motion.below[0, lip, middle] == pytest.approx(-10, abs=0.7)
    assert motion.above[0, 0, middle] == pytest.approx(0, abs=0.1)
    assert motion.opened[0, lip - 5, middle] > 0.95
    assert motion.cover[0, lip + 3, middle] > 0.95
    assert np.abs(motion.below[0, :, 0]).max() < 0.5


def test_full_closing_brings_the_edges_together() -> None:
    opened = Expression(jaw_px=8.0)
    face = lower_face(landmarks(opened), 128)
    assert face is not None
    motion = mouth_motion(face, np.array([-face.gap_px], np.float32))
    middle = round(63.5 - face.patch[1].start)
    upper, lower = float(face.upper[middle]), float(face.lower[middle])
    meeting = round((upper + lower) / 2) - face.patch[0].start
    assert face.y[meeting, middle] + motion.above[0, meeting, middle] == pytest.approx(upper, abs=1)
    assert face.y[meeting, middle] + motion.below[0, meeting, middle] == pytest.approx(lower, abs=1)


def test_layers_move_with_the_face_and_fade_with_the_mask() -> None:
    layers = FaceLayers.still(32)
    layers.cover[10:20, 10:20] = 1
    layers.over[..., 1] = -2
    shift = np.zeros((32, 32, 2), np.float32)
    shift[..., 0] = 3
    mask = np.ones((32, 32), np.float32)
    mask[:, :5] = 0
    moved = layers.moved(shift, mask)
    np.testing.assert_allclose(moved.over[15, 15], (3, -2))
    np.testing.assert_allclose(moved.base[15, 15], (3, 0))
    assert moved.cover[15, 8] == 1
    assert moved.cover[15, 18] == 0
    assert not moved.base[:, :5].any()


def test_layers_apply_the_upper_over_the_lower() -> None:
    picture = np.zeros((32, 32, 3), np.float32)
    picture[8] = 1
    layers = FaceLayers.still(32)
    layers.cover[:, 16:] = 1
    layers.over[..., 1] = -4
    result = layers.apply(picture)
    assert result[8, :16].min() == 1
    assert result[12, 16:].min() == 1
    assert not result[8, 16:].any()


def test_fitted_amount_is_the_least_error_s() -> None:
    candidates = np.array([0, 1, 2, 3], np.float32)
    errors = np.array([1, 0.5, 0.01, 0.6], np.float32)
    assert fitted_amount(candidates, errors, 1.0) == pytest.approx(2, abs=0.05)
    assert fitted_amount(candidates, np.full(4, 0.99, np.float32), 1.0) == 0


def test_weighted_variance_by_hand() -> None:
    difference = np.array([[1.0, 3.0]], np.float32)
    weight = np.array([[0.75, 0.25]], np.float32)
    assert float(weighted_variance(difference, weight)) == pytest.approx(0.75 * 0.25 * 4)


def test_invisible_changes_are_not_noticed() -> None:
    assert noticed(1e-6) == 0
    assert noticed(1e-2) == 1
