"""When the frames of a file are due: its own speed, pausing, seeking and starting again."""

import threading
from fractions import Fraction
from typing import Final

from engine.live.clock import Clock

_LATEST_S: Final = 0.25
"""A file that cannot be read at its own speed plays slower than that, rather than falling behind ever more."""


class Playback:
    """Holds the reader of a file back until its next frame is due.

    The reader's thread waits in it; any thread may steer it.

    Args:
        clock: of the session.

    Attributes:
        jumps: how often the file was sought in or began again.
    """

    def __init__(self, clock: Clock) -> None:
        self.jumps = 0
        self._clock: Final = clock
        self._changed: Final = threading.Condition()
        self._is_paused = False
        self._is_closed = False
        self._owes_a_frame = False
        self._wanted: Fraction | None = None
        self._anchor: tuple[float, Fraction] | None = None
        self._last = Fraction(0)

    @property
    def is_paused(self) -> bool:
        """Whether the file stands still."""
        return self._is_paused

    @property
    def is_closed(self) -> bool:
        """Whether nobody wants frames any more."""
        return self._is_closed

    def pause(self) -> None:
        """Stand still at the frame that shows."""
        with self._changed:
            self._is_paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        """Go on; the next frame is due at once."""
        with self._changed:
            self._is_paused = False
            self._anchor = None
            self._changed.notify_all()

    def seek(self, time: Fraction) -> None:
        """Go on from the frame that shows at `time`, in seconds; when paused, show it and stand still."""
        with self._changed:
            self._wanted = max(Fraction(0), time)
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def begin(self, time: Fraction) -> Fraction:
        """Return where to read from: where somebody sought to, or else `time`. Its first frame is due at once."""
        with self._changed:
            if self._wanted is not None:
                self._owes_a_frame = True
                self.jumps += 1
            start = time if self._wanted is None else self._wanted
            self._wanted = self._anchor = None
            return start

    def begin_again(self, interval: Fraction) -> None:
        """Say that the frame at 0 is due one `interval` of seconds after the frame before."""
        with self._changed:
            self.jumps += 1
            if self._anchor is not None:
                due, time = self._anchor
                self._anchor = due + float(self._last - time + interval), Fraction(0)

    def wait_until_due(self, time: Fraction) -> float | None:
        """Wait for the moment of the frame at `time` of the file.

        Returns:
            When it was due, on the clock; None where it is not wanted because of a seek or the end.
        """
        with self._changed:
            while self._wanted is None and not self._is_closed:
                now = self._clock.now()
                if self._owes_a_frame or (not self._is_paused and self._anchor is None):
                    self._owes_a_frame = False
                    self._anchor, self._last = (now, time), time
                    return now
                due = self._due(time) if not self._is_paused else None
                if due is not None and now >= due:
                    if now - due > _LATEST_S:
                        due = now
                        self._anchor = now, time
                    self._last = time
                    return due
                self._clock.wait(self._changed, due)
            return None

    def wait_for_seek(self) -> bool:
        """Wait at the end of the file; False once nobody wants frames any more."""
        with self._changed:
            while self._wanted is None and not self._is_closed:
                self._clock.wait(self._changed)
            return not self._is_closed

    def _due(self, time: Fraction) -> float | None:
        if self._anchor is None:
            return None
        moment, media_time = self._anchor
        return moment + float(time - media_time)
