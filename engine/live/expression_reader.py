"""Reads the expression of the largest face of each frame of a stream, counted from that person's face at rest."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, Protocol, Self

from engine.action_units import AUVector
from engine.faces.expression import ExpressionEstimator, NeutralFace
from engine.faces.landmarker import FaceLandmarker
from engine.pipeline.stages import Landmarker
from engine.types import FaceTrack, RGBImage

_SAMPLE_S: Final = Fraction(1, 4)
_MOST_SAMPLES: Final = 64
"""A quarter of a minute tells how a person is built; then the guess stays, so that the reference does not wander."""


class Estimator(Protocol):
    """Reads expressions, and learns how a person looks at rest; `ExpressionEstimator` does."""

    def estimate(self, tracks: Sequence[FaceTrack]) -> tuple[AUVector, ...]:
        """The intensities of each face, 0..5."""

    def guess_neutral(self, tracks: Sequence[FaceTrack]) -> NeutralFace:
        """Guess a person's face at rest from pictures of it."""

    def with_neutral(self, neutral: NeutralFace) -> Self:
        """An estimator for the one person whose face at rest is `neutral`."""


class ExpressionReader:
    """A landmarker and an estimator that gets to know one person. Owned by one thread; `close` it.

    Args:
        landmarker: in video mode; closed with the reader.
        estimator: not calibrated.
    """

    def __init__(self, landmarker: Landmarker, estimator: Estimator) -> None:
        self._landmarker: Final = landmarker
        self._estimator: Final = estimator
        self._calibrated = estimator
        self._samples: list[FaceTrack] = []
        self._next_sample: Fraction | None = Fraction(0)

    def read(self, pixels: RGBImage, time: Fraction, *, is_neutral: bool = False) -> AUVector | None:
        """Return how far the face is from rest, per AU 0..5; None where there is none.

        Args:
            pixels: uint8 [H, W, 3] RGB.
            time: seconds, rising.
            is_neutral: whether this is the face at rest, as the person says; it counts from now on.
        """
        tracks = self._landmarker.detect(pixels, time)[:1]
        if not tracks:
            return None
        if is_neutral:
            self._calibrated = self._estimator.with_neutral(NeutralFace.measured(tracks))
            self._next_sample = None
        elif self._next_sample is not None and time >= self._next_sample:
            self._samples += tracks
            self._calibrated = self._estimator.with_neutral(self._estimator.guess_neutral(self._samples))
            self._next_sample = time + _SAMPLE_S if len(self._samples) < _MOST_SAMPLES else None
        return self._calibrated.estimate(tracks)[0]

    def close(self) -> None:
        """Free the landmarker."""
        self._landmarker.close()


OpenReader = Callable[[], ExpressionReader]


def open_reader() -> ExpressionReader:
    """Open the landmarker and the estimator that ship with the program."""
    return ExpressionReader(FaceLandmarker("video"), ExpressionEstimator())
