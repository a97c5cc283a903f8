"""Stores unsaved edits in a recovery file, a few seconds after they were made."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.background import Background, Job
from desktop.document.project_document import ProjectDocument
from desktop.document.recovery import RecoveryFolder

AUTOSAVE_INTERVAL_MS: Final = 5000


class Autosave(QObject):
    """Watches the document. The first edit starts a timer that later ones do not put off. Owned by the UI thread.

    Attributes:
        stored: the edits up to now are in the recovery file.
        failed: the exception that says why they are not; the next edit tries again.
    """

    stored = Signal()
    failed = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        root: Path,
        background: Background,
        parent: QObject | None = None,
        interval_ms: int = AUTOSAVE_INTERVAL_MS,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._folder = RecoveryFolder(root)
        self._job: Job[None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(self.store_now)
        document.project_changed.connect(self._note_edit)
        document.saved_changed.connect(self._note_saved)

    @property
    def interval_ms(self) -> int:
        """How much time passes at most between an edit and its storing."""
        return self._timer.interval()

    def set_interval(self, interval_ms: int) -> None:
        """Let this much time pass at most between an edit and its storing."""
        self._timer.setInterval(interval_ms)

    def store_now(self) -> None:
        """Store the project as it is, without waiting for the timer."""
        self._timer.stop()
        project, path, folder = self._document.project, self._document.path, self._folder
        self._job = self._background.run(lambda: folder.store(project, path), self._note_stored, self.failed.emit)

    def close(self) -> None:
        """Remove the recovery file: the session ends and what was not saved was given up."""
        self._timer.stop()
        self._folder.close()

    def _note_edit(self) -> None:
        if self._document.is_saved:
            self._clear()
        elif not self._timer.isActive():
            self._timer.start()

    def _note_saved(self, is_saved: bool) -> None:
        if is_saved:
            self._clear()
        elif not self._timer.isActive():
            self._timer.start()

    def _note_stored(self, _result: None) -> None:
        if self._document.is_saved:
            self._folder.clear()  # it was saved while the recovery file was on its way
        self.stored.emit()

    def _clear(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job = None
            self._background.run(self._folder.clear)
