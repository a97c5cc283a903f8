"""Sound decoded ahead of its time, on a thread of its own."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from engine.errors import EngineError

_AHEAD_BYTES: Final = 2**17
"""Two thirds of a second at 48 kHz."""


class Reel:
    """Reads until `_AHEAD_BYTES` are ready, and goes on as they are taken. Its methods never wait, but for `join`.

    A file whose sound cannot be read is silent: whoever reads its pictures tells of it.

    Args:
        read: makes the pieces, on the reel's thread.
    """

    def __init__(self, read: Callable[[], Iterator[bytes]]) -> None:
        self._read: Final = read
        self._pieces: Final[deque[bytes]] = deque()
        self._size = 0
        self._is_closed = False
        self._changed: Final = threading.Condition()
        self._thread: Final = threading.Thread(target=self._run, name="desktop: sound")
        self._thread.start()

    def take(self, limit: int) -> bytes:
        """Remove and return what is ready, `limit` bytes at most."""
        taken = bytearray()
        with self._changed:
            while self._pieces and len(taken) < limit:
                piece = self._pieces.popleft()
                room = limit - len(taken)
                taken += piece[:room]
                if len(piece) > room:
                    self._pieces.appendleft(piece[room:])
            self._size -= len(taken)
            self._changed.notify_all()
        return bytes(taken)

    def close(self) -> None:
        """Read no further; the thread ends soon."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the thread."""
        self._thread.join()

    @property
    def is_exhausted(self) -> bool:
        """Whether all there is has been taken."""
        return not self._thread.is_alive() and not self._pieces

    @property
    def is_running(self) -> bool:
        """Whether the thread has not ended."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            for piece in self._read():
                if not self._put(piece):
                    return
        except EngineError:
            return

    def _put(self, piece: bytes) -> bool:
        """Add a piece when there is room; False once nobody wants it."""
        with self._changed:
            self._changed.wait_for(lambda: self._size < _AHEAD_BYTES or self._is_closed)
            if self._is_closed:
                return False
            self._pieces.append(piece)
            self._size += len(piece)
            return True
