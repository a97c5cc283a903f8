"""The medium and the pipeline that the rendering thread keeps open from one request to the next."""

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.document.project_media import STILL_RATE
from desktop.pipeline_choice import PipelineChoice
from desktop.preview.requests import Rendering, RenderRequest
from engine.action_units import AUVector
from engine.edit_scope import FaceSelection
from engine.project import FaceOptions

if TYPE_CHECKING:
    from desktop.preview.frame_reader import FrameReader
    from engine.faces.people import KnownPerson
    from engine.pipeline import Pipeline, PipelineSettings

OpenPipeline: TypeAlias = "Callable[[PipelineSettings], Pipeline]"


class Workbench:
    """Renders requests; opens anew only what differs from the one before. Owned by the rendering thread.

    Args:
        open_pipeline: where pipelines come from.
        loading: told whether a model is being loaded.
    """

    def __init__(self, open_pipeline: "OpenPipeline", loading: Callable[[bool], None]) -> None:
        self._open_pipeline: Final = open_pipeline
        self._loading: Final = loading
        self._reader: FrameReader | None = None
        self._pipeline: Pipeline | None = None
        self._networks: PipelineChoice | None = None
        self._faces: tuple[Path, FaceSelection, Fraction | None, tuple[KnownPerson, ...]] | None = None

    def render(self, request: RenderRequest) -> Rendering:
        """Edit one frame.

        Raises:
            EngineError: the medium or the model cannot be opened, or a stage failed.
        """
        reader = self._reader_of(request.media)
        pipeline = self._pipeline_of(request.choice)
        faces = request.choice.faces
        pipeline.configure_regions(faces.regions)
        if self._faces != (request.media, faces.selection, faces.neutral_at, request.people):
            self._take_faces(request, reader, pipeline)
        pipeline.clock.lap()
        original = reader.at(request.time)
        (result,) = pipeline.process([original], _AtOneMoment(request))
        took_ms = (time.perf_counter() - request.asked_at) * 1000
        return Rendering(request, original, result, pipeline.backend.name, took_ms, pipeline.clock.lap())

    def close_reader(self) -> None:
        """Let go of the medium."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def close(self) -> None:
        """Let go of everything."""
        self.close_reader()
        self._close_pipeline()

    def _reader_of(self, media: Path) -> "FrameReader":
        from desktop.preview.frame_reader import FrameReader  # here: FFmpeg and OpenCV take a while

        if self._reader is None or self._reader.path != media:
            self.close_reader()
            self._reader = FrameReader(media, STILL_RATE)
        return self._reader

    def _pipeline_of(self, choice: PipelineChoice) -> "Pipeline":
        networks = replace(choice, faces=FaceOptions())
        if self._pipeline is None or networks != self._networks:
            self._loading(True)
            try:
                opened = self._open_pipeline(choice.settings())
            finally:
                self._loading(False)
            self._close_pipeline()
            self._pipeline, self._networks = opened, networks
        return self._pipeline

    def _take_faces(self, request: RenderRequest, reader: "FrameReader", pipeline: "Pipeline") -> None:
        """Let the pipeline that is open edit the faces that the request names."""
        settings = request.choice.settings().faces
        pipeline.configure_faces(settings)
        pipeline.reader.look_closely(reader.is_still)
        pipeline.reader.forget_neutral()
        pipeline.reader.know(request.people)
        if settings.neutral_at is not None:
            pipeline.reader.take_neutral(reader.at(settings.neutral_at))
        self._faces = request.media, settings.selection, settings.neutral_at, request.people

    def _close_pipeline(self) -> None:
        if self._pipeline is not None:
            self._pipeline.close()
            self._pipeline = self._networks = self._faces = None


class _AtOneMoment:
    """A timeline at the playhead, whatever time the frame has that shows there."""

    def __init__(self, request: RenderRequest) -> None:
        self._request = request

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the expression at the playhead."""
        return self._request.timeline.evaluate(self._request.time, source)
