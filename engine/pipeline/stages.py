"""What the pipeline asks of its stages; editors, backends and compositors have protocols of their own."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from engine.action_units import AUVector
from engine.types import FaceTrack, Frame, RGBImage


class Landmarker(Protocol):
    """Finds faces in a picture by itself; `engine.faces.landmarker.FaceLandmarker` does."""

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        """Return the faces of a picture, uint8 [H, W, 3] RGB, shown at `time` seconds, the largest first."""

    def close(self) -> None:
        """Free native memory."""


class PhotoLandmarker(Landmarker, Protocol):
    """Can also take its time over a picture."""

    def detect_closely(self, pixels: RGBImage) -> tuple[FaceTrack, ...]:
        """Return the faces of a picture, small ones beside large ones included."""


class Tracker(Protocol):
    """Finds the same faces again from frame to frame; `engine.faces.tracker.FaceTracker` does."""

    @property
    def begins_shot(self) -> bool:
        """Whether the latest frame does not continue the one before."""

    def update(self, frame: Frame) -> tuple[FaceTrack, ...]:
        """Return the faces of the next frame, those that it is believed to hide with confidence 0."""

    def close(self) -> None:
        """Free native memory."""


class Stills:
    """Finds faces in pictures that do not follow each other. Owned by one thread.

    Args:
        landmarker: closed with this.

    Attributes:
        looks_closely: whether small faces are found beside large ones, which takes ten times as long.
    """

    begins_shot = True

    def __init__(self, landmarker: PhotoLandmarker) -> None:
        self.looks_closely = False
        self._landmarker = landmarker

    def update(self, frame: Frame) -> tuple[FaceTrack, ...]:
        """See `Tracker`; ids count the faces of the picture from the largest."""
        if self.looks_closely:
            return self._landmarker.detect_closely(frame.pixels)
        return self._landmarker.detect(frame.pixels, frame.time)

    def close(self) -> None:
        """Free the landmarker."""
        self._landmarker.close()


class Estimator(Protocol):
    """Reads expressions; `engine.faces.calibration.CalibratedEstimator` does."""

    def estimate(self, tracks: Sequence[FaceTrack], time: Fraction) -> tuple[AUVector, ...]:
        """Return the intensities, 0..5, of the faces in a frame at `time` seconds."""


class ExpressionPlan(Protocol):
    """Says which expression a face shall show; `engine.project.Timeline` does."""

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds by a face that shows `source`."""
