"""Time that a test can hold in its hands: what waits, waits on a condition until a time of this clock."""

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """A clock that never goes back, in seconds, and the only way in which the live loop waits for a time."""

    def now(self) -> float:
        """Return the seconds since some fixed moment."""

    def wait(self, condition: threading.Condition, until: float | None = None) -> None:
        """Wait, `condition` being held, for a notification or until `until`; it may return early, so look again."""


class MonotonicClock:
    """The machine's own."""

    def now(self) -> float:
        """Return the seconds since the machine started."""
        return time.monotonic()

    def wait(self, condition: threading.Condition, until: float | None = None) -> None:
        """Wait for a notification or until `until`."""
        condition.wait(None if until is None else max(0.0, until - self.now()))
