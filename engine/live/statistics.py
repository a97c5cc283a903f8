"""How a live session is doing: counted as it runs, told as one immutable value."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
import psutil

from engine.live.clock import Clock
from engine.pipeline import StageTimes

_WINDOW_S: Final = 5.0
_MOST_KEPT: Final = 1024


@dataclass(frozen=True, slots=True)
class LiveStatistics:
    """A live session at one moment. Rates and ages are those of the last five seconds.

    Attributes:
        seconds: since the session began.
        captured: frames that the input gave.
        shown: frames that were ready to be shown; repeats of a paused frame are not counted.
        dropped: captured frames that a newer one replaced before they could be processed.
        faces: faces in the latest frame.
        fps_in, fps_out: frames a second captured and shown.
        age_p50_ms, age_p95_ms: milliseconds from capture until a frame could be shown; 0 before the first.
        stages: time of each stage a frame.
        backend: the software and device that compute; empty until the first frame.
        memory_mib: resident memory of the process.
        threads: of the process, those of native libraries included.
        cpu_s: processor seconds that the process has used.
        recorded: frames written to the recording, None where nothing is recorded.
        virtual_camera: name of the virtual camera's device, None where none is on.
        driver_delay_ms: how far the driver is behind the source, None without a driver.
    """

    seconds: float = 0.0
    captured: int = 0
    shown: int = 0
    dropped: int = 0
    faces: int = 0
    fps_in: float = 0.0
    fps_out: float = 0.0
    age_p50_ms: float = 0.0
    age_p95_ms: float = 0.0
    stages: Mapping[str, StageTimes] = field(default_factory=lambda: MappingProxyType({}))
    backend: str = ""
    memory_mib: float = 0.0
    threads: int = 0
    cpu_s: float = 0.0
    recorded: int | None = None
    virtual_camera: str | None = None
    driver_delay_ms: float | None = None


class Meter:
    """Counts frames. Any thread may use it.

    Args:
        clock: of the session.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock: Final = clock
        self._started: Final = clock.now()
        self._lock: Final = threading.Lock()
        self._captured_at: Final[deque[float]] = deque(maxlen=_MOST_KEPT)
        self._shown_at: Final[deque[tuple[float, float]]] = deque(maxlen=_MOST_KEPT)
        self._captured = self._shown = self._faces = 0
        self._process: Final = psutil.Process()

    def captured(self) -> None:
        """Count a frame of the input."""
        with self._lock:
            self._captured += 1
            self._captured_at.append(self._clock.now())

    def shown(self, age_s: float, faces: int) -> None:
        """Count a frame that can be shown, so long after its capture."""
        with self._lock:
            self._shown += 1
            self._faces = faces
            self._shown_at.append((self._clock.now(), age_s))

    def snapshot(
        self,
        *,
        dropped: int,
        stages: Mapping[str, StageTimes],
        backend: str,
        recorded: int | None,
        virtual_camera: str | None,
        driver_delay_ms: float | None,
    ) -> LiveStatistics:
        """Put the figures of this moment together with those that others keep."""
        now = self._clock.now()
        with self._lock:
            captured_at, shown = list(self._captured_at), list(self._shown_at)
            counts = self._captured, self._shown, self._faces
        recent = [(at, age_s) for at, age_s in shown if at > now - _WINDOW_S]
        ages_ms = [age_s * 1000 for _, age_s in recent] or [0.0]
        p50, p95 = np.percentile(ages_ms, [50, 95])
        with self._process.oneshot():
            cpu = self._process.cpu_times()
            memory_mib = self._process.memory_info().rss / 2**20
            threads = self._process.num_threads()
        return LiveStatistics(
            seconds=now - self._started,
            captured=counts[0],
            shown=counts[1],
            dropped=dropped,
            faces=counts[2],
            fps_in=_rate([at for at in captured_at if at > now - _WINDOW_S]),
            fps_out=_rate([at for at, _ in recent]),
            age_p50_ms=float(p50),
            age_p95_ms=float(p95),
            stages=MappingProxyType(dict(stages)),
            backend=backend,
            memory_mib=memory_mib,
            threads=threads,
            cpu_s=cpu.user + cpu.system,
            recorded=recorded,
            virtual_camera=virtual_camera,
            driver_delay_ms=driver_delay_ms,
        )


def _rate(moments: list[float]) -> float:
    """Events a second between the first and the last of them."""
    span = moments[-1] - moments[0] if len(moments) > 1 else 0.0
    return (len(moments) - 1) / span if span > 0 else 0.0
