"""A batch of frames through all stages. One thread owns a pipeline and everything in it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from engine.action_units import AUVector
from engine.backends.protocol import Backend
from engine.compositor import Compositor, GeneratedPair
from engine.errors import PipelineError
from engine.faces.alignment import CropTemplate, align
from engine.faces.expression import ExpressionEstimator
from engine.faces.landmarker import FaceLandmarker
from engine.pipeline.stage_clock import StageClock
from engine.types import AlignedFace, FloatArray, Frame


class ExpressionPlan(Protocol):
    """Says which expression a face shall show; `engine.project.Timeline` is one."""

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the target intensities at `time` for a face that shows `source`."""


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedFrame:
    """A frame after all stages.

    Attributes:
        frame: the result, at the source's time and index.
        face: the face that was edited, None where none was found.
        source, target: its estimated and its asked expression, None without a face.
    """

    frame: Frame
    face: AlignedFace | None
    source: AUVector | None
    target: AUVector | None


@dataclass(frozen=True, slots=True, eq=False)
class _Analysis:
    """What is known of one picture, whatever expression is asked for."""

    face: AlignedFace
    source: AUVector
    latent: FloatArray


class Pipeline:
    """Changes the expression of the largest face of each frame.

    A frame that shares its pixel array with the one before, as those of a still do, shares its analysis: it is detected and encoded
    once. Where the target is the source's own expression, the frame passes untouched, bit for bit.

    Args:
        landmarker, estimator, backend, compositor: the stages; closed with the pipeline where they hold native memory.
        template: where faces lie in the model's crop.
    """

    def __init__(
        self,
        landmarker: FaceLandmarker,
        estimator: ExpressionEstimator,
        backend: Backend,
        compositor: Compositor,
        template: CropTemplate,
    ) -> None:
        self.clock = StageClock()
        self._landmarker = landmarker
        self._estimator = estimator
        self.backend = backend
        self._compositor = compositor
        self.template = template
        self._latest: tuple[Frame, _Analysis | None] | None = None

    def process(self, frames: Sequence[Frame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        """Run a batch through all stages.

        Args:
            frames: in the order of their times, which also rise from batch to batch.
            plan: the expression to show at each time.

        Returns:
            One result for each frame, in order.

        Raises:
            PipelineError: a stage failed.
        """
        analyses = self._analyse(frames)
        targets = [
            None if a is None else plan.evaluate(f.time, a.source) for f, a in zip(frames, analyses, strict=True)
        ]
        pairs = self._generate(analyses, targets)
        return [
            self._composite(frame, analysis, target, pair)
            for frame, analysis, target, pair in zip(frames, analyses, targets, pairs, strict=True)
        ]

    def _analyse(self, frames: Sequence[Frame]) -> list[_Analysis | None]:
        fresh = [
            frame
            for before, frame in zip((self._latest_frame(), *frames), frames, strict=False)
            if not _same(before, frame)
        ]
        found = iter(self._analyse_fresh(fresh))
        analyses: list[_Analysis | None] = []
        for frame in frames:
            if not _same(self._latest_frame(), frame):
                self._latest = (frame, next(found))
            assert self._latest is not None
            analyses.append(self._latest[1])
        return analyses

    def _latest_frame(self) -> Frame | None:
        return self._latest[0] if self._latest else None

    def _analyse_fresh(self, frames: Sequence[Frame]) -> list[_Analysis | None]:
        faces = [self._find_face(frame) for frame in frames]
        present = [face for face in faces if face is not None]
        if not present:
            return [None] * len(frames)
        with self.clock.measure("estimate", len(present)):
            sources = iter(self._estimator.estimate([face.track for face in present]))
        with self.clock.measure("encode", len(present)):
            latents = iter(self.backend.encode(np.stack([face.crop for face in present])))
        return [None if face is None else _Analysis(face, next(sources), next(latents)) for face in faces]

    def _find_face(self, frame: Frame) -> AlignedFace | None:
        try:
            with self.clock.measure("detect"):
                tracks = self._landmarker.detect(frame.pixels, frame.time)
        except PipelineError as error:
            error.frame_index = frame.index
            raise
        if not tracks:
            return None
        with self.clock.measure("align"):
            return align(frame.pixels, tracks[0], self.template)

    def _generate(
        self, analyses: Sequence[_Analysis | None], targets: Sequence[AUVector | None]
    ) -> list[GeneratedPair | None]:
        """Generate both pictures of every face that shall change, all in one batch; None for the others."""
        changing = [
            (analysis, target)
            for analysis, target in zip(analyses, targets, strict=True)
            if analysis is not None and target is not None and target != analysis.source
        ]
        if not changing:
            return [None] * len(analyses)
        latents = np.stack([analysis.latent for analysis, _ in changing])
        sources = np.stack([analysis.source.values for analysis, _ in changing])
        goals = np.stack([target.values for _, target in changing])
        with self.clock.measure("generate", len(changing)):
            images = self.backend.generate(np.tile(latents, (2, 1)), np.concatenate([sources, goals])).images
        made = zip(images[: len(changing)], images[len(changing) :], strict=True)
        pairs = iter([GeneratedPair(source, target) for source, target in made])
        return [
            next(pairs) if analysis is not None and target != analysis.source else None
            for analysis, target in zip(analyses, targets, strict=True)
        ]

    def _composite(
        self, frame: Frame, analysis: _Analysis | None, target: AUVector | None, pair: GeneratedPair | None
    ) -> ProcessedFrame:
        if analysis is None:
            return ProcessedFrame(frame, None, None, None)
        if pair is not None:
            with self.clock.measure("composite"):
                pixels = self._compositor.composite(frame.pixels, analysis.face, pair)
            pixels.flags.writeable = False
            frame = Frame(pixels, frame.time, frame.index)
        return ProcessedFrame(frame, analysis.face, analysis.source, target)

    def close(self) -> None:
        """Free the landmarker and the backend."""
        with ExitStack() as stack:
            stack.callback(self._landmarker.close)
            stack.callback(self.backend.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _same(before: Frame | None, frame: Frame) -> bool:
    return before is not None and before.pixels is frame.pixels
