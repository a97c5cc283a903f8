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
from engine.errors import MediaError
from engine.export import ExportReport, export
from engine.files import write_atomically
from engine.media import Encoding, Speed, VideoInfo, open_sink, open_source, read_photo
from engine.pipeline import (
    DEFAULT_MODEL,
    Pipeline,
    PipelineSettings,
    ProcessedFrame,
    StageClock,
    StageTimes,
    open_pipeline,
)
from engine.project import Timeline
from engine.terminal.pipeline_options import (
    BackendOption,
    CompositingOption,
    DeviceOption,
    ModelOption,
    pipeline_settings,
)
from engine.terminal.progress import progress_bar
from engine.types import Frame, RGBImage

_WIDTH: Final = 1280
_HEIGHT: Final = 720
_RATE: Final = Fraction(30)
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

    @property
    def frames_per_second(self) -> float:
        """Frames of the export over its wall-clock time."""
        return self.export.frames / self.export.seconds


def bench(
    frames: Annotated[int, typer.Option("--frames", min=8, help="Frames of the generated 720p clip.")] = 150,
    source: Annotated[Path | None, typer.Option("--source", help="A video to use instead of that clip.")] = None,
    model: ModelOption = DEFAULT_MODEL,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: CompositingOption = "detail",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file, too; replaces earlier ones.")
    ] = None,
) -> None:
    """Measure every stage of an export: milliseconds a frame, frames a second, memory.

    The frames go through decoding, all stages and H.264 encoding as in `animate --au 6=3 --au 12=4 --au 25=3`. Stages
    overlap on several cores, so their sum exceeds the time of a frame.
    """
    if json_file is not None and not json_file.parent.is_dir():
        raise MediaError(f"The folder {json_file.parent} does not exist.", "Create it, or choose another for --json.")
    settings = pipeline_settings(model, backend, device, compositing)
    with tempfile.TemporaryDirectory(prefix="eggan-bench-") as folder:
        clip = source or _make_clip(Path(folder) / "clip.mp4", frames)
        result = measure(clip, Path(folder) / "result.mp4", settings)
    _print(result)
    if json_file is not None:
        _save(result, json_file)


def measure(clip: Path, output: Path, settings: PipelineSettings) -> BenchResult:
    """Export `clip` to `output`, and measure what that takes."""
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


def _make_clip(path: Path, frames: int) -> Path:
    """A 720p video in which the demo photo drifts, so that no two frames are alike."""
    photo = read_photo(PHOTO).shown()
    info = VideoInfo(width=_WIDTH, height=_HEIGHT, average_rate=_RATE, time_base=1 / _RATE)
    with (
        open_sink(path, info, encoding=Encoding(speed=Speed.FAST)) as sink,
        progress_bar("Making the clip", frames) as report,
    ):
        for index in range(frames):
            sink.write(Frame(_drift(photo, index), index / _RATE, index))
            report(index + 1)
    return path


def _drift(photo: RGBImage, index: int) -> RGBImage:
    angle = index / 20
    scale = 1.9 + 0.1 * np.sin(angle)
    to_frame = np.array([[scale, 0, 200 + 20 * np.cos(angle)], [0, scale, 60 + 15 * np.sin(angle)]])
    frame = cv2.warpAffine(photo, to_frame, (_WIDTH, _HEIGHT), borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(frame, dtype=np.uint8)


def _time_networks(pipeline: Pipeline) -> StageTimes:
    """E and G once for one face, many times over."""
    size = pipeline.template.size_px
    crop = np.full((1, size, size, 3), 128, np.uint8)
    rest, moved = (np.full((1, AU_COUNT), intensity, np.float32) for intensity in (0, 1))
    clock = StageClock()
    for _ in range(_NETWORK_RUNS):
        with clock.measure("networks"):
            pipeline.backend.generate(pipeline.backend.encode(crop), rest, moved)
    return clock.times()["networks"]


def _print(result: BenchResult) -> None:
    table = Table("stage", "p50 ms", "p95 ms", "mean ms", title=f"{result.backend}, a frame")
    for stage, times in {"E+G, one face": result.networks, **result.export.stages}.items():
        table.add_row(stage, *(f"{value:.2f}" for value in (times.p50_ms, times.p95_ms, times.mean_ms)))
    console = Console(highlight=False)
    console.print(table)
    console.print(
        f"{result.export.frames} frames in {result.export.seconds:.2f} s: {result.frames_per_second:.1f} frames a "
        f"second, at most {result.peak_memory_mib:.0f} MiB of memory, {os.cpu_count()} CPU threads."
    )


def _save(result: BenchResult, path: Path) -> None:
    document = {
        "backend": result.backend,
        "networks": asdict(result.networks),
        "stages": {stage: asdict(times) for stage, times in result.export.stages.items()},
        "frames": result.export.frames,
        "frames_with_face": result.export.frames_with_face,
        "seconds": result.export.seconds,
        "frames_per_second": result.frames_per_second,
        "peak_memory_mib": result.peak_memory_mib,
        "cpu_threads": os.cpu_count(),
    }
    try:
        write_atomically(path, f"{json.dumps(document, indent=2)}\n".encode())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror}.", "Choose another file with --json.") from error
