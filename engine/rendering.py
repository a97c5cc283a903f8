"""Render a source to an output: the one way from files to a file, for the command line and for the window.

Like `engine.export`, everything runs on the calling thread and on the workers that end before the call does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias

from engine.errors import MediaError
from engine.export import ExportReport, export, sampled
from engine.faces.people import KnownPerson
from engine.media import (
    WHOLE,
    Disclosure,
    Encoding,
    Excerpt,
    Layout,
    MediaKind,
    Photo,
    SizeLimit,
    Span,
    VideoInfo,
    VideoSink,
    VideoSource,
    conversion_for,
    open_sink,
    open_source,
    sink_kind,
)
from engine.media.photos import DEFAULT_QUALITY as PHOTO_QUALITY
from engine.media.stills import ImageSource
from engine.pipeline import (
    ExpressionPlan,
    FaceSettings,
    PipelineSettings,
    ProcessedFrame,
    open_pipeline,
    open_reader,
)
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
        photo_quality: 0..100, of photos and numbered pictures.
        keep_audio: whether a video's sound goes into the output.
        overwrite: whether an earlier output is replaced.
        still_duration: seconds to show a photo for; None makes one frame of it.
        span: which part of the source to render; keyframes keep their times.
        limit: the size that pictures are brought down to; None keeps the source's.
        side_by_side: whether the output shows the original to the left of the result.
        beside: a second output, which does; None for none.
        disclosure: how outputs say that they are edited.
    """

    pipeline: PipelineSettings = field(default_factory=PipelineSettings)
    encoding: Encoding = field(default_factory=Encoding)
    keep_audio: bool = True
    overwrite: bool = False
    still_duration: Fraction | None = None
    span: Span = WHOLE
    limit: SizeLimit | None = None
    side_by_side: bool = False
    beside: Path | None = None
    photo_quality: int = PHOTO_QUALITY
    disclosure: Disclosure = field(default_factory=Disclosure)


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
    part = source if settings.span.is_whole else Excerpt(source, settings.span)
    photo = source.photo if isinstance(source, ImageSource) else None
    with ExitStack() as opened:
        outputs = [opened.enter_context(_Output(output, part.info, photo, settings, beside=settings.side_by_side))]
        if settings.beside is not None:
            outputs.append(opened.enter_context(_Output(settings.beside, part.info, photo, settings, beside=True)))
        pipeline = opened.enter_context(open_pipeline(settings.pipeline, "image" if source.info.is_still else "clip"))
        report_progress = opened.enter_context(
            watching.progress(f"Rendering {output.name}", part.info.expected_frame_count)
        )

        def write(result: ProcessedFrame) -> None:
            for one in outputs:
                one.write(result, _rebased(part, result.frame))

        def count(result: ProcessedFrame) -> None:
            report_progress(_rebased(part, result.frame).index + 1)
            if watching.on_frame is not None:
                watching.on_frame(result)

        pipeline.reader.look_closely(source.info.is_still)
        pipeline.reader.rehearse(sampled(source, _REHEARSED_FRAMES))
        for frame in _neutral_frame(source, settings.pipeline.faces.neutral_at):
            pipeline.reader.take_neutral(frame)
        report = export(part, write, pipeline, plan, cancel=watching.cancel, on_frame=count)
        if report.cancelled:
            for one in outputs:
                one.sink.abort()
        elif report.frames_with_face == 0:
            raise _no_face(name, report.frames)
    return report


def people_in(path: Path) -> tuple[KnownPerson, ...]:
    """The people of a clip with their faces at rest, just as `render` learns them before it begins; nobody of a photo.

    Raises:
        MediaError: the clip cannot be read.
    """
    with ExitStack() as opened:
        source = opened.enter_context(open_source(path, rate=STILL_RATE))
        if source.info.is_still:
            return ()
        reader = open_reader(FaceSettings(), "clip")
        opened.callback(reader.close)
        reader.rehearse(sampled(source, _REHEARSED_FRAMES))
        return reader.people_met()


class _Output:
    """One of the files that are written, with the layout of its pictures."""

    def __init__(
        self, path: Path, source: VideoInfo, photo: Photo | None, settings: RenderSettings, *, beside: bool
    ) -> None:
        self._layout: Final = Layout(source, settings.limit, beside=beside, mark=settings.disclosure.mark)
        self.sink: Final[VideoSink] = open_sink(
            path,
            self._layout.info,
            encoding=settings.encoding,
            photo_quality=settings.photo_quality,
            like=self._layout.like(photo),
            keep_audio=settings.keep_audio,
            overwrite=settings.overwrite,
            ai_tag=settings.disclosure.tag,
        )

    def write(self, result: ProcessedFrame, frame: Frame) -> None:
        """Add a result, at the time and index of `frame`."""
        original = result.frame if result.original is None else result.original
        pixels = self._layout.picture(original.pixels, result.frame.pixels)
        self.sink.write(Frame(pixels, frame.time, frame.index))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.sink.__exit__(kind, error, traceback)


def _rebased(part: VideoSource, frame: Frame) -> Frame:
    """The frame with its time and index in the part of the source that is rendered."""
    return part.rebased(frame) if isinstance(part, Excerpt) else frame


def _neutral_frame(source: VideoSource, neutral_at: Fraction | None) -> Iterator[Frame]:
    """The frame in which people are at rest; none where nobody has said which, or the source ends before it."""
    if neutral_at is not None:
        yield from islice(source.frames(Fraction(0) if source.info.is_still else neutral_at), 1)


def _no_face(name: str, frames: int) -> MediaError:
    where = name if frames == 1 else f"any of the {frames} frames of {name}"
    return MediaError(
        f"No face was found in {where}.", "Choose one that shows a face from the front, 60 pixels or larger."
    )
