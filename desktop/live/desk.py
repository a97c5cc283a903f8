"""The live page's actions, its questions, and what is told on every page."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.live.state import LiveState
from desktop.studio import Studio
from engine.errors import EngineError, MediaError

if TYPE_CHECKING:
    from engine.live import LiveEvent

_Button = QMessageBox.StandardButton


class LiveDesk(QObject):
    """Binds the actions to the studio's live session, and keeps them true. Owned by the UI thread."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._live = studio.live
        self._window = window
        actions = studio.actions
        self._says_stop = False
        self._toggle = actions.bind("live.toggle", self.toggle)
        self._pause = actions.bind("live.pause", self._pause_or_go_on)
        self._record = actions.bind("live.record", self._record_or_end)
        self._camera = actions.bind("live.virtual_camera", self._live.outputs.show_camera)
        self._neutral = actions.bind("live.neutral", self._live.call_neutral)
        self._forget = actions.bind("live.forget_neutral", self._live.forget_neutral)
        self._live.state_changed.connect(self._show)
        self._live.choices_changed.connect(self._show)
        self._live.outputs.changed.connect(self._show)
        self._live.happened.connect(self._tell)
        self._show()

    def toggle(self) -> None:
        """Start, or stop."""
        if self._live.is_running:
            self._live.stop()
        else:
            self._live.start()

    def may_leave(self) -> bool:
        """Ask where somebody else sees the live result; whether the window may close."""
        if not self._live.outputs.are_on:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        recording = self._live.outputs.recording
        if recording is None:
            box.setText(self.tr("Other programs see the live result."))
            box.setInformativeText(self.tr("Leaving takes the virtual camera away from them."))
        else:
            box.setText(self.tr("A live recording is under way."))
            box.setInformativeText(self.tr("Leaving ends it; {} is then complete.").format(recording.name))
        leave = box.addButton(self.tr("Stop and Leave"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is leave

    def _pause_or_go_on(self, paused: bool) -> None:
        if paused:
            self._live.pause()
        else:
            self._live.resume()

    def _record_or_end(self, on: bool) -> None:
        outputs = self._live.outputs
        if on == (outputs.recording is not None):
            return
        if not on:
            outputs.stop_recording()
            return
        path = self._live.choices.recording or self._named_by_time()
        overwrite = path.exists()
        if not path.parent.is_dir():
            self._studio.fault.emit(
                MediaError(
                    self.tr("The folder {} does not exist.").format(path.parent), self.tr("Choose another file.")
                )
            )
        elif not overwrite or self._may_replace(path):
            outputs.record(path, overwrite=overwrite)
        self._show()

    def _named_by_time(self) -> Path:
        """A name that is free, in the folder of exports or of films."""
        films = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        folder = next(
            folder
            for folder in (self._studio.folders.exports, Path(films), Path.home())
            if folder is not None and folder.is_dir()
        )
        return folder / f"live {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}.mp4"

    def _may_replace(self, path: Path) -> bool:
        question = self.tr("Replace {}?").format(path.name)
        return QMessageBox.question(self._window, self.tr("Record Live"), question) == _Button.Yes

    def _show(self, _changed: object = None) -> None:
        """Let the actions say what they would do, and whether they can."""
        live, state = self._live, self._live.state
        has_picture = state in {LiveState.ON, LiveState.PAUSED}
        if live.is_running != self._says_stop:
            self._says_stop = live.is_running
            self._toggle.setText(self.tr("Stop Live") if live.is_running else self.tr("Start Live"))
            self._studio.theme.give_icon(self._toggle, "stop" if live.is_running else "live")
        self._toggle.setEnabled(live.choices.source is not None)
        self._pause.setChecked(state is LiveState.PAUSED)
        self._record.setChecked(live.outputs.recording is not None)
        self._camera.setChecked(live.outputs.has_camera)
        for action in (self._record, self._camera):
            action.setEnabled(live.is_running)
        for action in (self._pause, self._neutral, self._forget):
            action.setEnabled(has_picture)

    def _tell(self, event: "LiveEvent") -> None:
        """Tell what concerns a person on any page; the live page itself tells the rest."""
        from engine.live import EventKind  # a session has run, so it is loaded

        if event.kind in {
            EventKind.FAILED,
            EventKind.RECORDING_FAILED,
            EventKind.VIRTUAL_CAMERA_FAILED,
            EventKind.SETTINGS_REFUSED,
        }:
            self._studio.fault.emit(EngineError(event.message, event.remedy))
        elif event.kind is EventKind.RECORDING_SAVED:
            self._studio.notice.emit(event.message)
