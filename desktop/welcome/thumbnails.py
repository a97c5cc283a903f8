"""Small pictures of photos, videos and projects, made off the UI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from engine.errors import EngineError
from engine.project import load_project

_PROJECTS: Final = frozenset({".eggan", ".json"})


def thumbnail(path: Path, size: QSize) -> QImage:
    """Return a picture that fills `size`, device pixels; a null one where there is none to be had."""
    medium = _medium_of(path)
    if medium is None or not medium.is_file():
        return QImage()
    reader = QImageReader(str(medium))
    reader.setAutoTransform(True)
    if reader.canRead():
        full = reader.size()
        if full.isValid():
            reader.setScaledSize(full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        return _filling(reader.read(), size)
    return _filling(_first_frame(medium), size)


def _medium_of(path: Path) -> Path | None:
    if path.suffix.lower() not in _PROJECTS:
        return path
    try:
        return load_project(path, clip_intensities=True).media
    except EngineError:
        return None


def _first_frame(video: Path) -> QImage:
    from engine.media import open_source  # on a background thread: FFmpeg and OpenCV take a while to load

    try:
        with open_source(video) as source:
            frame = next(iter(source), None)
    except EngineError:
        return QImage()
    if frame is None:
        return QImage()
    height, width = frame.pixels.shape[:2]
    return QImage(frame.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _filling(image: QImage, size: QSize) -> QImage:
    if image.isNull():
        return image
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    large = image.scaled(size, mode, Qt.TransformationMode.SmoothTransformation)
    left, top = (large.width() - size.width()) // 2, (large.height() - size.height()) // 6  # heads are above the middle
    return large.copy(left, top, size.width(), size.height())
