"""A whole export, stage by stage."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.commands.benchmarks.clip import SMILE
from engine.commands.benchmarks.networks import time_networks
from engine.export import ExportReport, export, frames_into
from engine.media import open_sink, open_source
from engine.pipeline import PipelineSettings, ProcessedFrame, StageTimes, open_pipeline
from engine.project import Timeline
from engine.terminal.progress import progress_bar


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was measured.

    Attributes:
        backend: the software and device that computed.
        networks: E and G once for one face.
        export: a whole export, stage by stage.
        peak_memory_mib: resident memory of the process at its highest during the export.
        threads: of the process at most, those of native libraries included.
        cpu_ms_a_frame: processor time, which other work on the machine changes less than wall-clock time.
    """

    backend: str
    networks: StageTimes
    export: ExportReport
    peak_memory_mib: float
    threads: int
    cpu_ms_a_frame: float

    @property
    def frames_per_second(self) -> float:
        """Frames of the export over its wall-clock time."""
        return self.export.frames / self.export.seconds


def measure_export(clip: Path, output: Path, settings: PipelineSettings) -> ExportResult:
    """Export `clip` to `output`, and measure what that takes."""
    process = psutil.Process()
    peak = threads = 0
    with (
        open_pipeline(settings, "clip") as pipeline,
        open_source(clip) as source,
        open_sink(output, source.info) as sink,
        progress_bar("Measuring", source.info.expected_frame_count) as report,
    ):
        networks = time_networks(pipeline.backend, pipeline.template.size_px)

        def watch(result: ProcessedFrame) -> None:
            nonlocal peak, threads
            peak = max(peak, process.memory_info().rss)
            threads = max(threads, process.num_threads())
            report(result.frame.index + 1)

        before = process.cpu_times()
        exported = export(source, frames_into(sink), pipeline, Timeline.constant(SMILE), on_frame=watch)
        after = process.cpu_times()
        cpu_s = after.user + after.system - before.user - before.system
        return ExportResult(
            pipeline.backend.name, networks, exported, peak / 2**20, threads, 1000 * cpu_s / max(1, exported.frames)
        )
