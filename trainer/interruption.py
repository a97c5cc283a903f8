"""Ctrl-C and the termination signal as a request to stop at the next good moment."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_requests() -> Iterator[Callable[[], bool]]:
    """Take the first Ctrl-C or SIGTERM inside the `with` block as a request; a second one acts as it always does.

    Yields:
        Whether there was a request. Outside the main thread, which alone receives signals, there never is.
    """
    requested = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield requested.is_set
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def request(_number: int, _frame: FrameType | None) -> None:
        requested.set()
        restore()

    for number in _SIGNALS:
        signal.signal(number, request)
    try:
        yield requested.is_set
    finally:
        restore()
