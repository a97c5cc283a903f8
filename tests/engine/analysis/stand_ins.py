"""Stand-ins that read an expression off a picture's brightness: AU12 is its mean grey over 51, so 0..5."""

import dataclasses
from collections.abc import Sequence
from fractions import Fraction
from types import TracebackType
from typing import Self

import numpy as np

from engine.action_units import AUVector
from engine.analysis import Observations
from engine.faces.expression import ExpressionEstimator, NeutralFace
from engine.types import FaceTrack, RGBImage
from tests.engine.pipeline.stand_ins import track_in

GREY_PER_INTENSITY = 51.0


class GreyLandmarker:
    """Finds a face in every picture that is not all black; its landmarks lie as deep as the picture is bright."""

    def __init__(self, mode: str = "video") -> None:
        self.mode = mode

    def detect(self, pixels: RGBImage, time: Fraction = Fraction(0)) -> tuple[FaceTrack, ...]:
        if not pixels.any():
            return ()
        track = track_in(pixels)
        landmarks = track.landmarks_px.copy()
        landmarks[:, 2] = pixels.mean()
        return (dataclasses.replace(track, landmarks_px=landmarks),)

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class GreyEstimator(ExpressionEstimator):
    """AU12 by how much brighter the picture is than the neutral one."""

    def __init__(self, rest: float = 0.0) -> None:
        self.rest = rest

    def estimate(
        self, tracks: Sequence[FaceTrack], neutrals: Sequence[NeutralFace | None] | None = None
    ) -> tuple[AUVector, ...]:
        return tuple(
            AUVector.of({12: (float(track.landmarks_px[0, 2]) - self.rest) / GREY_PER_INTENSITY}).clipped()
            for track in tracks
        )

    def with_neutral(self, neutral: NeutralFace) -> Self:
        return type(self)(float(neutral.points.max()))


def measured_grey(tracks: Sequence[FaceTrack]) -> NeutralFace:
    """Takes the place of `NeutralFace.measured`."""
    return NeutralFace(np.array([[float(tracks[0].landmarks_px[0, 2])]], np.float32))


def darkest_grey(estimator: ExpressionEstimator, observations: Observations) -> NeutralFace:
    """Takes the place of `learnt_neutral`."""
    greys = [float(track.landmarks_px[0, 2]) for track in observations.faces]
    return NeutralFace(np.array([[min(greys)]], np.float32))
