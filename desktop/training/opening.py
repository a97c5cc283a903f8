"""Shows files and folders in the programs that the system has for them."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> None:
    """Open a page in the browser, or a folder where files are managed."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
