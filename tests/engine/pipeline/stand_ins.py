"""Stand-ins for the stages: a face in every picture that is not black, results that tell what they were made from."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Self

import numpy as np

from engine.action_units import AUVector
from engine.backends import Encoded, Generated
from engine.compositor import FaceMemory, GeneratedPair
from engine.edit_scope import RegionStrengths
from engine.faces.alignment import DEFAULT_TEMPLATE, STABLE_LANDMARKS, CropTemplate
from engine.pipeline import FaceReader, FaceSettings, Pipeline
from engine.pipeline.editing import LatentEditor
from engine.pipeline.stages import Stills
from engine.project import Timeline
from engine.types import AlignedFace, FaceTrack, FloatArray, Frame, HeadPose, RGBImage

TEMPLATE = CropTemplate(size_px=8, eye_distance_px=2.5, eye_centre_px=(3.5, 2.5))
SOURCE = AUVector.of({12: 1.0, 25: 0.5})
"""What every face shows."""
SMILE = Timeline.constant({12: 4.0})
STILL = Timeline.constant({12: 4.0}, strength=0.0)


class StandInLandmarker:
    """Finds a face in every picture that is not all black."""

    def __init__(self) -> None:
        self.times: list[Fraction] = []
        self.is_closed = False

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        self.times.append(time)
        return (track_in(pixels),) if pixels.any() else ()

    def detect_closely(self, pixels: RGBImage) -> tuple[FaceTrack, ...]:
        return self.detect(pixels, Fraction(0))

    def close(self) -> None:
        self.is_closed = True


class StandInEstimator:
    """Reads the same expression off every face."""

    def estimate(self, tracks: Sequence[FaceTrack], time: Fraction = Fraction(0)) -> tuple[AUVector, ...]:
        return (SOURCE,) * len(tracks)


class StandInBackend:
    """Its latents are the mean of the crop, and its pictures show latent and intensity of AU12 in red and green."""

    name = "stand-in"
    refusals: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.encoded: list[int] = []
        self.generated: list[int] = []
        self.is_closed = False

    def encode(self, crops: RGBImage) -> Encoded:
        self.encoded.append(len(crops))
        return Encoded(crops, (np.asarray(crops.mean(axis=(1, 2, 3))[:, None], np.float32),))

    def generate(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> Generated:
        self.generated.append(len(encoded))
        images = np.zeros((len(encoded), TEMPLATE.size_px, TEMPLATE.size_px, 3), np.float32)
        images[..., 0] = encoded.latents[:, :, None] / 255
        images[..., 1] = target[:, [8], None] / 5
        return Generated(images)

    def close(self) -> None:
        self.is_closed = True


class StandInCompositor:
    """Inverts the whole frame, and keeps the pairs."""

    def __init__(self) -> None:
        self.pairs: list[GeneratedPair] = []

    def composite(
        self, frame: RGBImage, face: AlignedFace, generated: GeneratedPair, memory: FaceMemory | None = None
    ) -> RGBImage:
        self.pairs.append(generated)
        return np.asarray(255 - frame, np.uint8)

    def with_regions(self, regions: RegionStrengths) -> Self:
        return self


class Stages:
    """One of each, for looking at afterwards."""

    def __init__(self) -> None:
        self.landmarker = StandInLandmarker()
        self.estimator = StandInEstimator()
        self.backend = StandInBackend()
        self.compositor = StandInCompositor()

    def pipeline(self) -> Pipeline:
        reader = FaceReader(Stills(self.landmarker), self.estimator, FaceSettings())
        return Pipeline(reader, LatentEditor(self.backend, self.compositor), TEMPLATE)


def track_in(pixels: RGBImage) -> FaceTrack:
    """A face in the middle of a picture, a quarter as wide."""
    height, width = pixels.shape[:2]
    points = (DEFAULT_TEMPLATE.points_px - DEFAULT_TEMPLATE.eye_centre_px) * (width / 256) + (width / 2, height / 2)
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[:, :2] = width / 2, height / 2
    landmarks[list(STABLE_LANDMARKS), :2] = points
    half = width / 8
    box = (width / 2 - half, height / 2 - half, width / 2 + half, height / 2 + half)
    return FaceTrack(0, landmarks, box, HeadPose(0, 0, 0), 1.0)


def grey_frames(*greys: int, rate: Fraction = Fraction(25), first: int = 0) -> list[Frame]:
    """Small pictures of one grey each; 0 shows no face."""
    return [
        Frame(read_only(np.full((6, 10, 3), grey, np.uint8)), index / rate, index)
        for index, grey in enumerate(greys, start=first)
    ]


def read_only(pixels: RGBImage) -> RGBImage:
    pixels.flags.writeable = False
    return pixels
