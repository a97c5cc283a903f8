"""What lies behind the tracks: the waveform of the sound, read off the UI thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.background import Job
from desktop.studio import Studio

if TYPE_CHECKING:
    from engine.media import VideoInfo
    from engine.media.waveform import Waveform


class Backdrop(QObject):
    """Follows the medium. A sound that cannot be read shows none: the picture can still be edited.

    Attributes:
        changed: there is another waveform, or none.
    """

    changed = Signal()

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = studio.background
        self._waveform: Waveform | None = None
        self._job: Job[Waveform | None] | None = None
        studio.media.info_changed.connect(self._look_at)
        self._look_at(studio.media.info)

    @property
    def waveform(self) -> "Waveform | None":
        """The waveform, None without sound or while it is being read."""
        return self._waveform

    def _look_at(self, info: "VideoInfo | None") -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._show(None)
        if info is not None and info.has_audio:
            self._job = self._background.run(lambda: _read(info), self._show, lambda _error: None)

    def _show(self, waveform: "Waveform | None") -> None:
        if waveform is not self._waveform:
            self._waveform = waveform
            self.changed.emit()


def _read(info: "VideoInfo") -> "Waveform | None":
    from engine.media.waveform import read_waveform  # on this background thread: importing FFmpeg takes a while

    return None if info.path is None else read_waveform(info.path, info.start)
