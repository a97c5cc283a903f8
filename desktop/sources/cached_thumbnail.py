"""Small pictures of files, kept in the application's cache from one session to the next."""

import hashlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.welcome.thumbnails import thumbnail

_KEPT: Final = 200


def cached_thumbnail(path: Path, size: QSize, cache: Path) -> QImage:
    """Return a picture that fills `size`, device pixels; a null one where there is none to be had.

    Made once for each state of a file. A cache that cannot be written costs time, and nothing else.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return QImage()
    told = f"{path.absolute()}\n{changed}\n{size.width()}x{size.height()}"
    kept = cache / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.png"
    image = QImage(str(kept)) if kept.is_file() else QImage()
    if image.isNull():
        image = thumbnail(path, size)
        if not image.isNull():
            _keep(image, kept)
    return image


def _keep(image: QImage, kept: Path) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(kept))
        oldest_last = sorted(kept.parent.glob("*.png"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in oldest_last[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
