"""The files that were open lately, each with a small picture."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from desktop.background import Job
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.welcome.thumbnails import thumbnail

_SHOWN: Final = 8
_PICTURE: Final = QSize(128, 72)
_PATH: Final = Qt.ItemDataRole.UserRole


class RecentList(QListWidget):
    """Follows the list of recent files; Enter or a click opens one. Hidden while there are none."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._jobs: list[Job[QImage]] = []
        self.setAccessibleName(self.tr("Recent files"))
        self.setProperty("role", "gallery")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(_PICTURE)
        self.setGridSize(_PICTURE + QSize(4 * GRID, 9 * GRID))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setMinimumHeight(self.gridSize().height() + 3 * GRID)
        self.setUniformItemSizes(True)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)
        studio.recent.changed.connect(self.fill)
        studio.theme.changed.connect(self.fill)
        self.fill()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room of one row; it takes more where there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def fill(self, _change: object = None) -> None:
        """Show the files that still exist."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self.clear()
        ratio = self.devicePixelRatioF()
        for path in [path for path in self._studio.recent.paths() if path.is_file()][:_SHOWN]:
            item = QListWidgetItem(self._placeholder(ratio), path.name, self)
            item.setToolTip(str(path))
            item.setData(_PATH, path)
            self._jobs.append(
                self._studio.background.run(
                    partial(thumbnail, path, _PICTURE * ratio), partial(self._show, path, ratio)
                )
            )
        self.setVisible(self.count() > 0)

    def _placeholder(self, ratio: float) -> QIcon:
        picture = QPixmap(_PICTURE * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._studio.theme.color("field"))
        return _plain_icon(picture)

    def _show(self, path: Path, ratio: float, image: QImage) -> None:
        if image.isNull():
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        for item in map(self.item, range(self.count())):
            if item.data(_PATH) == path:
                item.setIcon(_plain_icon(picture))

    def _open(self, item: QListWidgetItem) -> None:
        self._studio.open_requested.emit(item.data(_PATH))


def _plain_icon(picture: QPixmap) -> QIcon:
    """Return an icon that looks the same when it is selected."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
