"""A bounded queue between two threads that either can close, so that none waits for one that is gone."""

import threading
from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class ChannelClosedError(Exception):
    """The other end has gone: nothing can be put into the channel any more."""


class Channel(Generic[Item]):
    """At most `capacity` items, 1 or more, on their way from one thread to another.

    The sender calls `finish` after its last item; whoever gives up calls `abandon`. Both wake all who wait.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"A channel of capacity {capacity} passes nothing on.")
        self._capacity = capacity
        self._items: deque[Item] = deque()
        self._changed = threading.Condition()
        self._finished = False
        self._abandoned = False

    def put(self, item: Item) -> None:
        """Add an item; waits while the channel is full. ChannelClosedError once it is abandoned or finished."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._items) < self._capacity or self._finished or self._abandoned)
            if self._finished or self._abandoned:
                raise ChannelClosedError
            self._items.append(item)
            self._changed.notify_all()

    def offer(self, item: Item) -> bool:
        """Add an item unless the channel is full, abandoned or finished; whether it was added. Never waits."""
        with self._changed:
            if len(self._items) >= self._capacity or self._finished or self._abandoned:
                return False
            self._items.append(item)
            self._changed.notify_all()
            return True

    def __iter__(self) -> Iterator[Item]:
        """Take items as they come, until the sender has finished and all are taken, or the channel is abandoned."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._items or self._finished or self._abandoned)
                if not self._items:
                    return
                item = self._items.popleft()
                self._changed.notify_all()
            yield item

    def finish(self) -> None:
        """Say that no more items will come; those inside are still delivered."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """Give up: drop what is inside, refuse what would come."""
        with self._changed:
            self._abandoned = True
            self._items.clear()
            self._changed.notify_all()
