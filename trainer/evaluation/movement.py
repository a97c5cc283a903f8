"""Run the pipeline over photos as `animate` does, and measure what comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from engine.action_units import PRESETS, AUVector
from engine.errors import PipelineError
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.pipeline import Pipeline, PipelineSettings, open_pipeline
from engine.types import FloatArray, Frame, RGBImage
from trainer.evaluation.geometry import MOVEMENTS, STILLNESS_LIMIT, neutral_changes
from trainer.evaluation.verification import Verifier


@dataclass(frozen=True, slots=True)
class FaceReport:
    """One photo.

    Attributes:
        name: of the photo.
        changes: for each of `MOVEMENTS`, the figure that it compares; NaN where the result shows no face any more.
        stillness: what the neutral preset changes, by measure.
        similarities: cosine of the photo and the result of every expression, by its name; empty without a verifier.
    """

    name: str
    changes: dict[str, float]
    stillness: dict[str, float]
    similarities: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Constant:
    expression: AUVector

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        return self.expression


class MovementTest:
    """Animates photos and measures the results. Use it in a `with` block of its own pipeline and landmarker.

    Args:
        pipeline: in image mode.
        landmarker: in image mode, another one than the pipeline's.
        verifier: measures identity where given.
    """

    def __init__(self, pipeline: Pipeline, landmarker: FaceLandmarker, verifier: Verifier | None) -> None:
        self._pipeline = pipeline
        self._landmarker = landmarker
        self._verifier = verifier

    def measure(self, photo: Path) -> FaceReport:
        """Animate one photo by every expression of the table and every preset.

        Raises:
            PipelineError: the photo shows no face.
        """
        frame = Frame(read_photo(photo).shown(), Fraction(0), 0)
        source = self._landmarks(frame.pixels)
        if source is None:
            raise PipelineError(f"No face was found in {photo}.", "Choose another photo.", stage="detect")
        expressions = {name: movement.expression for name, movement in MOVEMENTS.items()} | dict(PRESETS)
        results = {name: self._animate(frame, expression) for name, expression in expressions.items()}
        found = {name: self._landmarks(pixels) for name, pixels in results.items()}
        neutral = found["neutral"]
        return FaceReport(
            photo.stem,
            {name: self._change(name, neutral, found[name]) for name in MOVEMENTS},
            {} if neutral is None else neutral_changes(source, neutral),
            self._similarities(frame.pixels, source, results, found),
        )

    def _animate(self, frame: Frame, expression: AUVector) -> RGBImage:
        return self._pipeline.process([frame], _Constant(expression))[0].frame.pixels

    def _landmarks(self, pixels: RGBImage) -> FloatArray | None:
        tracks = self._landmarker.detect(pixels)
        return tracks[0].landmarks_px if tracks else None

    def _change(self, name: str, neutral: FloatArray | None, moved: FloatArray | None) -> float:
        if neutral is None or moved is None:
            return float("nan")
        movement = MOVEMENTS[name]
        return movement.change(movement.measure(neutral), movement.measure(moved))

    def _similarities(
        self, photo: RGBImage, source: FloatArray, results: dict[str, RGBImage], found: dict[str, FloatArray | None]
    ) -> dict[str, float]:
        if self._verifier is None:
            return {}
        own = self._verifier.embed(photo, source)
        # A result in which no face is found any more is no longer this person.
        return {
            name: -1.0 if (landmarks := found[name]) is None else float(own @ self._verifier.embed(pixels, landmarks))
            for name, pixels in results.items()
        }


def measure_photos(
    photos: Sequence[Path], settings: PipelineSettings, verifier: Verifier | None
) -> Iterator[FaceReport]:
    """Measure one photo after the other."""
    with open_pipeline(settings, "image") as pipeline, FaceLandmarker("image") as landmarker:
        test = MovementTest(pipeline, landmarker, verifier)
        for photo in photos:
            yield test.measure(photo)


def counts_passed(reports: Sequence[FaceReport]) -> tuple[dict[str, int], int]:
    """How many photos pass each of `MOVEMENTS`, and how many the neutral preset leaves still."""
    passed = {
        name: sum(movement.passes(report.changes[name]) for report in reports) for name, movement in MOVEMENTS.items()
    }
    still = sum(
        bool(report.stillness) and all(abs(change) < STILLNESS_LIMIT for change in report.stillness.values())
        for report in reports
    )
    return passed, still
