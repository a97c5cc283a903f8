"""A batch of frames through all stages.

One thread owns a pipeline and everything in it; or two, where one only finds faces and the other only edits them, so
that the next frame's faces are found while this one's are edited.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import numpy as np

from engine.action_units import AUVector, interpolate_expression
from engine.backends.protocol import Backend
from engine.compositor import FaceMemory
from engine.edit_scope import RegionStrengths
from engine.faces.alignment import CropTemplate, align
from engine.faces.face_track import size_of
from engine.faces.reading import FaceReading
from engine.faces.smoothing import ReadFrame
from engine.pipeline.editing import EditRequest, EncodedFace, FaceEdit, FaceEditor, encode_faces
from engine.pipeline.face_reader import FaceReader, FaceSettings, faults_at
from engine.pipeline.processed import ProcessedFace, ProcessedFrame
from engine.pipeline.stages import ExpressionPlan
from engine.types import AlignedFace, Frame, RGBImage


@dataclass(slots=True, eq=False)
class _Portrait:
    """What is known of one picture of a face, whatever expression is asked for.

    Attributes:
        reading: the face, and the expression that it shows.
        aligned: its crop; None where it is not to be edited.
        encoded: what E made of it; None until an edit needs it.
    """

    reading: FaceReading
    aligned: AlignedFace | None
    encoded: EncodedFace | None = field(default=None, repr=False)

    def target(self, plan: ExpressionPlan, frame: Frame) -> AUVector:
        """The expression to give to the face: the plan's, or less of it where the edit fades."""
        source, weight = self.reading.source, self.reading.weight
        if self.aligned is None or weight == 0:
            return source
        planned = plan.evaluate(frame.time, source)
        return planned if weight == 1 else interpolate_expression(source, planned, weight)


@dataclass(frozen=True, slots=True, eq=False)
class FoundFrame:
    """A frame in which faces have been looked for.

    Attributes:
        frame: as given.
        portraits: what is known of its faces; belongs to the pipeline.
        begins_shot: whether it does not continue the frame before.
    """

    frame: Frame
    portraits: tuple[_Portrait, ...]
    begins_shot: bool = False


