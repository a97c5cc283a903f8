"""A clock that stands still until told otherwise, sources that do as they are told, and a wait for any condition."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import MediaError
from engine.live import CameraInput, FileInput, LiveEvent, LiveFrame, LiveInput, LiveSession
from engine.media import VideoInfo, VideoSource
from engine.pipeline import Pipeline, PipelineSettings
from engine.types import Frame
from tests.engine.pipeline.stand_ins import Stages, read_only

LIMIT_S: Final = 20.0
"""Of real time, after which a test that waits has failed."""
CAMERA: Final = CameraInput(0)
CLIP: Final = FileInput(Path("clip.mp4"))
LOOP: Final = FileInput(Path("clip.mp4"), loop=True)
RATE: Final = Fraction(25)
UNPLUGGED: Final = MediaError("Camera 0 gives no picture any more.", "Plug it in again.")


class FakeClock:
    """Time passes by `advance` alone."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._lock = threading.Condition()
        self._waiters: dict[int, tuple[threading.Condition, float | None]] = {}

    def now(self) -> float:
        return self._now

    def wait(self, condition: threading.Condition, until: float | None = None) -> None:
        key = threading.get_ident()
        with self._lock:
            self._waiters[key] = condition, until
            self._lock.notify_all()
        try:
            if until is None or self._now < until:
                assert condition.wait(LIMIT_S), "nobody came"
        finally:
            with self._lock:
                del self._waiters[key]

    def advance(self, seconds: float) -> None:
        self._advance_to(self._now + seconds)

    def _advance_to(self, moment: float) -> None:
        with self._lock:
            self._now = moment
            conditions = [condition for condition, _ in self._waiters.values()]
        for condition in conditions:
            with condition:
                condition.notify_all()

    def wait_for_waiter(self, until: float) -> float:
        """Wait until some thread waits for that moment, and return it in that thread's rounding."""
        with self._lock:
            found = self._lock.wait_for(lambda: [due for due in self._dues() if abs(due - until) < 1e-6], LIMIT_S)
        assert found, f"nobody waits for {until - self._now:+.3f} s"
        return max(found)

    def _dues(self) -> list[float]:
        return [due for _, due in self._waiters.values() if due is not None]

    def step_to_waiter(self, seconds: float) -> None:
        """Let time pass once somebody waits for just that moment."""
        self._advance_to(self.wait_for_waiter(self._now + seconds))


class FakeCamera(VideoSource):
    """Gives the pictures that a test plugs in; an exception among them is raised, None blocks until it is released."""

    def __init__(self, info: VideoInfo | None = None) -> None:
        self._info = info or VideoInfo(width=10, height=6, average_rate=Fraction(30), time_base=Fraction(1, 90_000))
        self._changed = threading.Condition()
        self._items: deque[int | BaseException | tuple[int, int]] = deque()
        self.is_closed = False
        self.taken = 0

    @property
    def info(self) -> VideoInfo:
        return self._info

    def give(self, *items: int | BaseException | tuple[int, int]) -> None:
        """Greys of pictures, sizes (width, height) of grey pictures, errors."""
        with self._changed:
            self._items += items
            self._changed.notify_all()

    def release(self) -> None:
        """Let go of a reader that waits, as a driver does in the end."""
        self.give(UNPLUGGED)

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        index = 0
        while True:
            with self._changed:
                assert self._changed.wait_for(lambda: self._items, LIMIT_S), "the test gives nothing more"
                item = self._items.popleft()
                self.taken += 1
            if isinstance(item, BaseException):
                raise item
            grey, size = (item, (10, 6)) if isinstance(item, int) else (100, item)
            yield Frame(grey_picture(grey, size), Fraction(index, 30), index)
            index += 1

    def close(self) -> None:
        self.is_closed = True


class FakeClip(VideoSource):
    """A file of a few grey frames; an exception among them is raised."""

    def __init__(self, greys: Sequence[int | BaseException], info: VideoInfo | None = None) -> None:
        self._info = info or VideoInfo(
            width=10, height=6, average_rate=RATE, time_base=1 / RATE, path=Path("clip.mp4"), frame_count=len(greys)
        )
        self._greys = greys
        self.is_closed = False

    @property
    def info(self) -> VideoInfo:
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        for index, grey in enumerate(self._greys):
            if isinstance(grey, BaseException):
                raise grey
            if (index + 1) / RATE > start:
                yield Frame(grey_picture(grey), index / RATE, index)

    def close(self) -> None:
        self.is_closed = True


def grey_picture(grey: int, size: tuple[int, int] = (10, 6)) -> np.ndarray:
    return read_only(np.full((size[1], size[0], 3), grey, np.uint8))


class Log:
    """What a session tells, for waiting on."""

    def __init__(self) -> None:
        self.frames: list[LiveFrame] = []
        self.events: list[LiveEvent] = []
        self._changed = threading.Condition()

    def frame(self, frame: LiveFrame) -> None:
        with self._changed:
            self.frames.append(frame)
            self._changed.notify_all()

    def event(self, event: LiveEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait(self, holds: Callable[["Log"], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: holds(self), LIMIT_S), (self.events, self.shades())

    def wait_frames(self, count: int) -> None:
        self.wait(lambda log: len(log.frames) >= count)

    def wait_events(self, *kinds: str) -> None:
        self.wait(lambda log: log.kinds()[: len(kinds)] == list(kinds))

    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    def shades(self) -> list[int]:
        """The grey that each shown frame was captured with."""
        return [int(frame.captured.frame.pixels[0, 0, 0]) for frame in self.frames]


class Studio:
    """Makes sessions of stand-ins, and gives them the sources that a test puts in line."""

    def __init__(self, *sources: VideoSource | MediaError) -> None:
        self.clock = FakeClock()
        self.log = Log()
        self.stages = Stages()
        self.settings: list[tuple[PipelineSettings, str]] = []
        self._sources = deque(sources)
        self._opened = threading.Condition()
        self.opened = 0

    def session(self, wanted: LiveInput = CAMERA, *args: object, **options: object) -> LiveSession:
        return LiveSession(
            wanted,
            *args,  # type: ignore[arg-type]
            on_frame=self.log.frame,
            on_event=self.log.event,
            clock=self.clock,
            **{"open_input": self.open_input, "open_pipeline": self.open_pipeline, **options},  # type: ignore[arg-type]
        )

    def open_input(self, wanted: LiveInput) -> VideoSource:
        with self._opened:
            self.opened += 1
            self._opened.notify_all()
            source = self._sources.popleft()
        if isinstance(source, MediaError):
            raise source
        return source

    def wait_opened(self, count: int) -> None:
        with self._opened:
            assert self._opened.wait_for(lambda: self.opened >= count, LIMIT_S)

    def open_pipeline(self, settings: PipelineSettings, mode: str) -> Pipeline:
        self.settings.append((settings, mode))
        return self.stages.pipeline()


def soon(holds: Callable[[], bool]) -> None:
    """Wait for something that no condition tells of."""
    limit = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < limit, "it never came true"
        threading.Event().wait(0.001)
