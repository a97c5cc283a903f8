"""What the strength of an edit does to a real face, whichever compositor brings it back."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.backends import Encoded, Generated
from engine.compositor import MODES, compositor
from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.pipeline import FaceReader, FaceSettings, Pipeline
from engine.pipeline.editing import LatentEditor
from engine.pipeline.stages import Stills
from engine.project import Timeline
from engine.types import FaceTrack, FloatArray, Frame, RGBImage
from tests.engine.pipeline.stand_ins import StandInEstimator


class PhotoLandmarker:
    """Finds the face that it was given."""

    def __init__(self, face: FaceTrack) -> None:
        self._face = face

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        return (self._face,)

    def detect_closely(self, pixels: RGBImage) -> tuple[FaceTrack, ...]:
        return (self._face,)

    def close(self) -> None:
        pass


class BlurringBackend:
    """Draws the crop blurred, with a mouth that grows darker with AU12: a lookalike, as an unseen person gets."""

    name = "blurring"
    refusals: tuple[str, ...] = ()

    def encode(self, crops: RGBImage) -> Encoded:
        blurred = np.stack([cv2.GaussianBlur(crop, (0, 0), 4) for crop in crops])
        return Encoded(crops, (blurred.astype(np.float32) / np.float32(255),))

    def generate(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> Generated:
        images = encoded.latents.copy()
        images[:, 80:95, 45:82] *= 1 - target[:, 8, None, None, None] / 8
        return Generated(images)

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def portrait(root: Path) -> Frame:
    return Frame(read_photo(root / "assets" / "demo" / "astronaut.jpg").shown(), Fraction(0), 0)


@pytest.fixture(scope="module")
def face(portrait: Frame) -> FaceTrack:
    with FaceLandmarker("image") as landmarker:
        return landmarker.detect(portrait.pixels)[0]


@pytest.fixture(params=MODES)
def pipeline(request: pytest.FixtureRequest, face: FaceTrack) -> Pipeline:
    editor = LatentEditor(BlurringBackend(), compositor(request.param))
    reader = FaceReader(Stills(PhotoLandmarker(face)), StandInEstimator(), FaceSettings())
    return Pipeline(reader, editor, DEFAULT_TEMPLATE)


def edited(pipeline: Pipeline, portrait: Frame, strength: float) -> RGBImage:
    (result,) = pipeline.process([portrait], Timeline.constant({12: 5.0}, strength))
    return result.frame.pixels


def test_strength_0_is_the_source_bit_for_bit(pipeline: Pipeline, portrait: Frame) -> None:
    assert np.array_equal(edited(pipeline, portrait, 0.0), portrait.pixels)


def test_a_little_strength_changes_a_little(pipeline: Pipeline, portrait: Frame) -> None:
    """No pop between the frame as it is and the first change, and more from there on."""
    changes = [
        np.abs(edited(pipeline, portrait, strength).astype(int) - portrait.pixels).mean()
        for strength in (0.001, 0.01, 0.05, 0.2, 1.0)
    ]
    assert changes[0] < 0.02 * changes[-1]
    assert changes[1] < 0.1 * changes[-1]
    assert changes == sorted(changes)
    assert changes[-1] > 0.05
