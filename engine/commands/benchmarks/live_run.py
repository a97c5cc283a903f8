"""A live session with a file as the camera."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.commands.benchmarks.clip import SMILE
from engine.controls import Controls
from engine.errors import PipelineError
from engine.live import FileInput, LiveFrame, LiveSession, LiveStatistics
from engine.pipeline import PipelineSettings, StageTimes
from engine.terminal.progress import progress_bar

_FIRST_FRAME_S: Final = 60.0
_WARM_UP_S: Final = 3.0
_SAMPLE_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class LiveResult:
    """What was measured, from when everything had warmed up.

    Attributes:
        backend: the software and device that computed.
        seconds: for how long.
        fps_in, fps_out: frames a second captured and ready to be shown.
        age_p50_ms, age_p95_ms: milliseconds from a frame's capture until it could be shown.
        dropped: frames that a newer one replaced.
        out_of_order: frames that came after a later one; must be 0.
        cpu_ms_a_frame: processor time of the process over the frames shown.
        memory_start_mib, memory_end_mib: resident memory, medians of the first and the last tenth of the time.
        threads_start, threads_end: threads of the process, likewise.
        stages: time of each stage.
    """

    backend: str
    seconds: float
    fps_in: float
    fps_out: float
    age_p50_ms: float
    age_p95_ms: float
    dropped: int
    out_of_order: int
    cpu_ms_a_frame: float
    memory_start_mib: float
    memory_end_mib: float
    threads_start: int
    threads_end: int
    stages: Mapping[str, StageTimes]


def measure_live(clip: Path, settings: PipelineSettings, seconds: float) -> LiveResult:
    """Play `clip` as a camera for so many seconds, and measure how well the live loop follows.

    Raises:
        EngineError: the session failed.
    """
    ages_ms: list[float] = []
    samples: list[LiveStatistics] = []
    out_of_order = 0
    latest = -1

    def watch(frame: LiveFrame) -> None:
        nonlocal out_of_order, latest
        index = frame.captured.frame.index
        out_of_order += index <= latest
        latest = index
        if samples:
            ages_ms.append(frame.age_ms)

    session = LiveSession(FileInput(clip, loop=True), Controls(sliders=SMILE), settings, on_frame=watch)
    with session, progress_bar("Playing", round(seconds)) as report:
        if session.wait_frame(_FIRST_FRAME_S) is None:
            raise session.error or PipelineError("No frame came.", stage="capture")
        _follow(session, _WARM_UP_S)
        samples.append(session.statistics())
        while (done := samples[-1].seconds - samples[0].seconds) < seconds:
            report(int(done))
            _follow(session, min(_SAMPLE_S, seconds - done))
            samples.append(session.statistics())
    if session.error is not None:
        raise session.error
    return _result(samples, ages_ms, out_of_order)


def _follow(session: LiveSession, seconds: float) -> None:
    """Take frames as a preview does, for so long."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        session.wait_frame(left)
        if session.error is not None:
            raise session.error


def _result(samples: list[LiveStatistics], ages_ms: list[float], out_of_order: int) -> LiveResult:
    first, last = samples[0], samples[-1]
    span = last.seconds - first.seconds
    tenth = max(1, len(samples) // 10)
    start, end = samples[:tenth], samples[-tenth:]
    p50, p95 = np.percentile(ages_ms or [0.0], [50, 95])
    return LiveResult(
        backend=last.backend,
        seconds=span,
        fps_in=(last.captured - first.captured) / span,
        fps_out=(last.shown - first.shown) / span,
        age_p50_ms=float(p50),
        age_p95_ms=float(p95),
        dropped=last.dropped - first.dropped,
        out_of_order=out_of_order,
        cpu_ms_a_frame=1000 * (last.cpu_s - first.cpu_s) / max(1, last.shown - first.shown),
        memory_start_mib=float(np.median([sample.memory_mib for sample in start])),
        memory_end_mib=float(np.median([sample.memory_mib for sample in end])),
        threads_start=round(float(np.median([sample.threads for sample in start]))),
        threads_end=round(float(np.median([sample.threads for sample in end]))),
        stages=last.stages,
    )
