"""`animate`: change the expression in a photo or a video."""

import math
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.options import (
    AuOption,
    ClipFlag,
    OverwriteFlag,
    PresetOption,
    constant_timeline,
    parse_intensities,
)
from engine.commands.output_options import (
    AiMarkFlag,
    AiTagFlag,
    BesideOption,
    CodecOption,
    QualityOption,
    SideBySideFlag,
    SizeOption,
    disclosure,
)
from engine.commands.rendering import tell_unchanged, with_bar
from engine.commands.span_options import FromOption, ToOption, parse_span
from engine.errors import MediaError
from engine.export import ExportReport
from engine.media import Encoding, MediaKind, SizeLimit, VideoCodec, sink_kind, source_kind
from engine.pipeline import DEFAULT_MODEL
from engine.project import OutputSettings, Project, Timeline, load_project
from engine.rendering import STILL_RATE, RenderSettings, render
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.pipeline_options import (
    BackendOption,
    CalibrationFlag,
    CompositingOrProjectsOption,
    DeviceOption,
    FacesOption,
    ModelOrProjectsOption,
    RegionOption,
    SmoothingOption,
    pipeline_settings_of,
)


def animate(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="SRC", help="A photo, a video, or a folder of numbered pictures; by default the project's."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="What to write; the ending chooses the format. By default the project's."),
    ] = None,
    project: Annotated[Path | None, typer.Option("--project", help="A project whose timeline to play.")] = None,
    au: AuOption = None,
    preset: PresetOption = None,
    strength: Annotated[
        float | None, typer.Option("--strength", help="α: 0 keeps the source's expression, 1 reaches the target.")
    ] = None,
    clip: ClipFlag = False,
    duration: Annotated[float | None, typer.Option("--duration", help="Seconds of video to make of a photo.")] = None,
    start: FromOption = None,
    end: ToOption = None,
    size: SizeOption = "original",
    side_by_side: SideBySideFlag = False,
    beside: BesideOption = None,
    codec: CodecOption = None,
    quality: QualityOption = None,
    audio: Annotated[
        bool | None, typer.Option("--audio/--no-audio", help="Whether to carry the sound over; by default, yes.")
    ] = None,
    compositing: CompositingOrProjectsOption = None,
    model: ModelOrProjectsOption = None,
    faces: FacesOption = None,
    region: RegionOption = None,
    smoothing: SmoothingOption = 1.0,
    calibrate: CalibrationFlag = True,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    ai_tag: AiTagFlag = True,
    ai_mark: AiMarkFlag = False,
    overwrite: OverwriteFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change the expression in a photo or a video.

    --au sets the action units named and leaves the others to follow the source; --preset sets all 17; both may be
    combined, --au counting. --project plays a timeline; its media, model, faces and output settings are used where the
    command line names none.
    """
    scene = _scene(project, au or [], preset, strength, clip=clip)
    source = _named(source or scene.media, "SRC", "name a photo or a video, or a project that does")
    output = _named(output or scene.output.path, "--output", "name the file to write")
    settings = RenderSettings(
        pipeline=pipeline_settings_of(
            scene,
            model,
            backend,
            device,
            compositing,
            faces=faces,
            regions=region or [],
            smoothing=smoothing,
            calibrates=calibrate,
            neutral_at=scene.faces.neutral_at,
        ),
        encoding=_encoding(codec, quality, scene.output),
        keep_audio=scene.output.keep_audio if audio is None else audio,
        overwrite=overwrite,
        still_duration=_still_duration(source, output, duration, scene.timeline),
        span=parse_span(source, start, end),
        limit=SizeLimit.parse(size),
        side_by_side=side_by_side,
        beside=beside,
        disclosure=disclosure(ai_tag=ai_tag, ai_mark=ai_mark),
    )
    report = render(source, output, scene.timeline, settings, with_bar())
    if as_json:
        print_json(_document(report, output, beside))
        return
    print(*filter(None, (output, beside)), sep="\n")
    tell_unchanged(report)


def _scene(project: Path | None, au: list[str], preset: str | None, strength: float | None, *, clip: bool) -> Project:
    """The project to render: the one in a file, or one made of the expression that the options describe."""
    if project is not None:
        if au or preset is not None or strength is not None:
            raise typer.BadParameter(
                "it brings expressions of its own; leave out --au, --preset and --strength", param_hint="--project"
            )
        return load_project(project, clip_intensities=clip)
    if not au and preset is None:
        raise typer.BadParameter("ask for an expression by --preset, --au or --project", param_hint="--preset")
    timeline = constant_timeline(parse_intensities(au, clip=clip), preset, 1.0 if strength is None else strength)
    return Project(DEFAULT_MODEL, timeline=timeline)


def _named(path: Path | None, parameter: str, demand: str) -> Path:
    if path is None:
        raise typer.BadParameter(demand, param_hint=parameter)
    return path


def _encoding(codec: VideoCodec | None, quality: int | None, saved: OutputSettings) -> Encoding:
    if codec is None and saved.codec is not None:
        codec = VideoCodec(saved.codec)
    return Encoding(codec, saved.quality if quality is None else quality)


def _still_duration(source: Path, output: Path, duration: float | None, timeline: Timeline) -> Fraction | None:
    """Seconds to show a photo for: as asked, or for a video up to the last keyframe's frame; None makes a photo."""
    if source_kind(source) is not MediaKind.PHOTO:
        if duration is not None:
            raise MediaError(f"{source.name} has a duration of its own.", "Use --duration with photos only.")
        return None
    if duration is not None:
        if not 0 < duration < math.inf:
            raise MediaError(f"A photo cannot be shown for {duration:g} seconds.", "Choose a --duration above 0.")
        return Fraction(str(duration))
    if sink_kind(output) is MediaKind.PHOTO:
        return None
    return timeline.end + 1 / STILL_RATE if timeline.end > 0 else Fraction(1)


def _document(report: ExportReport, output: Path, beside: Path | None) -> dict[str, object]:
    stages = {name: {"p50_ms": times.p50_ms, "p95_ms": times.p95_ms} for name, times in report.stages.items()}
    return {
        "output": str(output),
        "beside": None if beside is None else str(beside),
        "frames": report.frames,
        "frames_with_face": report.frames_with_face,
        "seconds": report.seconds,
        "stages": stages,
    }
