"""How long each stage takes, with bounded memory."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds a frame of one stage: median, 95th percentile, mean, and of how many frames."""

    p50_ms: float
    p95_ms: float
    mean_ms: float
    count: int


class StageClock:
    """Collects the time of each stage; keeps the latest 4,096 frames of each. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._samples_ms: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self._lap_ms: dict[str, float] = defaultdict(float)

    @contextmanager
    def measure(self, stage: str, frames: int = 1) -> Iterator[None]:
        """Time the `with` block as `stage`; one that serves several frames counts as that many equal shares."""
        start = time.perf_counter()
        yield
        self.add(stage, time.perf_counter() - start, frames)

    def add(self, stage: str, seconds: float, frames: int = 1) -> None:
        """Note that `stage` took `seconds` for `frames` frames together."""
        with self._lock:
            self._samples_ms[stage].extend([seconds * 1000 / frames] * frames)
            self._lap_ms[stage] += seconds * 1000

    def lap(self) -> dict[str, float]:
        """Milliseconds that each stage took since the last lap, in the order in which the stages ran."""
        with self._lock:
            lap_ms = dict(self._lap_ms)
            self._lap_ms.clear()
        return lap_ms

    def times(self) -> dict[str, StageTimes]:
        """The figures of every stage measured so far, in the order in which the stages first ran."""
        with self._lock:
            copies = {stage: np.array(samples) for stage, samples in self._samples_ms.items()}
        return {stage: _times(samples) for stage, samples in copies.items()}


def _times(samples_ms: NDArray[np.floating[Any]]) -> StageTimes:
    p50, p95 = np.percentile(samples_ms, [50, 95])
    return StageTimes(float(p50), float(p95), float(samples_ms.mean()), len(samples_ms))
