import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositor import (
    DetailCompositor,
    DetailSettings,
    PredictedCompositor,
    PredictedEdit,
    ReplaceCompositor,
)
from engine.compositor.strengths import strength_map
from engine.edit_scope import RegionStrengths
from engine.errors import ProjectError
from tests.engine.compositor.drawn_face import EYE_CENTRES, MOUTH_Y, DrawnFace, Expression, landmarks

PLACES = {"mouth": (63.5, MOUTH_Y + 6), "eyes": EYE_CENTRES[0], "cheeks": (63.5, 62.0), "brows": (63.5, 25.0)}
strengths = st.floats(0, 1)


@pytest.mark.parametrize("region", PLACES)
def test_each_region_has_its_own_strength(region: str) -> None:
    weights = strength_map(RegionStrengths(**{region: 0.0}), landmarks(), 128)
    for name, (x, y) in PLACES.items():
        assert weights[round(y), round(x)] == pytest.approx(0 if name == region else 1, abs=0.15), name


@given(mouth=strengths, eyes=strengths, brows=strengths, cheeks=strengths)
def test_strengths_stay_between_the_least_and_the_greatest(
    mouth: float, eyes: float, brows: float, cheeks: float
) -> None:
    chosen = RegionStrengths(mouth, eyes, brows, cheeks)
    weights = strength_map(chosen, landmarks(), 128)
    assert weights.min() >= min(mouth, eyes, brows, cheeks) - 1e-5
    assert weights.max() <= max(mouth, eyes, brows, cheeks) + 1e-5
    assert not chosen.are_full or weights.min() == 1


def test_regions_meet_softly() -> None:
    weights = strength_map(RegionStrengths(mouth=0.0), landmarks(), 128)
    assert max(np.abs(np.diff(weights, axis=axis)).max() for axis in (0, 1)) < 0.25


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_strengths_outside_0_to_1_are_refused(strength: float) -> None:
    with pytest.raises(ProjectError, match="eyes"):
        RegionStrengths(eyes=strength)


def test_a_region_of_strength_0_keeps_the_frame() -> None:
    drawn = DrawnFace(texture=0.0)
    frame, face = drawn.frame(), drawn.face()
    flow = np.full((128, 128, 2), 2, np.float32)
    edit = PredictedEdit(flow, np.full((128, 128), 0.9, np.float32), np.full((128, 128, 3), 0.3, np.float32))
    pair = drawn.generated(Expression(), Expression(jaw_px=10.0, closure=1.0))
    off = RegionStrengths(mouth=0.0)
    results = {
        "predicted": PredictedCompositor(off).composite(frame, face, edit),
        "detail": DetailCompositor(DetailSettings(regions=off)).composite(frame, face, pair),
        "replace": ReplaceCompositor(off).composite(frame, face, pair),
    }
    x, y = np.round(np.array(PLACES["mouth"]) * drawn.scale + np.array(drawn.origin)).astype(int)
    for name, result in results.items():
        mouth = np.s_[y - 8 : y + 8, x - 8 : x + 8]
        assert np.abs(result[mouth].astype(int) - frame[mouth]).max() <= 2, name
        assert np.abs(result.astype(int) - frame).max() > 60, name
