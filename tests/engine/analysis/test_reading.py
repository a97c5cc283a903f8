import dataclasses
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.analysis import Neutral, Observations, observe, read_expressions
from engine.errors import MediaError
from engine.media import Photo, write_photo
from engine.types import FaceTrack, RGBImage
from tests.engine.analysis.stand_ins import GreyEstimator, GreyLandmarker
from tests.engine.pipeline.stand_ins import grey_frames

pytestmark = pytest.mark.usefixtures("grey_faces")


class Unmoved:
    """Finds a real face that never moves; its depth tells the brightness, as `GreyLandmarker`'s does."""

    def __init__(self, track: FaceTrack) -> None:
        self.track = track

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        landmarks = self.track.landmarks_px.copy()
        landmarks[0, 2] = pixels.mean()
        return (dataclasses.replace(self.track, landmarks_px=landmarks),)

    def close(self) -> None:
        pass


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


def jitter(values: np.ndarray) -> float:
    return float(np.abs(np.diff(values)).mean())


def test_smoothing_takes_the_noise_out_of_a_take(astronaut_track: FaceTrack) -> None:
    noise = 100 + np.random.default_rng(2).integers(-8, 9, 40)
    steady = observe(grey_frames(*noise.tolist()), Unmoved(astronaut_track), lambda done: None)
    rough = read_expressions(steady, GreyEstimator(), "none").of(12)
    smooth = read_expressions(steady, GreyEstimator(), "none", smoothing=1.0).of(12)
    assert jitter(smooth) < 0.5 * jitter(rough)
    assert smooth.mean() == pytest.approx(float(rough.mean()), abs=0.02)


def test_photos_are_never_smoothed(astronaut_track: FaceTrack) -> None:
    take = observe(grey_frames(90, 110, 90), Unmoved(astronaut_track), lambda done: None)
    photos = dataclasses.replace(take, follow=False)
    smoothed = read_expressions(photos, GreyEstimator(), "none", smoothing=1.0)
    assert smoothed.values.tolist() == read_expressions(take, GreyEstimator(), "none").values.tolist()
