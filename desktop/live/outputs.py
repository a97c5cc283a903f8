"""Where else the live result goes: a recording, and a camera that other programs see."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.live.owner import SessionOwner
from desktop.preferences import AI_MARK, AI_TAG, Preferences
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.live import LiveEvent, LiveSession


class LiveOutputs(QObject):
    """Owned by the UI thread. Both are off whenever a session begins.

    Args:
        owner: has the session.
        preferences: whether the result says that a model edited it.

    Attributes:
        changed: one of them went on or off.
        failed: an EngineError that kept a recording from beginning.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, owner: SessionOwner, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owner: Final = owner
        self._preferences: Final = preferences
        self._recording: Path | None = None
        self._has_camera = False

    @property
    def recording(self) -> Path | None:
        """The file that is being recorded."""
        return self._recording

    @property
    def has_camera(self) -> bool:
        """Whether other programs see the result as a camera."""
        return self._has_camera

    @property
    def are_on(self) -> bool:
        """Whether anybody besides this window sees the result."""
        return self._recording is not None or self._has_camera

    def record(self, path: Path, *, overwrite: bool) -> None:
        """Record what is shown from now on; nothing where a recording goes on."""
        if self._recording is None:
            tag, mark = self._preferences.get(AI_TAG), self._preferences.get(AI_MARK)
            self._owner.ask(
                lambda session: _record(session, path, overwrite=overwrite, tag=tag, mark=mark), self._note_refusal
            )
            self._set(path, self._has_camera)

    def stop_recording(self) -> None:
        """End the recording; an event of the session tells when its file is there."""
        if self._recording is not None:
            self._owner.ask(lambda session: session.stop_recording())
            self._set(None, self._has_camera)

    def show_camera(self, shown: bool) -> None:
        """Show the result to other programs as a camera, or no longer."""
        if shown == self._has_camera:
            return
        if shown:
            mark = self._preferences.get(AI_MARK)
            self._owner.ask(lambda session: session.start_virtual_camera(ai_mark=mark))
        else:
            self._owner.ask(lambda session: session.stop_virtual_camera())
        self._set(self._recording, shown)

    def note_end(self) -> None:
        """The session ends, and with it both."""
        self._set(None, has_camera=False)

    def note_event(self, event: "LiveEvent") -> None:
        """Take what happened in the session."""
        from engine.live import EventKind  # a session has run, so it is loaded

        if event.kind is EventKind.RECORDING_FAILED:
            self._set(None, self._has_camera)
        elif event.kind is EventKind.VIRTUAL_CAMERA_FAILED:
            self.show_camera(False)

    def _note_refusal(self, error: EngineError) -> None:
        self._set(None, self._has_camera)
        self.failed.emit(error)

    def _set(self, recording: Path | None, has_camera: bool) -> None:
        if (recording, has_camera) != (self._recording, self._has_camera):
            self._recording, self._has_camera = recording, has_camera
            self.changed.emit()


def _record(session: "LiveSession", path: Path, *, overwrite: bool, tag: bool, mark: bool) -> None:
    from engine.live import RecordingSettings
    from engine.media import Disclosure

    session.start_recording(RecordingSettings(path, overwrite=overwrite, disclosure=Disclosure(tag, mark)))
