"""Asks whether what trains shall go on when the window closes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.studio import Studio
from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.words import state_of


class TrainingDesk(QObject):
    """Owned by the UI thread."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        studio.trainings.ended.connect(self._tell_end)

    def may_leave(self) -> bool:
        """Ask where something trains: to keep it, to stop it, or to stay; whether the window may close."""
        running = self._studio.trainings.running
        if not running:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        names = ", ".join(run.order.name for run in running)
        box.setText(self.tr("The training {} is not finished.").format(names))
        box.setInformativeText(
            self.tr("It can go on without the window, and is found again at the next start. Stopped, it resumes later.")
        )
        keep = box.addButton(self.tr("Keep Training"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(self.tr("Stop Training"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        answer = box.clickedButton()
        box.deleteLater()
        if answer is stop:
            for run in running:
                run.stop()
        return answer is keep or answer is stop

    def _tell_end(self, run: TrainingRun, _stage: Stage) -> None:
        self._studio.notice.emit(f"{run.order.name}: {state_of(run)}")
