"""What is known of the document's medium; found out off the UI thread."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.background import Background, Job
from desktop.document.project_document import ProjectDocument
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.media import VideoInfo

STILL_RATE: Final = Fraction(30)
"""Frames a second of what is made from a photo; the command line's `animate` uses the same."""
_STILL_DURATION: Final = Fraction(5)
"""How much time a photo offers for keyframes beyond the last one."""


class ProjectMedia(QObject):
    """Follows the document's media path. Owned by the UI thread.

    Attributes:
        info_changed: the `VideoInfo` of another medium, or None while it is not known.
        failed: the EngineError that says why the medium cannot be read.
    """

    info_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, document: ProjectDocument, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._info: VideoInfo | None = None
        self._error: EngineError | None = None
        self._job: Job[VideoInfo] | None = None
        document.media_changed.connect(self._look_at)
        self._look_at(document.project.media)

    @property
    def path(self) -> Path | None:
        """The medium's file; None without one."""
        return self._document.project.media

    @property
    def info(self) -> "VideoInfo | None":
        """What is known of the medium; None without one, or while it is being opened or cannot be."""
        return self._info

    @property
    def error(self) -> EngineError | None:
        """Why the medium cannot be read."""
        return self._error

    @property
    def rate(self) -> Fraction:
        """Frames a second, on which the playhead steps and snaps."""
        return self._info.average_rate if self._info is not None and not self._info.is_still else STILL_RATE

    @property
    def duration(self) -> Fraction:
        """Seconds that the timeline covers: the video, or for a photo the last keyframe and some more."""
        info = self._info
        if info is not None and not info.is_still and info.duration is not None:
            return info.duration
        return max(self._document.timeline.end + Fraction(1), _STILL_DURATION)

    def _look_at(self, path: Path | None) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._error = None
        self._know(None)
        if path is not None:
            self._job = self._background.run(lambda: _read_info(path), self._know, self._fail)

    def _know(self, info: "VideoInfo | None") -> None:
        if info != self._info:
            self._info = info
            self.info_changed.emit(info)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            self._error = error
            self.failed.emit(error)
        else:
            self._background.fault.emit(error)


def _read_info(path: Path) -> "VideoInfo":
    from engine.media import open_source  # on this background thread: importing FFmpeg and OpenCV takes a while

    with open_source(path, rate=STILL_RATE) as source:
        return source.info
