"""`bench`: how long each stage takes on this machine."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final

import cv2
import numpy as np
import psutil
import typer
from rich.console import Console
from rich.table import Table

from engine.action_units import AU_COUNT
from engine.commands.demo import PHOTO
from engine.commands.options import BackendOption, Compositing, DeviceOption, Model
from engine.commands.rendering import pipeline_settings
from engine.export import ExportReport, export
from engine.media import VideoInfo, open_sink, open_source, read_photo
from engine.pipeline import Pipeline, PipelineSettings, ProcessedFrame, StageClock, StageTimes, open_pipeline
from engine.project import Timeline
from engine.terminal.progress import progress_bar
from engine.types import Frame, RGBImage

_WIDTH, _HEIGHT, _RATE = 1280, 720, Fraction(30)
_NETWORK_RUNS: Final = 60
_SMILE: Final = {6: 3.0, 12: 4.0, 25: 3.0}


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What was measured.

    Attributes:
        backend: the software and device that computed.
        networks: E and G once for one face.
        export: a whole export, stage by stage.
        peak_memory_mib: resident memory of the process at its highest during the export.
    """

    backend: str
    networks: StageTimes
    export: ExportReport
    peak_memory_mib: float


def bench(
    frames: Annotated[int, typer.Option("--frames", min=8, help="Frames to export.")] = 150,
    source: Annotated[
        Path | None, typer.Option("--source", help="A video to use instead of the generated 720p clip.")
    ] = None,
    model: Model = "eggan-128",
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: Compositing = "detail",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file, too.")] = None,
) -> None:
    """Measure every stage of an export: milliseconds a frame, frames a second, memory.

    Frames and faces go through decoding, all stages and H.264 encoding as in `animate --au 6=3 --au 12=4 --au 25=3`. Stages overlap on several
    cores, so their sum exceeds the time of a frame.
    """
    with tempfile.TemporaryDirectory(prefix="eggan-bench-") as folder:
        clip = source or _make_clip(Path(folder) / "clip.mp4", frames)
        result = _measure(clip, Path(folder) / "result.mp4", pipeline_settings(model, backend, device, compositing))
    _print(result)
    if json_file is not None:
        json_file.write_text(json.dumps(_document(result), indent=2) + "\n", encoding="utf-8")


def _make_clip(path: Path, frames: int) -> Path:
    """A 720p video in which the demo photo drifts, so that no two frames are alike."""
    photo = read_photo(PHOTO).shown()
    info = VideoInfo(width=_WIDTH, height=_HEIGHT, average_rate=_RATE, time_base=1 / _RATE)
    with open_sink(path, info) as sink:
        for index in range(frames):
            sink.write(Frame(_drift(photo, index), index / _RATE, index))
    return path


def _drift(photo: RGBImage, index: int) -> RGBImage:
    angle = index / 20
    scale = 1.9 + 0.1 * np.sin(angle)
    to_frame = np.array([[scale, 0, 200 + 20 * np.cos(angle)], [0, scale, 60 + 15 * np.sin(angle)]])
    frame = cv2.warpAffine(photo, to_frame, (_WIDTH, _HEIGHT), borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(frame, dtype=np.uint8)


def _measure(clip: Path, output: Path, settings: PipelineSettings) -> BenchResult:
    process = psutil.Process()
    peak = 0
    with (
        open_pipeline(settings, "video") as pipeline,
        open_source(clip) as source,
        open_sink(output, source.info) as sink,
        progress_bar("Measuring", source.info.expected_frame_count) as report,
    ):
        networks = _time_networks(pipeline)

        def watch(result: ProcessedFrame) -> None:
            nonlocal peak
            peak = max(peak, process.memory_info().rss)
            report(result.frame.index + 1)

        exported = export(source, sink, pipeline, Timeline.constant(_SMILE), on_frame=watch)
        return BenchResult(pipeline.backend.name, networks, exported, peak / 2**20)


def _time_networks(pipeline: Pipeline) -> StageTimes:
    """E and G once for one face, many times over."""
    size = pipeline.template.size_px
    crop = np.full((1, size, size, 3), 128, np.uint8)
    intensities = np.zeros((1, AU_COUNT), np.float32)
    clock = StageClock()
    for _ in range(_NETWORK_RUNS):
        with clock.measure("networks"):
            pipeline.backend.generate(pipeline.backend.encode(crop), intensities)
    return clock.times()["networks"]


def _print(result: BenchResult) -> None:
    table = Table("stage", "p50 ms", "p95 ms", "mean ms", title=f"{result.backend}, a frame")
    rows = {"E+G, one face": result.networks, **result.export.stages}
    for stage, times in rows.items():
        table.add_row(stage, *(f"{value:.2f}" for value in (times.p50_ms, times.p95_ms, times.mean_ms)))
    console = Console(highlight=False)
    console.print(table)
    console.print(
        f"{result.export.frames} frames in {result.export.seconds:.2f} s: {_rate(result):.1f} frames a second, "
        f"at most {result.peak_memory_mib:.0f} MiB of memory, {os.cpu_count()} CPU threads."
    )


def _rate(result: BenchResult) -> float:
    return result.export.frames / result.export.seconds


def _document(result: BenchResult) -> dict[str, object]:
    return {
        "backend": result.backend,
        "networks": asdict(result.networks),
        "stages": {stage: asdict(times) for stage, times in result.export.stages.items()},
        "frames": result.export.frames,
        "frames_with_face": result.export.frames_with_face,
        "frames_per_second": _rate(result),
        "peak_memory_mib": result.peak_memory_mib,
        "cpu_threads": os.cpu_count(),
    }
