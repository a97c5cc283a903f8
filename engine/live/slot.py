"""Where one thread leaves its latest item for another, which takes it when it is ready."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from engine.live.clock import Clock

Item = TypeVar("Item")


class LatestSlot(Generic[Item]):
    """Holds one item. A newer one replaces it, so that the sender never waits and the receiver is never late.

    Attributes:
        dropped: how many items were replaced before they were taken.
    """

    def __init__(self, clock: Clock) -> None:
        self.dropped = 0
        self._clock = clock
        self._changed = threading.Condition()
        self._item: Item | None = None
        self._is_poked = False
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing more comes."""
        return self._is_closed

    def put(self, item: Item) -> None:
        """Leave an item; into a closed slot, do nothing."""
        with self._changed:
            if self._is_closed:
                return
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    @property
    def is_full(self) -> bool:
        """Whether an item waits."""
        return self._item is not None

    def take(self, until: float | None = None, not_before: Callable[[], float] | None = None) -> Item | None:
        """Wait for an item; None once the slot is closed or poked, or at the time `until` of the clock.

        Args:
            until: when to give up.
            not_before: tells when the receiver can make use of an item; until then, newer ones may replace it.
        """
        with self._changed:
            while not self._is_poked and not self._is_closed:
                now = self._clock.now()
                due = until
                if self._item is not None:
                    due = now if not_before is None else not_before()
                    if now >= due:
                        break
                elif until is not None and now >= until:
                    break
                self._clock.wait(self._changed, due)
            item, self._item, self._is_poked = self._item, None, False
            return item

    def poke(self) -> None:
        """Wake the receiver: there is something else to look at."""
        with self._changed:
            self._is_poked = True
            self._changed.notify_all()

    def close(self) -> None:
        """Drop what is inside and let nobody wait any more."""
        with self._changed:
            self._is_closed = True
            self._item = None
            self._changed.notify_all()
