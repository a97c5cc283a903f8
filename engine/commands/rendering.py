"""Render a source to an output: what `animate`, `retarget` and `demo` have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final

from engine.errors import MediaError
from engine.export import ExportReport, export, sampled
from engine.media import Encoding, MediaKind, VideoSink, VideoSource, conversion_for, open_sink, open_source, sink_kind
from engine.media.stills import ImageSource
from engine.pipeline import ExpressionPlan, PipelineSettings, ProcessedFrame, open_pipeline
from engine.terminal.progress import progress_bar

STILL_RATE: Final = Fraction(30)
"""Frames a second of a video made from a photo."""
_REHEARSED_FRAMES: Final = 12


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


def render(
    source_path: Path,
    output: Path,
    plan: ExpressionPlan,
    settings: RenderSettings,
    on_frame: Callable[[ProcessedFrame], None] | None = None,
) -> ExportReport:
    """Render `source_path` to `output` with a progress bar.

    Args:
        source_path: a photo, a video or numbered pictures.
        output: likewise; a photo keeps the source photo's transparency and colour profile.
        plan: the expression to show at each time.
        settings: how to render.
        on_frame: called for each frame that has been computed, in order.

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
        return render_source(source, source_path.name, output, plan, settings, on_frame)


def render_source(
    source: VideoSource,
    name: str,
    output: Path,
    plan: ExpressionPlan,
    settings: RenderSettings,
    on_frame: Callable[[ProcessedFrame], None] | None = None,
) -> ExportReport:
    """Render a source that is open, and stays so, as `render` does; `name` is what people call it."""
    with (
        _open_sink(output, source, settings) as sink,
        open_pipeline(settings.pipeline, "image" if source.info.is_still else "clip") as pipeline,
        progress_bar(f"Rendering {output.name}", source.info.expected_frame_count) as report_progress,
    ):

        def count(result: ProcessedFrame) -> None:
            report_progress(result.frame.index + 1)
            if on_frame is not None:
                on_frame(result)

        pipeline.reader.rehearse(sampled(source, _REHEARSED_FRAMES))
        report = export(source, sink, pipeline, plan, on_frame=count)
        if report.frames_with_face == 0:
            raise _no_face(name, report.frames)
    return report


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
