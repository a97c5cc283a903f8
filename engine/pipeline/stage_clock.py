"""How long each stage takes, with bounded memory."""

import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np

_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds a frame of one stage: median, 95th percentile, mean, and how many were measured."""

    p50_ms: float
    p95_ms: float
    mean_ms: float
    count: int


class StageClock:
    """Collects the time of each stage; keeps the latest 4,096 measurements of each. Owned by one thread."""

    def __init__(self) -> None:
        self._samples: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_KEPT))

    @contextmanager
    def measure(self, stage: str, frames: int = 1) -> Iterator[None]:
        """Time the `with` block as `stage`; a block that serves several frames counts as that many equal shares."""
        start = time.perf_counter()
        yield
        share = (time.perf_counter() - start) * 1000 / max(1, frames)
        self._samples[stage].extend([share] * frames)

    def times(self) -> dict[str, StageTimes]:
        """The figures of every stage measured so far, in the order in which the stages first ran."""
        return {stage: _times(np.array(samples)) for stage, samples in self._samples.items() if samples}


def _times(samples: np.ndarray) -> StageTimes:
    p50, p95 = np.percentile(samples, [50, 95])
    return StageTimes(float(p50), float(p95), float(samples.mean()), len(samples))
