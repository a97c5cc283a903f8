"""A batch of frames through all stages.

One thread owns a pipeline and everything in it; or two, where one only finds faces and the other only edits them, so
that the next frame's face is found while this one's is edited.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import numpy as np

from engine.action_units import AUVector
from engine.backends.protocol import Backend
from engine.errors import PipelineError
from engine.faces.alignment import CropTemplate, align
from engine.pipeline.editing import EditRequest, EncodedFace, FaceEdit, FaceEditor
from engine.pipeline.stage_clock import StageClock
from engine.pipeline.stages import Estimator, ExpressionPlan, Landmarker
from engine.types import AlignedFace, Frame


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
        source: the expression that it shows, u_source.
        encoded: what E made of it; None until an edit needs it.
    """

    face: AlignedFace
    source: AUVector
    encoded: EncodedFace | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FoundFrame:
    """A frame in which faces have been looked for.

    Attributes:
        frame: as given.
        portrait: what is known of its face, None where there is none; belongs to the pipeline.
    """

    frame: Frame
    portrait: _Portrait | None


class Pipeline:
    """Changes the expression of the largest face of each frame.

    Frames that share their pixel array, as those of a still do, share all that does not depend on the target: the face
    is found and encoded once. Where the target is the source's own expression, the frame passes untouched, bit for bit,
    and so does a frame without a face.

    Args:
        landmarker, estimator, editor: the stages; landmarker and the editor's backend are closed with the pipeline.
        template: where faces lie in the model's crop.

    Attributes:
        clock: the time each stage took.
        template: as given.
    """

    def __init__(
        self,
        landmarker: Landmarker,
        estimator: Estimator,
        editor: FaceEditor,
        template: CropTemplate,
    ) -> None:
        self.clock = StageClock()
        self.template = template
        self._landmarker = landmarker
        self._estimator = estimator
        self._editor = editor
        self._latest_frame: Frame | None = None
        self._latest_portrait: _Portrait | None = None

    @property
    def backend(self) -> Backend:
        """Where the networks compute."""
        return self._editor.backend

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
        return self.edit(self.find(frames), plan)

    def find(self, frames: Sequence[Frame]) -> list[FoundFrame]:
        """The first half of `process`: look for the faces, in pictures not seen just before."""
        before = (self._latest_frame, *frames)
        new = [frame for earlier, frame in zip(before, frames, strict=False) if not _shows_the_same(earlier, frame)]
        made = iter(self._look_at(new))
        found: list[FoundFrame] = []
        for frame in frames:
            if not _shows_the_same(self._latest_frame, frame):
                self._latest_portrait = next(made)
            self._latest_frame = frame
            found.append(FoundFrame(frame, self._latest_portrait))
        return found

    def edit(self, found: Sequence[FoundFrame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        """The second half of `process`: show the plan's expressions."""
        results: list[ProcessedFrame] = []
        edits: dict[int, tuple[_Portrait, AUVector]] = {}
        for index, (frame, portrait) in enumerate((item.frame, item.portrait) for item in found):
            if portrait is None:
                results.append(ProcessedFrame(frame))
                continue
            target = plan.evaluate(frame.time, portrait.source)
            results.append(ProcessedFrame(frame, portrait.face, portrait.source, target))
            if target != portrait.source:
                edits[index] = portrait, target
        for index, edit in zip(edits, self._edit(list(edits.values())), strict=True):
            results[index] = self._composite(results[index], edit)
        return results

    def _look_at(self, frames: Sequence[Frame]) -> list[_Portrait | None]:
        faces = [self._find_face(frame) for frame in frames]
        present = [face for face in faces if face is not None]
        if not present:
            return [None] * len(frames)
        with self.clock.measure("estimate", len(present)):
            sources = self._estimator.estimate([face.track for face in present])
        found = iter(sources)
        return [None if face is None else _Portrait(face, next(found)) for face in faces]

    def _find_face(self, frame: Frame) -> AlignedFace | None:
        with _faults_at(frame), self.clock.measure("detect"):
            tracks = self._landmarker.detect(frame.pixels, frame.time)
        if not tracks:
            return None
        with self.clock.measure("align"):
            return align(frame.pixels, tracks[0], self.template)

    def _edit(self, edits: Sequence[tuple[_Portrait, AUVector]]) -> list[FaceEdit]:
        if not edits:
            return []
        lacking = list(dict.fromkeys(portrait for portrait, _ in edits if portrait.encoded is None))
        if lacking:
            with self.clock.measure("encode", len(lacking)):
                crops = np.stack([portrait.face.crop for portrait in lacking])
                encoded = self._editor.encode(crops, [portrait.source for portrait in lacking])
            for portrait, made in zip(lacking, encoded, strict=True):
                portrait.encoded = made
        requests = [EditRequest(portrait.encoded, target) for portrait, target in edits if portrait.encoded is not None]
        with self.clock.measure("generate", len(requests)):
            return self._editor.edit(requests)

    def _composite(self, processed: ProcessedFrame, edit: FaceEdit) -> ProcessedFrame:
        frame, face = processed.frame, processed.face
        assert face is not None
        with _faults_at(frame), self.clock.measure("composite"):
            pixels = edit.composite(frame.pixels, face)
        pixels.flags.writeable = False
        return replace(processed, frame=Frame(pixels, frame.time, frame.index))

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
