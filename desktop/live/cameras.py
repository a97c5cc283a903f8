"""The cameras of this machine, looked for in the background."""

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.live.choices import Camera


class CameraList(QObject):
    """Owned by the UI thread.

    Attributes:
        changed: other cameras are there.
    """

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._cameras: tuple[Camera, ...] = ()
        self._is_looking = False

    @property
    def cameras(self) -> tuple[Camera, ...]:
        """What was found last, in the order of their numbers."""
        return self._cameras

    def look(self) -> None:
        """Look for cameras; what is plugged in or out shows soon."""
        if not self._is_looking:
            self._is_looking = True
            self._background.run(_found, self._take)

    def _take(self, cameras: tuple[Camera, ...]) -> None:
        self._is_looking = False
        if cameras != self._cameras:
            self._cameras = cameras
            self.changed.emit()


def _found() -> tuple[Camera, ...]:
    from engine.media.cameras import list_cameras  # on the background's thread: OpenCV and FFmpeg take a while

    return tuple(Camera(device.index, device.name) for device in list_cameras())
