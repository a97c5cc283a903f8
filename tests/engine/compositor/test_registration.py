from dataclasses import replace

import numpy as np
import pytest

from engine.compositor.filters import displace
from engine.compositor.mouth_position import mouth_offset
from engine.compositor.regions import FACE_OVAL, LIPS, hull_mask
from engine.compositor.registration import match_colours, registration_field
from engine.types import FloatArray
from tests.engine.compositor.drawn_face import DrawnFace, Expression, landmarks

NEUTRAL = Expression()
MASK = hull_mask(landmarks()[list(FACE_OVAL)], 128)


def drawn_picture(expression: Expression = NEUTRAL) -> FloatArray:
    return DrawnFace().generated(expression, expression).source


@pytest.mark.parametrize("shift_px", [-5, -2, 0, 3, 6])
@pytest.mark.parametrize("smile_px", [0.0, 5.0])
def test_the_generated_mouth_is_found(shift_px: int, smile_px: float) -> None:
    moved = drawn_picture(Expression(mouth_shift_px=shift_px, smile_px=smile_px))
    centred = mouth_offset(drawn_picture(Expression(smile_px=smile_px)), landmarks()[list(LIPS)])
    assert mouth_offset(moved, landmarks()[list(LIPS)]) - centred == pytest.approx(shift_px, abs=1.0)


def test_no_mouth_gives_no_offset() -> None:
    assert mouth_offset(drawn_picture(), np.full((20, 2), 64, np.float32)) == 0


def test_registration_lays_a_lookalike_over_the_crop() -> None:
    crop = drawn_picture()
    lookalike = drawn_picture(Expression(mouth_shift_px=5.0)) * np.array([0.9, 1.0, 1.1], np.float32)
    field = registration_field(crop, lookalike, landmarks(), MASK)
    mouth = np.s_[72:100, 40:88]
    before = np.abs(lookalike - drawn_picture() * np.array([0.9, 1.0, 1.1], np.float32))[mouth].mean()
    after = np.abs(displace(lookalike, field) - crop * np.array([0.9, 1.0, 1.1], np.float32))[mouth].mean()
    assert after < 0.35 * before


def test_matching_pictures_stay_in_place() -> None:
    crop = drawn_picture()
    assert np.abs(registration_field(crop, crop, landmarks(), MASK)[:60]).max() < 0.3


@pytest.mark.parametrize("gain", [(1.2, 0.8, 0.7), (0.6, 0.6, 0.9)])
def test_colours_are_matched_inside_the_face(gain: tuple[float, float, float]) -> None:
    crop = drawn_picture()
    source = np.clip(crop * np.array(gain, np.float32), 0, 1)
    matched, target = match_colours(source, source * np.float32(0.5), crop, MASK)
    inside = MASK > 0.9
    assert np.abs(matched - crop)[inside].mean() < 0.02
    np.testing.assert_allclose(target[inside], matched[inside] / 2, atol=1e-5)


def test_black_stays_black() -> None:
    crop = drawn_picture()
    _, target = match_colours(crop * np.float32(0.4), np.zeros_like(crop), crop, MASK)
    assert not target.any()


def test_pictures_without_light_are_survived() -> None:
    crop = drawn_picture()
    matched, _ = match_colours(np.zeros_like(crop), crop, crop, MASK)
    assert np.isfinite(matched).all()
    assert np.isfinite(registration_field(np.zeros_like(crop), crop, landmarks(), MASK)).all()


def test_the_drawn_lookalike_differs_from_the_face() -> None:
    assert np.abs(drawn_picture(replace(NEUTRAL, mouth_shift_px=5.0)) - drawn_picture()).max() > 0.2
