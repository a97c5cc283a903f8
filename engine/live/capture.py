"""Brings the frames of one input to whoever processes them, and brings the input back when it is lost.

Reading from a camera may block in its driver for good, so it has a thread of its own, which another one watches.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from engine.errors import EngineError, MediaError
from engine.live.clock import Clock
from engine.live.events import EventKind, LiveEvent
from engine.live.inputs import CameraInput, FileInput, LiveInput, OpenInput
from engine.live.playback import Playback
from engine.media import VideoInfo, VideoSource
from engine.types import Frame

FIRST_RETRY_S: Final = 0.5
LONGEST_RETRY_S: Final = 5.0
STALL_S: Final = 3.0
"""An input that is read from for so long without a frame is stuck."""
OPENING_S: Final = 20.0
"""Opening a camera may take so long."""
_READER_END_S: Final = 2.0


class Deliver(Protocol):
    """Takes frames."""

    def __call__(self, frame: Frame, captured_at: float, jumps: int, info: VideoInfo) -> None:
        """Take one, on the reader's thread; return at once.

        Args:
            frame: as the source gives it.
            captured_at: when it came or was due, on the clock.
            jumps: how often the file was sought in or began again before.
            info: of the source.
        """


@dataclass(frozen=True, slots=True)
class Kinds:
    """The events of an input."""

    lost: EventKind
    back: EventKind
    ended: EventKind


SOURCE_EVENTS: Final = Kinds(EventKind.SOURCE_LOST, EventKind.SOURCE_BACK, EventKind.SOURCE_ENDED)
DRIVER_EVENTS: Final = Kinds(EventKind.DRIVER_LOST, EventKind.DRIVER_BACK, EventKind.DRIVER_ENDED)


class Capture:
    """One input, opened and read until it is closed.

    Args:
        name: of its threads.
        wanted: what to open.
        deliver: takes the frames.
        report: takes what happens; called on the capture's threads.
        fail: takes a fault of the program.
        clock: of the session.
        open_input: opens inputs.
        kinds: the events to report.

    Attributes:
        playback: pauses and seeks.
    """

    def __init__(
        self,
        name: str,
        wanted: LiveInput,
        deliver: Deliver,
        report: Callable[[LiveEvent], None],
        fail: Callable[[BaseException], None],
        clock: Clock,
        open_input: OpenInput,
        kinds: Kinds = SOURCE_EVENTS,
    ) -> None:
        self.playback: Final = Playback(clock)
        self._name: Final = name
        self._wanted: Final = wanted
        self._deliver: Final = deliver
        self._report: Final = report
        self._fail: Final = fail
        self._clock: Final = clock
        self._open_input: Final = open_input
        self._kinds: Final = kinds
        self._changed: Final = threading.Condition()
        self._delivering: Final = threading.Lock()
        self._is_closed = False
        self._thread: Final = threading.Thread(target=self._run, name=f"live: {name}")

    def start(self) -> None:
        """Open the input and read it from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop reading and give the input back."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self.playback.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._keep_reading()
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._fail(error)

    def _keep_reading(self) -> None:
        position = Fraction(0)
        retry_s = FIRST_RETRY_S
        was_lost = False
        while True:
            reader = _Reader(self, position)
            reader.start()
            error = self._watch(reader, was_lost=was_lost)
            position = reader.position
            if error is None:
                return
            retry_s = FIRST_RETRY_S if reader.has_delivered or not was_lost else min(2 * retry_s, LONGEST_RETRY_S)
            was_lost = True
            self._report(LiveEvent(self._kinds.lost, error.message, error.remedy))
            if self._is_closed_within(retry_s):
                return

    def _watch(self, reader: "_Reader", *, was_lost: bool) -> EngineError | None:
        """Wait until the reader ends or is stuck; return why it must be replaced, None if it need not be."""
        is_told = not was_lost
        with self._changed:
            while not self._is_closed and not reader.is_done:
                if reader.has_delivered and not is_told:
                    is_told = True
                    self._report(LiveEvent(self._kinds.back, f"{self._wanted.name} is back."))
                limit_s = STALL_S if reader.is_open else OPENING_S
                since = reader.reading_since
                now = self._clock.now()
                if since is not None and now >= since + limit_s:
                    reader.is_abandoned = True
                    return _stuck(self._wanted, limit_s)
                self._clock.wait(self._changed, (now if since is None else since) + limit_s)
            reader.is_abandoned = True
        if self._is_closed:
            reader.join(_READER_END_S)
            return None
        if reader.error is None:
            return None
        if isinstance(reader.error, EngineError):
            return reader.error
        raise reader.error

    def _is_closed_within(self, seconds: float) -> bool:
        until = self._clock.now() + seconds
        with self._changed:
            while not self._is_closed and self._clock.now() < until:
                self._clock.wait(self._changed, until)
            return self._is_closed


