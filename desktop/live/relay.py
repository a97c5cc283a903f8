"""Brings frames from a session's threads to the UI thread, the latest one alone."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from engine.live import LiveFrame


class FrameRelay(QObject):
    """However many frames come while the UI thread is busy, it meets one event and one frame.

    Owned by the UI thread; `put` may be called on any.

    Attributes:
        arrived: a LiveFrame, on the UI thread.
    """

    arrived = Signal(object)
    _offered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._run = 0
        self._frame: LiveFrame | None = None
        self._offered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def begin(self, run: int) -> None:
        """Take the frames of session number `run` from now on, and no others."""
        with self._lock:
            self._run, self._frame = run, None

    def put(self, run: int, frame: "LiveFrame") -> None:
        """Leave a frame of session number `run`; returns at once."""
        with self._lock:
            if run != self._run:
                return
            is_waiting, self._frame = self._frame is not None, frame
        if not is_waiting:
            self._offered.emit()

    @Slot()
    def _take(self) -> None:
        with self._lock:
            frame, self._frame = self._frame, None
        if frame is not None:
            self.arrived.emit(frame)
