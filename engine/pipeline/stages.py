"""What the pipeline asks of its stages; backends and compositors have protocols of their own."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from engine.action_units import AUVector
from engine.types import FaceTrack, RGBImage


class Landmarker(Protocol):
    """Finds faces; `engine.faces.landmarker.FaceLandmarker` does."""

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        """Return the faces of a picture, uint8 [H, W, 3] RGB, shown at `time` seconds, the largest first."""

    def close(self) -> None:
        """Free native memory."""


class Estimator(Protocol):
    """Reads expressions; `engine.faces.expression.ExpressionEstimator` does."""

    def estimate(self, tracks: Sequence[FaceTrack]) -> tuple[AUVector, ...]:
        """Return the intensities, 0..5, of one or more faces."""


class ExpressionPlan(Protocol):
    """Says which expression a face shall show; `engine.project.Timeline` does."""

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds by a face that shows `source`."""
