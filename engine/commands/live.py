"""`live`: a camera or a file in real time, without a window."""

import queue
import time
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from engine.commands.curve_options import GainOption, ModeOption, OnlyOption, parse_driven
from engine.commands.options import AuOption, ClipFlag, OverwriteFlag, PresetOption, parse_intensities
from engine.commands.output_options import (
    AiMarkFlag,
    AiTagFlag,
    CodecOption,
    QualityOption,
    disclosure,
    encoding,
)
from engine.controls import Controls, DriverMode
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
from engine.media import Speed
from engine.media.cameras import list_cameras as available_cameras
from engine.pipeline import DEFAULT_MODEL
from engine.project import Project, load_project
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

_LINE_S: Final = 0.5
_ENDS: Final = (EventKind.SOURCE_ENDED, EventKind.FAILED)


def live(
    camera: Annotated[
        str, typer.Option("--camera", help="A camera's number or name, or a file that plays as if it were one.")
    ] = "0",
    list_cameras: Annotated[
        bool, typer.Option("--list-cameras", help="Print the cameras of this machine, number and name, and end.")
    ] = False,
    driver: Annotated[
        str | None, typer.Option("--driver", help="A camera or file whose face drives the first one's.")
    ] = None,
    only: OnlyOption = None,
    gain: GainOption = None,
    mode: ModeOption = DriverMode.RELATIVE,
    au: AuOption = None,
    preset: PresetOption = None,
    strength: Annotated[
        float, typer.Option("--strength", help="α: 0 keeps the source's expression, 1 reaches the target.")
    ] = 1.0,
    clip: ClipFlag = False,
    project: Annotated[
        Path | None,
        typer.Option("--project", help="A project whose timeline to play, with its model, faces and regions."),
    ] = None,
    loop: Annotated[bool, typer.Option("--loop", help="Start files again at their end.")] = False,
    camera_size: Annotated[
        str, typer.Option("--camera-size", help="The size to ask a camera for, as WIDTHxHEIGHT.")
    ] = "1280x720",
    camera_rate: Annotated[
        int, typer.Option("--camera-rate", min=1, max=240, help="Frames a second to ask a camera for.")
    ] = 30,
    virtual_camera: Annotated[
        bool, typer.Option("--virtual-camera", help="Show the result to other programs as a camera.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="A video to write the result to: .mp4, .mov, .mkv or .webm.")
    ] = None,
    codec: CodecOption = None,
    quality: QualityOption = None,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Whether a file's sound is recorded.")] = True,
    seconds: Annotated[float | None, typer.Option("--seconds", min=0, help="End after so many seconds.")] = None,
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
    """Change expressions in real time, from a camera or a file to a virtual camera or a recording.

    Ctrl-C ends it, and a recording is then complete. A camera that is unplugged is awaited.
    """
    if list_cameras:
        _tell_cameras(as_json=as_json)
        return
    if project is not None and (au or preset is not None):
        raise typer.BadParameter(
            "it brings expressions of its own; leave out --au and --preset", param_hint="--project"
        )
    scene = Project(DEFAULT_MODEL) if project is None else load_project(project, clip_intensities=clip)
    settings = pipeline_settings_of(
        scene,
        model,
        backend,
        device,
        compositing,
        faces=faces,
        regions=region or [],
        smoothing=smoothing,
        calibrates=calibrate,
    )
    controls = Controls(
        timeline=None if project is None else scene.timeline,
        sliders={
            **(Controls.preset(preset).sliders if preset is not None else {}),
            **parse_intensities(au or [], clip=clip),
        },
        strength=strength,
        driven=parse_driven(only, gain or []),
        driver_mode=mode,
    )
    recording = None
    if record is not None:
        told = disclosure(ai_tag=ai_tag, ai_mark=ai_mark)
        recording = RecordingSettings(record, encoding(codec, quality, Speed.LIVE), audio, overwrite, told)
    events: queue.SimpleQueue[LiveEvent] = queue.SimpleQueue()
    session = LiveSession(
        _input(camera, camera_size, camera_rate, loop=loop),
        controls,
        settings,
        driver=None if driver is None else _input(driver, camera_size, camera_rate, loop=loop),
        on_event=events.put,
    )
    with suppress(KeyboardInterrupt), session:
        if recording is not None:
            session.start_recording(recording)
        if virtual_camera:
            session.start_virtual_camera(ai_mark=ai_mark)
        _watch(session, events, seconds)
    _tell_the_end(session, events, as_json=as_json)


def _tell_cameras(*, as_json: bool) -> None:
    cameras = available_cameras()
    if as_json:
        print_json({"cameras": [asdict(camera) for camera in cameras]})
    elif cameras:
        print(*(f"{camera.index}  {camera.name}" for camera in cameras), sep="\n")
    else:
        print("No camera was found.")


def _input(text: str, size: str, rate: int, *, loop: bool) -> LiveInput:
    wanted = input_named(text, loop=loop)
    if not isinstance(wanted, CameraInput):
        return wanted
    width, _, height = size.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise typer.BadParameter("write WIDTHxHEIGHT, as in 1280x720", param_hint="--camera-size")
    return CameraInput(wanted.camera, int(width), int(height), rate)


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
