"""A batch of frames through all stages. One thread owns a pipeline and everything in it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np

from engine.action_units import AUVector
from engine.backends.protocol import Backend
from engine.compositor import Compositor, GeneratedPair
from engine.errors import PipelineError
from engine.faces.alignment import CropTemplate, align
from engine.pipeline.stage_clock import StageClock
from engine.pipeline.stages import Estimator, ExpressionPlan, Landmarker
from engine.types import AlignedFace, FloatArray, Frame


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedFrame:
    """A frame after all stages.

    Attributes:
        frame: the result, at the source's time and index.
        face: the face that was edited, None where none was found.
        source, target: its estimated and its asked expression, None without a face.
    """

    frame: Frame
    face: AlignedFace | None = None
    source: AUVector | None = None
    target: AUVector | None = None


@dataclass(slots=True, eq=False)
class _Portrait:
    """What is known of one picture of a face, whatever expression is asked for.

    Attributes:
        face: the face in its frame.
        source: its expression, u_source.
        latent: l = E(crop), float32 [latent size].
        generated: G(l | u_source), float32 [S, S, 3] RGB 0..1; made when an edit needs it first.
    """

    face: AlignedFace
    source: AUVector
    latent: FloatArray
    generated: FloatArray | None = None


class Pipeline:
    """Changes the expression of the largest face of each frame.

    Frames that share their pixel array, as those of a still do, share all that does not depend on the target: the face
    is found and encoded once. Where the target is the source's own expression, the frame passes untouched, bit for bit,
    and so does a frame without a face.

    Args:
        landmarker, estimator, backend, compositor: the stages; landmarker and backend are closed with the pipeline.
        template: where faces lie in the model's crop.

    Attributes:
        clock: the time each stage took.
        backend, template: as given.
    """

    def __init__(
        self,
        landmarker: Landmarker,
        estimator: Estimator,
        backend: Backend,
        compositor: Compositor,
        template: CropTemplate,
    ) -> None:
        self.clock = StageClock()
        self.backend = backend
        self.template = template
        self._landmarker = landmarker
        self._estimator = estimator
        self._compositor = compositor
        self._latest_frame: Frame | None = None
        self._latest_portrait: _Portrait | None = None

    def process(self, frames: Sequence[Frame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        """Run a batch through all stages.

        Args:
            frames: in the order of their times, which also rise from batch to batch.
            plan: the expression to show at each time.

        Returns:
            One result for each frame, in order.

        Raises:
            PipelineError, ModelError: a stage failed.
        """
        results: list[ProcessedFrame] = []
        edits: dict[int, tuple[_Portrait, AUVector]] = {}
        for index, (frame, portrait) in enumerate(zip(frames, self._portraits(frames), strict=True)):
            if portrait is None:
                results.append(ProcessedFrame(frame))
                continue
            target = plan.evaluate(frame.time, portrait.source)
            results.append(ProcessedFrame(frame, portrait.face, portrait.source, target))
            if target != portrait.source:
                edits[index] = (portrait, target)
        for (index, edit), image in zip(edits.items(), self._generate(list(edits.values())), strict=True):
            results[index] = self._composite(results[index].frame, *edit, image)
        return results

    def _portraits(self, frames: Sequence[Frame]) -> list[_Portrait | None]:
        """What is known of each frame's face, None where there is none; looks at pictures not seen just before."""
        before = (self._latest_frame, *frames)
        new = [frame for earlier, frame in zip(before, frames, strict=False) if not _shows_the_same(earlier, frame)]
        made = iter(self._look_at(new))
        portraits: list[_Portrait | None] = []
        for frame in frames:
            if not _shows_the_same(self._latest_frame, frame):
                self._latest_portrait = next(made)
            self._latest_frame = frame
            portraits.append(self._latest_portrait)
        return portraits

    def _look_at(self, frames: Sequence[Frame]) -> list[_Portrait | None]:
        faces = [self._find_face(frame) for frame in frames]
        present = [face for face in faces if face is not None]
        if not present:
            return [None] * len(frames)
        with self.clock.measure("estimate", len(present)):
            sources = iter(self._estimator.estimate([face.track for face in present]))
        with self.clock.measure("encode", len(present)):
            latents = iter(self.backend.encode(np.stack([face.crop for face in present])))
        return [None if face is None else _Portrait(face, next(sources), next(latents)) for face in faces]

    def _find_face(self, frame: Frame) -> AlignedFace | None:
        with _faults_at(frame), self.clock.measure("detect"):
            tracks = self._landmarker.detect(frame.pixels, frame.time)
        if not tracks:
            return None
        with self.clock.measure("align"):
            return align(frame.pixels, tracks[0], self.template)

    def _generate(self, edits: Sequence[tuple[_Portrait, AUVector]]) -> list[FloatArray]:
        """Return G(l | target) of every edit; G(l | source), where a portrait lacks it, is made in the same batch."""
        if not edits:
            return []
        lacking = list(dict.fromkeys(portrait for portrait, _ in edits if portrait.generated is None))
        wanted = [*((portrait, portrait.source) for portrait in lacking), *edits]
        latents = np.stack([portrait.latent for portrait, _ in wanted])
        intensities = np.stack([expression.values for _, expression in wanted])
        with self.clock.measure("generate", len(edits)):
            images = self.backend.generate(latents, intensities).images
        for portrait, image in zip(lacking, images[: len(lacking)], strict=True):
            portrait.generated = image
        return list(images[len(lacking) :])

    def _composite(self, frame: Frame, portrait: _Portrait, target: AUVector, image: FloatArray) -> ProcessedFrame:
        assert portrait.generated is not None
        change = float(np.abs(target.values - portrait.source.values).max())
        with _faults_at(frame), self.clock.measure("composite"):
            pair = GeneratedPair(portrait.generated, image, change)
            pixels = self._compositor.composite(frame.pixels, portrait.face, pair)
        pixels.flags.writeable = False
        return ProcessedFrame(Frame(pixels, frame.time, frame.index), portrait.face, portrait.source, target)

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


def _shows_the_same(earlier: Frame | None, frame: Frame) -> bool:
    return earlier is not None and earlier.pixels is frame.pixels


@contextmanager
def _faults_at(frame: Frame) -> Iterator[None]:
    """Say at which frame a stage failed."""
    try:
        yield
    except PipelineError as error:
        error.frame_index = frame.index
        raise
