"""Follows a training's files on a thread of its own, as long as its process lives."""

import threading
from collections.abc import Callable
from typing import Final

from desktop.training.standing import Standing, StandingReader

_BETWEEN_LOOKS_S: Final = 0.4
"""The files belong to another process, so there is nothing to wait on but time."""


class Follower:
    """`start` and `stop` belong to the UI thread.

    Args:
        make_reader: makes the reader, on the follower's thread, which owns it.
        tell: takes each new standing, on that thread.
    """

    def __init__(self, make_reader: Callable[[], StandingReader], tell: Callable[[Standing], None]) -> None:
        self._make_reader = make_reader
        self._tell = tell
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desktop: training")

    def start(self) -> None:
        """Begin; the thread ends by itself when the process has ended and all that it left has been read."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more, and wait for the thread."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        reader = self._make_reader()
        standing = reader.read()
        while standing is None or standing.running is not None:
            if standing is not None:
                self._tell(standing)
            if self._stopped.wait(_BETWEEN_LOOKS_S):
                return
            standing = reader.read()
        self._tell(standing)