class Pipeline:
    """Changes the expressions of the selected faces of each frame.

    Frames that share their pixel array, as those of a still do, share all that does not depend on the target: faces
    are found and encoded once. Where the target is the source's own expression, the frame passes untouched, bit for
    bit, and so does a frame without a face.

    Args:
        reader, editor: the stages; the reader and the editor's backend are closed with the pipeline.
        template: where faces lie in the model's crop.
        keeps_steady: whether frames follow each other, so that a compositor may hold an edit still.

    Attributes:
        clock: the time each stage took.
        reader, template: as given.
    """

    def __init__(
        self, reader: FaceReader, editor: FaceEditor, template: CropTemplate, *, keeps_steady: bool = False
    ) -> None:
        self.clock = reader.clock
        self.reader = reader
        self.template = template
        self._editor = editor
        self._keeps_steady = keeps_steady
        self._latest: FoundFrame | None = None
        self._memories: dict[int, FaceMemory] = {}

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
            One result for each frame, in order. A pipeline for clips holds the last frames back, to smooth faces with
            the frames that follow: they come with the next batch, or by `finish`.

        Raises:
            PipelineError, ModelError: a stage failed.
        """
        return self.edit(self.find(frames), plan)

    def finish(self, plan: ExpressionPlan) -> list[ProcessedFrame]:
        """The video ends here: the results of the frames that are held back, in order."""
        return self.edit(self._found(self.reader.read_rest()), plan)

    def find(self, frames: Sequence[Frame]) -> list[FoundFrame]:
        """The first half of `process`: find the faces, in pictures not seen just before."""
        return self._found([read for frame in frames for read in self.reader.read(frame)])

    def edit(self, found: Sequence[FoundFrame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        """The second half of `process`: show the plan's expressions."""
        targets = [[portrait.target(plan, item.frame) for portrait in item.portraits] for item in found]
        wanted = [
            (portrait, target)
            for item, aims in zip(found, targets, strict=True)
            for portrait, target in zip(item.portraits, aims, strict=True)
            if target != portrait.reading.source
        ]
        edits = iter(self._edits(wanted))
        return [self._finished(item, aims, edits) for item, aims in zip(found, targets, strict=True)]

    def configure_faces(self, settings: FaceSettings) -> None:
        """Choose and read the faces of the frames to come by other settings."""
        self.reader.configure(settings)

    def configure_regions(self, regions: RegionStrengths) -> None:
        """Let the edits to come show as strongly as `regions` say; for the thread that edits."""
        self._editor = self._editor.with_regions(regions)

    def _found(self, read_frames: Sequence[ReadFrame]) -> list[FoundFrame]:
        found = []
        for read in read_frames:
            known = {} if self._latest is None else {id(p.reading): p for p in self._latest.portraits}
            portraits = tuple(known.get(id(face)) or self._portrait(read.frame, face) for face in read.faces)
            self._latest = FoundFrame(read.frame, portraits, read.begins_shot)
            found.append(self._latest)
        return found

    def _portrait(self, frame: Frame, face: FaceReading) -> _Portrait:
        if not face.is_selected and face.weight == 0:
            return _Portrait(face, None)
        with self.clock.measure("align"):
            return _Portrait(face, align(frame.pixels, face.track, self.template))

    def _edits(self, wanted: Sequence[tuple[_Portrait, AUVector]]) -> list[FaceEdit]:
        if not wanted:
            return []
        lacking = {
            portrait: portrait.aligned.crop
            for portrait, _ in wanted
            if portrait.encoded is None and portrait.aligned is not None
        }
        if lacking:
            with self.clock.measure("encode", len(lacking)):
                crops = np.stack(list(lacking.values()))
                encoded = encode_faces(self.backend, crops, [portrait.reading.source for portrait in lacking])
            for portrait, made in zip(lacking, encoded, strict=True):
                portrait.encoded = made
        requests = [
            EditRequest(portrait.encoded, target) for portrait, target in wanted if portrait.encoded is not None
        ]
        with self.clock.measure("generate", len(requests)):
            return self._editor.edit(requests)

    def _finished(self, item: FoundFrame, targets: Sequence[AUVector], edits: Iterator[FaceEdit]) -> ProcessedFrame:
        """The frame with its faces edited, the smaller ones first: the larger are nearer."""
        frame, faces = item.frame, []
        due: list[tuple[AlignedFace, FaceEdit]] = []
        for portrait, target in zip(item.portraits, targets, strict=True):
            reading, aligned = portrait.reading, portrait.aligned
            faces.append(
                ProcessedFace(reading.track, reading.source, target, reading.weight, reading.is_selected, aligned)
            )
            if target != reading.source and aligned is not None:
                due.append((aligned, next(edits)))
        self._forget_others(item.begins_shot, [aligned.track.id for aligned, _ in due])
        pixels = frame.pixels
        for aligned, edit in sorted(due, key=lambda one: size_of(one[0].track.box_px)):
            pixels = self._composite(frame, pixels, aligned, edit)
        if due:
            pixels.flags.writeable = False
            frame = Frame(pixels, frame.time, frame.index)
        return ProcessedFrame(frame, tuple(faces), item.frame)

    def _composite(self, frame: Frame, pixels: RGBImage, face: AlignedFace, edit: FaceEdit) -> RGBImage:
        memory = self._memories.setdefault(face.track.id, FaceMemory()) if self._keeps_steady else None
        with faults_at(frame), self.clock.measure("composite"):
            return edit.composite(pixels, face, memory)

    def _forget_others(self, begins_shot: bool, edited: Sequence[int]) -> None:
        """Keep what the compositor remembers of the faces that go on being edited."""
        kept = () if begins_shot else edited
        self._memories = {face_id: memory for face_id, memory in self._memories.items() if face_id in kept}

    def close(self) -> None:
        """Free the reader and the backend."""
        with ExitStack() as stack:
            stack.callback(self.reader.close)
            stack.callback(self.backend.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
