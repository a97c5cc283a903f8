from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.analysis import Neutral, Observations, observe, read_expressions
from engine.errors import MediaError
from engine.media import Photo, write_photo
from tests.engine.analysis.stand_ins import GreyEstimator, GreyLandmarker
from tests.engine.pipeline.stand_ins import grey_frames

pytestmark = pytest.mark.usefixtures("grey_faces")


@pytest.fixture
def observations() -> Observations:
    """Four frames at 25 a second: intensities 2, 3, none, 4 without a neutral face."""
    return observe(grey_frames(102, 153, 0, 204), GreyLandmarker(), lambda done: None)


@pytest.mark.parametrize(
    ("neutral", "smile"), [("none", [2, 3, 0, 4]), ("auto", [0, 1, 0, 2]), (Fraction(1, 25), [0, 0, 0, 1])]
)
def test_intensities_are_measured_from_the_neutral_face(
    observations: Observations, neutral: Neutral, smile: list[float]
) -> None:
    curves = read_expressions(observations, GreyEstimator(), neutral)
    assert curves.of(12).tolist() == pytest.approx(smile)
    assert curves.success.tolist() == [True, True, False, True]
    assert curves.confidence.tolist() == pytest.approx(list(observations.confidence))
    assert curves.times == observations.times


def test_the_neutral_face_may_be_in_a_photo(observations: Observations, tmp_path: Path) -> None:
    write_photo(tmp_path / "rest.png", Photo(np.full((48, 64, 3), 51, np.uint8)))
    curves = read_expressions(observations, GreyEstimator(), tmp_path / "rest.png")
    assert curves.of(12).tolist() == pytest.approx([1, 2, 0, 3])


@pytest.mark.parametrize(
    ("time", "said"), [(Fraction(2, 25), "No face was found at 0.08 s"), (Fraction(9), "cannot be at 9 s")]
)
def test_a_moment_without_a_face_cannot_be_neutral(observations: Observations, time: Fraction, said: str) -> None:
    with pytest.raises(MediaError, match=said):
        read_expressions(observations, GreyEstimator(), time)


def test_a_photo_without_a_face_cannot_be_neutral(observations: Observations, tmp_path: Path) -> None:
    write_photo(tmp_path / "rest.png", Photo(np.zeros((48, 64, 3), np.uint8)))
    with pytest.raises(MediaError, match=r"No face was found in rest\.png"):
        read_expressions(observations, GreyEstimator(), tmp_path / "rest.png")
