"""`animate`: change the expression in a photo or a video."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.options import (
    BackendOption,
    Compositing,
    DeviceOption,
    Model,
    Overwrite,
    constant_plan,
    parse_intensities,
)
from engine.commands.rendering import RenderSettings, pipeline_settings, render
from engine.errors import MediaError, ProjectError
from engine.export import ExportReport
from engine.media import Encoding, MediaKind, VideoCodec, sink_kind, source_kind
from engine.project import Timeline, load_project
from engine.terminal.json_output import JsonFlag, print_json


def animate(
    source: Annotated[
        Path, typer.Argument(help="A photo, a video, or a folder of numbered pictures.", show_default=False)
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="What to write; the ending chooses the format.", show_default=False)
    ],
    au: Annotated[
        list[str] | None, typer.Option("--au", help="An action unit and its intensity 0..5, as in 12=4; repeatable.")
    ] = None,
    preset: Annotated[
        str | None, typer.Option("--preset", help="An expression that sets all action units, as happy.")
    ] = None,
    project: Annotated[Path | None, typer.Option("--project", help="A project whose timeline to play.")] = None,
    strength: Annotated[
        float | None, typer.Option("--strength", help="α: 0 keeps the source's expression, 1 reaches the target.")
    ] = None,
    clip: Annotated[bool, typer.Option("--clip", help="Bring intensities outside 0..5 to the nearest end.")] = False,
    duration: Annotated[float | None, typer.Option("--duration", help="Seconds of video to make of a photo.")] = None,
    codec: Annotated[
        VideoCodec | None, typer.Option("--codec", help="Video codec; the format's usual one by default.")
    ] = None,
    quality: Annotated[
        int, typer.Option("--quality", min=0, max=100, help="Video quality, the same scale for all codecs.")
    ] = 70,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Carry the sound over.")] = True,
    overwrite: Overwrite = False,
    compositing: Compositing = "detail",
    model: Model = "eggan-128",
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Change the expression in a photo or a video.

    --au sets the action units named and leaves the others to follow the source; --preset sets all 17; both may be combined, --au
    counting. --project plays a timeline.
    """
    plan = _plan(au or [], preset, project, strength, clip=clip)
    settings = RenderSettings(
        pipeline=pipeline_settings(model, backend, device, compositing),
        encoding=Encoding(codec, quality),
        keep_audio=audio,
        overwrite=overwrite,
        still_duration=_still_duration(source, output, duration, plan),
    )
    report = render(source, output, plan, settings)
    if as_json:
        print_json(describe(report, output))
    else:
        print(output)


def describe(report: ExportReport, output: Path) -> dict[str, object]:
    """The report of a rendering as a JSON document."""
    stages = {name: {"p50_ms": times.p50_ms, "p95_ms": times.p95_ms} for name, times in report.stages.items()}
    return {
        "output": str(output),
        "frames": report.frames,
        "frames_with_face": report.frames_with_face,
        "seconds": report.seconds,
        "stages": stages,
    }


def _plan(au: list[str], preset: str | None, project: Path | None, strength: float | None, *, clip: bool) -> Timeline:
    if project is not None:
        if au or preset is not None or strength is not None:
            raise ProjectError("--project brings its own expressions.", "Leave out --au, --preset and --strength.")
        return load_project(project, clip_intensities=clip).timeline
    if not au and preset is None:
        raise ProjectError("No expression was asked for.", "Add --preset, --au or --project.")
    return constant_plan(parse_intensities(au, clip=clip), preset, 1.0 if strength is None else strength)


def _still_duration(source: Path, output: Path, duration: float | None, plan: Timeline) -> Fraction | None:
    """Seconds to show a photo for: as asked, or for a video to the end of the timeline; None makes a photo."""
    if source_kind(source) is not MediaKind.PHOTO:
        if duration is not None:
            raise MediaError(f"{source.name} has a duration of its own.", "Use --duration with photos only.")
        return None
    if duration is not None:
        if not duration > 0:
            raise MediaError(f"The duration {duration:g} is not positive.", "Choose seconds above 0.")
        return Fraction(str(duration))
    if sink_kind(output) is MediaKind.PHOTO:
        return None
    return plan.end or Fraction(1)
