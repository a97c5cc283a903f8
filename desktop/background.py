"""Work off the UI thread whose result comes back to it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

Result = TypeVar("Result")
_THREADS: Final = 2


class Job(Generic[Result]):
    """A piece of work on its way. `cancel` and the callbacks belong to the UI thread; `is_cancelled` to any."""

    def __init__(self, done: Callable[[Result], None] | None, failed: Callable[[Exception], None] | None) -> None:
        self._done = done
        self._failed = failed
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for the result any more; long work may look at it and end early."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Forget the result: no callback will be called."""
        self._cancelled.set()


class Background(QObject):
    """Runs work on a few threads of its own, and the callbacks on the thread that made this object.

    What the work needs is captured when it is asked for: it reads no widget and no document.

    Attributes:
        fault: an exception of work that nobody took with `failed`.
        busy_changed: whether there is work under way.
    """

    fault = Signal(object)
    busy_changed = Signal(bool)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="desktop: background")
        self._under_way = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job[Result]:
        """Run `work` on a background thread, then `done` with its result or `failed` with its exception here."""
        job: Job[Result] = Job(done, failed)

        def perform() -> None:
            result: Result | None = None
            error: Exception | None = None
            if not job.is_cancelled:
                try:
                    result = work()
                except Exception as caught:  # noqa: BLE001  the top of a thread; handed to the UI thread
                    error = caught
            self._finished.emit(job, result, error)

        self._under_way += 1
        if self._under_way == 1:
            self.busy_changed.emit(True)
        self._pool.submit(perform)
        return job

    def close(self) -> None:
        """Wait for the work that has begun and drop the rest; no callback is called any more."""
        self._finished.disconnect(self._deliver)
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object, object)
    def _deliver(self, job: Job[Any], result: object, error: Exception | None) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.busy_changed.emit(False)
        if job.is_cancelled:
            return
        if error is None:
            if job._done is not None:
                job._done(result)
        elif job._failed is not None:
            job._failed(error)
        else:
            self.fault.emit(error)
