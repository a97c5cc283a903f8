"""Render a source to an output: the one way from files to a file, for the command line and for the window.

Like `engine.export`, everything runs on the calling thread and on the workers that end before the call does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from engine.errors import MediaError
from engine.export import ExportReport, export, sampled
from engine.media import Encoding, MediaKind, VideoSink, VideoSource, conversion_for, open_sink, open_source, sink_kind
from engine.media.stills import ImageSource
from engine.pipeline import ExpressionPlan, PipelineSettings, ProcessedFrame, open_pipeline
from engine.types import Frame

STILL_RATE: Final = Fraction(30)
"""Frames a second of a video made from a photo."""
_REHEARSED_FRAMES: Final = 12

Progress: TypeAlias = Callable[[str, int | None], AbstractContextManager[Callable[[int], object]]]
"""Takes a description and the number of frames, None where that is not known; the block gets the frames done."""


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """How to render.

    Attributes:
        pipeline: model, backend, device and compositing.
        encoding: of a video.
        keep_audio: whether a video's sound goes into the output.
        overwrite: whether an earlier output is replaced.
        still_duration: seconds to show a photo for; None makes one frame of it.
    """

    pipeline: PipelineSettings = field(default_factory=PipelineSettings)
    encoding: Encoding = field(default_factory=Encoding)
    keep_audio: bool = True
    overwrite: bool = False
    still_duration: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """Who looks on while a source is rendered.

    Attributes:
        progress: shows how far it is.
        on_frame: called on the rendering thread for each frame that has been computed, in order.
        cancel: set it from any thread to stop; that is an outcome, and leaves no output.
    """

    progress: Progress = lambda _description, _total: nullcontext(lambda _done: None)
    on_frame: Callable[[ProcessedFrame], None] | None = None
    cancel: threading.Event | None = None


def render(
    source_path: Path, output: Path, plan: ExpressionPlan, settings: RenderSettings, watching: Watching
) -> ExportReport:
    """Render `source_path` to `output`.

    Args:
        source_path: a photo, a video or numbered pictures.
        output: likewise; a photo keeps the source photo's transparency and colour profile.
        plan: the expression to show at each time.
        settings: how to render.
        watching: who looks on.

    Raises:
        EngineError: whatever cannot be read, run or written, or a source that shows no face; no output is left then.
    """
    with open_source(
        source_path,
        rate=STILL_RATE,
        still_duration=settings.still_duration,
        as_stored=sink_kind(output) is MediaKind.PHOTO,
        conversion=conversion_for(output, settings.encoding),
    ) as source:
        return render_source(source, source_path.name, output, plan, settings, watching)


def render_source(
    source: VideoSource, name: str, output: Path, plan: ExpressionPlan, settings: RenderSettings, watching: Watching
) -> ExportReport:
    """Render a source that is open, and stays so, as `render` does; `name` is what people call it."""
    with (
        _open_sink(output, source, settings) as sink,
        open_pipeline(settings.pipeline, "image" if source.info.is_still else "clip") as pipeline,
        watching.progress(f"Rendering {output.name}", source.info.expected_frame_count) as report_progress,
    ):

        def count(result: ProcessedFrame) -> None:
            report_progress(result.frame.index + 1)
            if watching.on_frame is not None:
                watching.on_frame(result)

        pipeline.reader.rehearse(sampled(source, _REHEARSED_FRAMES))
        for frame in _neutral_frame(source, settings.pipeline.faces.neutral_at):
            pipeline.reader.take_neutral(frame)
        report = export(source, sink, pipeline, plan, cancel=watching.cancel, on_frame=count)
        if report.cancelled:
            sink.abort()
        elif report.frames_with_face == 0:
            raise _no_face(name, report.frames)
    return report


def _neutral_frame(source: VideoSource, neutral_at: Fraction | None) -> Iterator[Frame]:
    """The frame in which people are at rest; none where nobody has said which, or the source ends before it."""
    if neutral_at is not None:
        yield from islice(source.frames(Fraction(0) if source.info.is_still else neutral_at), 1)


def _open_sink(output: Path, source: VideoSource, settings: RenderSettings) -> VideoSink:
    return open_sink(
        output,
        source.info,
        encoding=settings.encoding,
        like=source.photo if isinstance(source, ImageSource) else None,
        keep_audio=settings.keep_audio,
        overwrite=settings.overwrite,
    )


def _no_face(name: str, frames: int) -> MediaError:
    where = name if frames == 1 else f"any of the {frames} frames of {name}"
    return MediaError(
        f"No face was found in {where}.", "Choose one that shows a face from the front, 60 pixels or larger."
    )
