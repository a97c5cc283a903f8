"""What stands between the export action, the dialog and the queue."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.studio import Studio


class ExportDesk(QObject):
    """Asks what to export, and whether to leave while something is. Owned by the UI thread.

    Attributes:
        added: an export was put in the queue.
    """

    added = Signal()

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        export = studio.actions.bind("file.export", self.ask)
        export.setEnabled(studio.media.info is not None)
        studio.media.info_changed.connect(lambda info: export.setEnabled(info is not None))

    def ask(self) -> None:
        """Open the dialog, and put what it answers in the queue."""
        from desktop.export.dialog import ExportDialog  # here: the window opens without it

        dialog = ExportDialog(self._studio, self._window)
        if dialog.exec() and dialog.request is not None:
            self._studio.exports.add(dialog.request)
            self.added.emit()
        dialog.deleteLater()

    def may_leave(self) -> bool:
        """Ask where exports run or wait; whether the window may close."""
        if not self._studio.exports.is_busy:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("An export is not finished."))
        box.setInformativeText(self.tr("Leaving cancels it; no unfinished file is left."))
        leave = box.addButton(self.tr("Cancel Exports and Leave"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is leave
