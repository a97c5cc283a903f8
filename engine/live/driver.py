"""A second input, whose face drives the first one's: read on a thread of its own, then asked for by time."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np

from engine.action_units import AUVector
from engine.faces.smoothing import ReadFrame
from engine.live.capture import DRIVER_EVENTS, Capture
from engine.live.clock import Clock
from engine.live.events import LiveEvent
from engine.live.inputs import LiveInput, OpenInput
from engine.live.slot import LatestSlot
from engine.media import VideoInfo
from engine.pipeline import FaceReader, FaceSettings, open_reader
from engine.types import Frame

OpenReader: TypeAlias = Callable[[], FaceReader]

_KEPT: Final = 128
"""Readings; some seconds' worth."""
_GONE_S: Final = 0.5
"""A reading older than this does not drive any more."""
_SMOOTHING: Final = 0.1


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one frame of the driver.

    Attributes:
        captured_at: when the frame came or was due, on the clock.
        expression: how far the face is from rest, per AU 0..5; None where none was seen.
    """

    captured_at: float
    expression: AUVector | None


class Performance:
    """The latest readings of a driver. One thread adds, another asks.

    A reading is known only some time after its frame was taken. That time is measured, and the driver is asked for as
    much earlier, between two readings if need be: so it moves evenly, as late as it must be and no later.

    Attributes:
        delay_s: how far behind the source the driver is.
    """

    def __init__(self) -> None:
        self.delay_s = 0.0
        self._lock: Final = threading.Lock()
        self._readings: Final[deque[Reading]] = deque(maxlen=_KEPT)

    @property
    def latest(self) -> Reading | None:
        """The latest reading."""
        with self._lock:
            return self._readings[-1] if self._readings else None

    def add(self, reading: Reading, known_at: float) -> None:
        """Add a reading that is known by now."""
        with self._lock:
            interval = reading.captured_at - self._readings[-1].captured_at if self._readings else 0.0
            needed = known_at - reading.captured_at + min(max(interval, 0.0), _GONE_S)
            is_first = not self._readings
            self.delay_s = needed if is_first else self.delay_s + _SMOOTHING * (needed - self.delay_s)
            self._readings.append(reading)

    def at(self, moment: float) -> AUVector | None:
        """Return the driver's expression that belongs to a frame taken at `moment`, None where no face is seen."""
        wanted = moment - self.delay_s
        with self._lock:
            later: Reading | None = None
            for reading in reversed(self._readings):
                if reading.captured_at <= wanted:
                    return _between(reading, later, wanted)
                later = reading
            return None if later is None else later.expression


def _between(earlier: Reading, later: Reading | None, moment: float) -> AUVector | None:
    """Interpolate linearly; a reading that nothing follows stays for a while."""
    start, before = earlier.captured_at, earlier.expression
    if later is None:
        return before if moment - start <= _GONE_S else None
    end, after = later.captured_at, later.expression
    if before is None or after is None or end - start > _GONE_S:
        return after if moment - start > (end - start) / 2 else before
    share = np.float32((moment - start) / (end - start))
    return AUVector(before.values + share * (after.values - before.values))


def open_driver_reader() -> FaceReader:
    """What reads the largest face of a stream, counted from that person's face at rest, which it learns."""
    return open_reader(FaceSettings(), "video")


class Driver:
    """Captures an input and reads its face until it is closed.

    Args:
        wanted: the input.
        report: takes what happens.
        fail: takes the error that ends it.
        clock: of the session.
        open_input: opens inputs.
        moved: called on the driver's thread when there is another reading.
        open_reader: makes what reads expressions, on the driver's thread.

    Attributes:
        performance: what was read.
    """

    def __init__(
        self,
        wanted: LiveInput,
        report: Callable[[LiveEvent], None],
        fail: Callable[[BaseException], None],
        clock: Clock,
        open_input: OpenInput,
        moved: Callable[[], None],
        open_reader: OpenReader = open_driver_reader,
    ) -> None:
        self.performance: Final = Performance()
        self._fail: Final = fail
        self._clock: Final = clock
        self._moved: Final = moved
        self._open_reader: Final = open_reader
        self._slot: Final[LatestSlot[tuple[Frame, float]]] = LatestSlot(clock)
        self._is_neutral = False
        self._capture: Final = Capture(
            "driver", wanted, self._take, report, fail, clock, open_input, kinds=DRIVER_EVENTS
        )
        self._thread: Final = threading.Thread(target=self._run, name="live: driver")

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._capture.start()

    def close(self) -> None:
        """End its threads and give the input back."""
        self._capture.close()
        self._slot.close()
        if self._thread.ident is not None:
            self._thread.join()

    def call_neutral(self) -> None:
        """Take the next face that is seen for the driver's face at rest."""
        self._is_neutral = True

    def _take(self, frame: Frame, captured_at: float, jumps: int, info: VideoInfo) -> None:
        self._slot.put((frame, captured_at))

    def _run(self) -> None:
        try:
            self._read()
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._fail(error)

    def _read(self) -> None:
        reader = self._open_reader()
        try:
            while (taken := self._slot.take()) is not None:
                frame, captured_at = taken
                time = Fraction(round(captured_at * 1_000_000), 1_000_000)
                read = reader.read(Frame(frame.pixels, time, frame.index))
                if self._is_neutral and read and read[-1].faces:
                    self._is_neutral = not reader.set_neutral()
                self.performance.add(Reading(captured_at, _expression_in(read)), self._clock.now())
                self._moved()
        finally:
            reader.close()


def _expression_in(read: Sequence[ReadFrame]) -> AUVector | None:
    """The expression of the face that drives; None where it was not seen."""
    faces = read[-1].faces if read else ()
    return next((face.source for face in faces if face.is_selected and face.track.confidence > 0), None)