class _Reader(threading.Thread):
    """Opens the input and reads it, until it fails, is abandoned or not wanted any more.

    A daemon: one that is stuck in a driver must not keep the program from ending. Once abandoned, it delivers nothing
    and gives the input back as soon as the driver lets go of it.

    Attributes:
        position: where in the file the latest frame lies.
        reading_since: since when it waits for the input, None while it does not.
    """

    def __init__(self, capture: Capture, position: Fraction) -> None:
        super().__init__(name=f"live: {capture._name} reader", daemon=True)
        self.position = position
        self.reading_since: float | None = capture._clock.now()
        self.is_open = self.has_delivered = self.is_done = self.is_abandoned = False
        self.error: BaseException | None = None
        self._capture = capture

    def run(self) -> None:
        capture = self._capture
        try:
            with capture._open_input(capture._wanted) as source:
                self._reading(opened=True)
                if isinstance(capture._wanted, CameraInput):
                    self._read_camera(source)
                else:
                    self._read_file(source, capture._wanted)
        except BaseException as error:  # noqa: BLE001  handed to the thread that watches
            self.error = error
        with capture._changed:
            self.is_done = True
            capture._changed.notify_all()

    def _read_camera(self, source: VideoSource) -> None:
        clock, playback = self._capture._clock, self._capture.playback
        for frame in source.frames():
            self._reading()
            if self.is_abandoned or playback.is_closed:
                return
            if not playback.is_paused:
                self._deliver(frame, clock.now(), source.info)
        raise MediaError(f"{self._capture._wanted.name} gives no frames any more.", "Check that it is connected.")

    def _read_file(self, source: VideoSource, wanted: FileInput) -> None:
        playback = self._capture.playback
        interval = 1 / source.info.average_rate
        start = playback.begin(self.position)
        while not (playback.is_closed or self.is_abandoned):
            is_at_end = True
            for frame in source.frames(start):
                self.reading_since = None
                due = playback.wait_until_due(frame.time)
                if due is None:
                    is_at_end = False
                    break
                self._deliver(frame, due, source.info)
                self._reading()
            self.reading_since = None
            if is_at_end and wanted.loop:
                playback.begin_again(interval)
                start = Fraction(0)
                continue
            if is_at_end:
                if source.info.frame_count != 1:
                    self._capture._report(LiveEvent(self._capture._kinds.ended, f"{wanted.name} has ended."))
                if not playback.wait_for_seek():
                    return
            start = playback.begin(start)
            self._reading()

    def _reading(self, *, opened: bool = False) -> None:
        """Note that the input is asked for a frame from now on."""
        self.reading_since = self._capture._clock.now()
        if opened:
            with self._capture._changed:
                self.is_open = True
                self._capture._changed.notify_all()

    def _deliver(self, frame: Frame, captured_at: float, info: VideoInfo) -> None:
        self.position = frame.time if isinstance(self._capture._wanted, FileInput) else self.position
        with self._capture._delivering:
            if self.is_abandoned:
                return
            self._capture._deliver(frame, captured_at, self._capture.playback.jumps, info)
        if not self.has_delivered:
            with self._capture._changed:
                self.has_delivered = True
                self._capture._changed.notify_all()


def _stuck(wanted: LiveInput, seconds: float) -> MediaError:
    return MediaError(
        f"{wanted.name} has given nothing for {seconds:g} seconds.",
        "Plug the camera in again, or check the disk of the file.",
    )
