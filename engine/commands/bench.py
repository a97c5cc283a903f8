"""`bench`: how long each stage takes on this machine."""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.table import Table

from engine.backends import BackendKind, Device
from engine.commands.benchmarks.clip import make_clip
from engine.commands.benchmarks.export_run import ExportResult, measure_export
from engine.commands.benchmarks.live_run import LiveResult, measure_live
from engine.commands.benchmarks.networks import BackendTimes, compare_backends
from engine.errors import MediaError
from engine.files import write_atomically
from engine.pipeline import DEFAULT_MODEL, PipelineSettings, StageTimes
from engine.terminal.pipeline_options import (
    BackendOption,
    CompositingOption,
    DeviceOption,
    ModelOption,
    pipeline_settings,
)


def bench(
    frames: Annotated[int, typer.Option("--frames", min=8, help="Frames of the generated 720p clip.")] = 150,
    source: Annotated[Path | None, typer.Option("--source", help="A video to use instead of that clip.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Play the clip as a camera, and measure the live loop.")] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="How long --live measures.")] = 30.0,
    compare: Annotated[
        list[str] | None,
        typer.Option("--compare", help="Time the networks on several backends, as in onnx or torch:cuda; repeatable."),
    ] = None,
    model: ModelOption = DEFAULT_MODEL,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: CompositingOption = "detail",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file, too; replaces earlier ones.")
    ] = None,
) -> None:
    """Measure every stage of an export: milliseconds a frame, frames a second, memory, threads.

    The frames go through decoding, all stages and H.264 encoding as in `animate --au 6=3 --au 12=4 --au 25=3`. Stages
    overlap on several cores, so their sum exceeds the time of a frame. --live measures the live loop instead, --compare
    the networks on several backends, which take turns.
    """
    if json_file is not None and not json_file.parent.is_dir():
        raise MediaError(f"The folder {json_file.parent} does not exist.", "Create it, or choose another for --json.")
    settings = pipeline_settings(model, backend, device, compositing)
    console = Console(highlight=False)
    if compare:
        document = _compare(console, settings, compare)
    else:
        with tempfile.TemporaryDirectory(prefix="eggan-bench-") as folder:
            clip = source or make_clip(Path(folder) / "clip.mp4", frames)
            if live:
                document = _report_live(console, measure_live(clip, settings, seconds))
            else:
                document = _report_export(console, measure_export(clip, Path(folder) / "result.mp4", settings))
    if json_file is not None:
        _save({**document, "cpu_threads": os.cpu_count()}, json_file)


def _compare(console: Console, settings: PipelineSettings, choices: Sequence[str]) -> dict[str, object]:
    """Time the backends named, each as BACKEND or BACKEND:DEVICE, and print the ratios."""
    wanted = []
    for choice in choices:
        kind, _, device = choice.partition(":")
        chosen = cast(Device, device or settings.device)
        wanted.append(replace(settings, backend=cast(BackendKind, kind), device=chosen))
    results = compare_backends(wanted)
    table = Table("backend", "p50 ms", "p95 ms", "ratio", title="E+G, one face, in turn")
    for result in results:
        table.add_row(result.backend, f"{result.times.p50_ms:.2f}", f"{result.times.p95_ms:.2f}", f"{result.ratio:.2f}")
    console.print(table)
    return {"comparison": [_backend_document(result) for result in results]}


def _backend_document(result: BackendTimes) -> dict[str, object]:
    return {"backend": result.backend, "networks": asdict(result.times), "ratio": result.ratio}


def _report_export(console: Console, result: ExportResult) -> dict[str, object]:
    console.print(_stage_table(result.backend, {"E+G, one face": result.networks, **result.export.stages}))
    console.print(
        f"{result.export.frames} frames in {result.export.seconds:.2f} s: {result.frames_per_second:.1f} frames a "
        f"second, {result.cpu_ms_a_frame:.1f} ms of processor time a frame, at most {result.peak_memory_mib:.0f} MiB "
        f"of memory and {result.threads} threads, on {os.cpu_count()} CPU threads."
    )
    return {
        "backend": result.backend,
        "networks": asdict(result.networks),
        "stages": _stages_document(result.export.stages),
        "frames": result.export.frames,
        "frames_with_face": result.export.frames_with_face,
        "seconds": result.export.seconds,
        "frames_per_second": result.frames_per_second,
        "cpu_ms_a_frame": result.cpu_ms_a_frame,
        "peak_memory_mib": result.peak_memory_mib,
        "threads": result.threads,
    }


def _report_live(console: Console, result: LiveResult) -> dict[str, object]:
    console.print(_stage_table(result.backend, result.stages))
    console.print(
        f"{result.seconds:.0f} s live: {result.fps_in:.1f} frames a second in, {result.fps_out:.1f} out, "
        f"{result.dropped} dropped, {result.out_of_order} out of order; age {result.age_p50_ms:.0f} ms, p95 "
        f"{result.age_p95_ms:.0f} ms; {result.cpu_ms_a_frame:.1f} ms of processor time a frame on {os.cpu_count()} CPU "
        f"threads; memory {result.memory_start_mib:.0f} MiB at first, {result.memory_end_mib:.0f} MiB at last; threads "
        f"{result.threads_start}, {result.threads_end}."
    )
    return {**asdict(replace(result, stages={})), "stages": _stages_document(result.stages)}


def _stage_table(backend: str, stages: Mapping[str, StageTimes]) -> Table:
    table = Table("stage", "p50 ms", "p95 ms", "mean ms", title=f"{backend}, a frame")
    for stage, times in stages.items():
        table.add_row(stage, *(f"{value:.2f}" for value in (times.p50_ms, times.p95_ms, times.mean_ms)))
    return table


def _stages_document(stages: Mapping[str, StageTimes]) -> dict[str, object]:
    return {stage: asdict(times) for stage, times in stages.items()}


def _save(document: Mapping[str, object], path: Path) -> None:
    try:
        write_atomically(path, f"{json.dumps(document, indent=2)}\n".encode())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror}.", "Choose another file with --json.") from error
