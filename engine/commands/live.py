"""`live`: a camera or a file in real time, without a window."""

import queue
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from engine.action_units import PRESETS
from engine.commands.options import OverwriteFlag, parse_intensities
from engine.commands.output_options import AiMarkFlag, AiTagFlag, disclosure
from engine.controls import Controls
from engine.edit_scope import FaceSelection
from engine.errors import MediaError
from engine.live import (
    CameraInput,
    EventKind,
    LiveEvent,
    LiveInput,
    LiveSession,
    LiveStatistics,
    RecordingSettings,
    input_named,
)
from engine.media import Encoding, Speed
from engine.pipeline import DEFAULT_MODEL
from engine.project import FaceOptions, Project, load_project
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.pipeline_options import (
    BackendOption,
    CompositingOption,
    DeviceOption,
    FacesOption,
    ModelOption,
    RegionOption,
    SmoothingOption,
    face_settings,
    pipeline_settings,
    region_strengths,
)

_LINE_S: Final = 0.5
_ENDS: Final = (EventKind.SOURCE_ENDED, EventKind.FAILED)


def live(
    camera: Annotated[
        str, typer.Option("--camera", help="A camera's number or name, or a file that plays as if it were one.")
    ] = "0",
    driver: Annotated[
        str | None, typer.Option("--driver", help="A camera or file whose face drives the first one's.")
    ] = None,
    au: Annotated[
        list[str] | None, typer.Option("--au", help="An action unit and its intensity 0..5, as in 12=4; repeatable.")
    ] = None,
    preset: Annotated[
        str | None, typer.Option("--preset", help=f"An expression that sets all action units: {', '.join(PRESETS)}.")
    ] = None,
    strength: Annotated[
        float, typer.Option("--strength", help="α: 0 keeps the source's expression, 1 reaches the target.")
    ] = 1.0,
    project: Annotated[Path | None, typer.Option("--project", help="A project whose timeline to play.")] = None,
    loop: Annotated[bool, typer.Option("--loop", help="Start files again at their end.")] = False,
    size: Annotated[str, typer.Option("--size", help="What to ask a camera for, as WIDTHxHEIGHT.")] = "1280x720",
    rate: Annotated[int, typer.Option("--rate", min=1, max=240, help="Frames a second to ask a camera for.")] = 30,
    virtual_camera: Annotated[
        bool, typer.Option("--virtual-camera", help="Show the result to other programs as a camera.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="A video to write the result to: .mp4, .mov, .mkv or .webm.")
    ] = None,
    quality: Annotated[int, typer.Option("--quality", min=0, max=100, help="Quality of the recording.")] = 70,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Whether a file's sound is recorded.")] = True,
    seconds: Annotated[float | None, typer.Option("--seconds", min=0, help="End after so many seconds.")] = None,
    model: ModelOption = DEFAULT_MODEL,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: CompositingOption = "detail",
    faces: FacesOption = None,
    region: RegionOption = None,
    smoothing: SmoothingOption = 1.0,
    ai_tag: AiTagFlag = True,
    ai_mark: AiMarkFlag = False,
    overwrite: OverwriteFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change expressions in real time, from a camera or a file to a virtual camera or a recording.

    Ctrl-C ends it, and a recording is then complete. A camera that is unplugged is awaited.
    """
    scene = None if project is None else _scene(project, au or [], preset)
    scope = FaceOptions() if scene is None else scene.faces
    selection = scope.selection if faces is None else FaceSelection.parse(faces)
    source = _input(camera, size, rate, loop=loop)
    recording = None
    if record is not None:
        told = disclosure(ai_tag=ai_tag, ai_mark=ai_mark)
        recording = RecordingSettings(record, Encoding(quality=quality, speed=Speed.LIVE), audio, overwrite, told)
    events: queue.SimpleQueue[LiveEvent] = queue.SimpleQueue()
    session = LiveSession(
        source,
        _controls(au or [], preset, strength, scene),
        pipeline_settings(
            model,
            backend,
            device,
            compositing,
            face_settings(selection, smoothing, calibrates=True),
            region_strengths(region or [], scope.regions),
        ),
        driver=None if driver is None else _input(driver, size, rate, loop=loop),
        on_event=events.put,
    )
    with suppress(KeyboardInterrupt), session:
        if recording is not None:
            session.start_recording(recording)
        if virtual_camera:
            session.start_virtual_camera(ai_mark=ai_mark)
        _watch(session, events, seconds)
    _tell_the_end(session, events, as_json=as_json)


def _input(text: str, size: str, rate: int, *, loop: bool) -> LiveInput:
    wanted = input_named(text, loop=loop)
    if not isinstance(wanted, CameraInput):
        return wanted
    width, _, height = size.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise typer.BadParameter("write WIDTHxHEIGHT, as in 1280x720", param_hint="--size")
    return CameraInput(wanted.camera, int(width), int(height), rate)


def _scene(project: Path, au: Sequence[str], preset: str | None) -> Project:
    if au or preset is not None:
        raise typer.BadParameter(
            "it brings expressions of its own; leave out --au and --preset", param_hint="--project"
        )
    return load_project(project)


def _controls(au: Sequence[str], preset: str | None, strength: float, scene: Project | None) -> Controls:
    if scene is not None:
        return Controls(timeline=scene.timeline, strength=strength)
    sliders = dict(Controls.preset(preset).sliders) if preset is not None else {}
    return Controls(sliders={**sliders, **parse_intensities(au, clip=False)}, strength=strength)


def _watch(session: LiveSession, events: "queue.SimpleQueue[LiveEvent]", seconds: float | None) -> None:
    """Show how it is going until the time is over, the source has ended or something failed.

    Raises:
        MediaError: the source cannot be opened at all.
    """
    console = Console(stderr=True)
    end = None if seconds is None else time.monotonic() + seconds
    with Live(console=console, auto_refresh=False, transient=True) as line:
        while end is None or time.monotonic() < end:
            statistics = session.statistics()
            if console.is_terminal:
                line.update(Text(status_line(statistics)), refresh=True)
            left = _LINE_S if end is None else min(_LINE_S, max(0.0, end - time.monotonic()))
            try:
                event = events.get(timeout=left)
            except queue.Empty:
                continue
            if event.kind is EventKind.SOURCE_LOST and not statistics.captured:
                raise MediaError(event.message, event.remedy)
            if event.kind in _ENDS:
                return
            console.print(f"{event.message} {event.remedy}".strip(), highlight=False)


def status_line(statistics: LiveStatistics) -> str:
    """What a person wants to know at a glance."""
    stages = ", ".join(f"{stage} {times.p50_ms:.0f}" for stage, times in statistics.stages.items())
    parts = [
        f"{statistics.fps_in:.1f} fps in, {statistics.fps_out:.1f} out",
        f"{statistics.dropped} dropped",
        f"age {statistics.age_p50_ms:.0f} ms (p95 {statistics.age_p95_ms:.0f})",
        f"{stages} ms" if stages else "starting",
        f"{statistics.memory_mib:.0f} MiB",
        f"{statistics.threads} threads",
    ]
    if statistics.recorded is not None:
        parts.append(f"{statistics.recorded} recorded")
    if statistics.virtual_camera is not None:
        parts.append(f"shown as {statistics.virtual_camera}")
    return " | ".join(parts)


def _tell_the_end(session: LiveSession, events: "queue.SimpleQueue[LiveEvent]", *, as_json: bool) -> None:
    """Print the summary; raise what ended the session, or spoiled the recording."""
    if session.error is not None:
        raise session.error
    statistics = session.statistics()
    told = []
    while not events.empty():
        told.append(events.get())
    if as_json:
        print_json({**_document(statistics), "events": [asdict(event) for event in told]})
    else:
        print(status_line(statistics))
        for event in told:
            print(event.message)
    failed = next((event for event in told if event.kind is EventKind.RECORDING_FAILED), None)
    if failed is not None:
        raise MediaError(failed.message, failed.remedy)


def _document(statistics: LiveStatistics) -> dict[str, object]:
    return {field.name: getattr(statistics, field.name) for field in fields(statistics) if field.name != "stages"} | {
        "stages": {stage: asdict(times) for stage, times in statistics.stages.items()}
    }
