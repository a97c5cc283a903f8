"""E and G alone, on one backend or on several in turn."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.action_units import AU_COUNT
from engine.backends import Backend
from engine.pipeline import PipelineSettings, StageClock, StageTimes, open_pipeline
from engine.terminal.progress import progress_bar

_RUNS: Final = 60
_WARM_UP: Final = 3


@dataclass(frozen=True, slots=True)
class BackendTimes:
    """E and G once for one face.

    Attributes:
        backend: the software and device that computed.
        times: milliseconds.
        ratio: its median over that of the first backend; below 1 is faster.
    """

    backend: str
    times: StageTimes
    ratio: float = 1.0


def time_networks(backend: Backend, size_px: int) -> StageTimes:
    """E and G once for one face, many times over."""
    clock = StageClock()
    for _ in range(_RUNS):
        _run(backend, size_px, clock, "networks")
    return clock.times()["networks"]


def compare_backends(choices: Sequence[PipelineSettings]) -> list[BackendTimes]:
    """Time several backends in one run, taking turns, so that whatever else the machine does slows all of them alike.

    Raises:
        ModelError: one of them does not run here.
    """
    clock = StageClock()
    with ExitStack() as stack:
        pipelines = [stack.enter_context(open_pipeline(settings, "image")) for settings in choices]
        names = [f"{index}" for index in range(len(pipelines))]
        with progress_bar("Comparing", _RUNS) as report:
            for run in range(-_WARM_UP, _RUNS):
                for name, pipeline in zip(names, pipelines, strict=True):
                    _run(pipeline.backend, pipeline.template.size_px, clock if run >= 0 else StageClock(), name)
                report(max(0, run + 1))
        titles = [pipeline.backend.name for pipeline in pipelines]
    times = clock.times()
    first = times[names[0]].p50_ms
    return [
        BackendTimes(title, times[name], times[name].p50_ms / first) for title, name in zip(titles, names, strict=True)
    ]


def _run(backend: Backend, size_px: int, clock: StageClock, name: str) -> None:
    crop = np.full((1, size_px, size_px, 3), 128, np.uint8)
    rest, moved = (np.full((1, AU_COUNT), intensity, np.float32) for intensity in (0, 1))
    with clock.measure(name):
        backend.generate(backend.encode(crop), rest, moved)
