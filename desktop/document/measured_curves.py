"""The expressions that the medium itself shows, as far as they have been measured."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.document.project_document import ProjectDocument
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.analysis.observing import ReportFrames
    from engine.curves import AUCurves

_REPORT_EVERY: Final = 8
"""Frames between two reports of progress."""


class _CancelledError(Exception):
    """Nobody waits for the curves any more."""


class MeasuredCurves(QObject):
    """Holds the curves of the document's medium until another one takes its place. Owned by the UI thread.

    Attributes:
        changed: the new `AUCurves`, or None.
        measuring_changed: whether the medium is being measured.
        progress: frames done, and frames in all or 0 where that is not known.
        failed: the EngineError that says why it could not be measured.
    """

    changed = Signal(object)
    measuring_changed = Signal(bool)
    progress = Signal(int, int)
    failed = Signal(object)

    def __init__(self, document: ProjectDocument, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._curves: AUCurves | None = None
        self._cancel: threading.Event | None = None
        document.media_changed.connect(self._forget)

    @property
    def curves(self) -> "AUCurves | None":
        """The curves, None where nothing has been measured."""
        return self._curves

    @property
    def is_measuring(self) -> bool:
        """Whether the medium is being measured."""
        return self._cancel is not None

    def show(self, curves: "AUCurves | None") -> None:
        """Take what was measured, or read from a file."""
        if curves is not self._curves:
            self._curves = curves
            self.changed.emit(curves)

    def measure(self) -> None:
        """Measure every frame of the medium in the background."""
        path = self._document.project.media
        if self.is_measuring or path is None:
            return
        cancel = self._cancel = threading.Event()

        def report(done: int, total: int | None) -> None:
            if cancel.is_set():
                raise _CancelledError
            if done % _REPORT_EVERY == 0:
                self.progress.emit(done, total or 0)

        def take(curves: "AUCurves") -> None:
            if self._cancel is cancel:
                self._end()
                self.show(curves)

        def fail(error: Exception) -> None:
            if self._cancel is cancel:
                self._end()
            if isinstance(error, EngineError):
                self.failed.emit(error)
            elif not isinstance(error, _CancelledError):
                self._background.fault.emit(error)

        self.measuring_changed.emit(True)
        self._background.run(lambda: _measured(path, report), take, fail)

    def cancel(self) -> None:
        """Give up measuring; what was measured before stays."""
        if self._cancel is not None:
            self._cancel.set()
            self._end()

    def _end(self) -> None:
        self._cancel = None
        self.measuring_changed.emit(False)

    def _forget(self) -> None:
        self.cancel()
        self.show(None)


def _measured(path: Path, report: "ReportFrames") -> "AUCurves":
    from engine.analysis import observe_source, read_expressions  # on this background thread: it takes a while
    from engine.faces.expression import ExpressionEstimator

    observations = observe_source(path, report)
    return read_expressions(observations, ExpressionEstimator(), "auto" if observations.follow else "none")
