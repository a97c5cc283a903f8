"""The dock of sources: the project's medium, cameras for the live page, files that were open lately."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from desktop.background import Job
from desktop.live.cameras import CameraList
from desktop.sources.cached_thumbnail import cached_thumbnail
from desktop.sources.medium_card import MediumCard
from desktop.sources.row_list import RowList
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE, ROW_HEIGHT
from desktop.widgets.buttons import plain_button, tool_button
from desktop.widgets.labels import add_line, label
from desktop.widgets.scrolling import fill_scrolling

_PICTURE: Final = QSize(56, 35)
_ROW_PX: Final = 44
_SHOWN: Final = 10
_VALUE: Final = Qt.ItemDataRole.UserRole


class SourcesPanel(QWidget):
    """A click or Enter opens a file, or shows a camera on the live page."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._cameras = CameraList(studio.background, self)
        self._jobs: list[Job[QImage]] = []
        self.card: Final = MediumCard(studio, self)
        self.cameras: Final = RowList(self.tr("Cameras"), ROW_HEIGHT + GRID, QSize(ICON_SIZE, ICON_SIZE), self)
        self.recent: Final = RowList(self.tr("Recent files"), _ROW_PX, _PICTURE, self)
        self._no_camera = label(self.tr("No camera found."), "dim", self)
        self._no_recent = label(self.tr("Nothing yet."), "dim", self)
        self._lay_out()
        for rows, use in ((self.cameras, self._show_camera), (self.recent, self._open)):
            rows.itemActivated.connect(use)
            rows.itemClicked.connect(use)
        self._cameras.changed.connect(self._fill_cameras)
        studio.recent.changed.connect(self._fill_recent)
        studio.theme.changed.connect(self._fill)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Look for cameras: some may have been plugged in."""
        super().showEvent(event)
        self._cameras.look()

    def _lay_out(self) -> None:
        content = QWidget(self)
        content.setProperty("surface", "panel")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("In this project"), "section", content), 1)
        head.addWidget(tool_button(self._studio.actions.action("file.open"), content))
        lines.addLayout(head)
        lines.addWidget(self.card)
        add_line(lines, content)
        lines.addWidget(label(self.tr("Recent"), "section", content))
        lines.addWidget(self._no_recent)
        lines.addWidget(self.recent)
        add_line(lines, content)
        again = plain_button(self._studio.theme, "loop", self.tr("Look for cameras again"), content)
        again.clicked.connect(self._cameras.look)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Cameras"), "section", content), 1)
        head.addWidget(again)
        lines.addLayout(head)
        lines.addWidget(self._no_camera)
        lines.addWidget(self.cameras)
        lines.addStretch()
        fill_scrolling(self, content)

    def _fill(self, _changed: object = None) -> None:
        self._fill_cameras()
        self._fill_recent()

    def _fill_cameras(self) -> None:
        self.cameras.clear()
        for camera in self._cameras.cameras:
            item = QListWidgetItem(self._studio.theme.icon("camera"), camera.name, self.cameras)
            item.setToolTip(self.tr("Show {} on the live page").format(camera.name))
            item.setData(_VALUE, camera)
        self.cameras.fit()
        self._no_camera.setVisible(not self.cameras.count())

    def _fill_recent(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self.recent.clear()
        size, cache = _PICTURE * self.devicePixelRatioF(), self._studio.places.thumbnails
        for path in self._studio.recent.paths()[:_SHOWN]:
            item = QListWidgetItem(self._placeholder(), path.name, self.recent)
            item.setToolTip(str(path))
            item.setData(_VALUE, path)
            run = self._studio.background.run
            self._jobs.append(run(partial(cached_thumbnail, path, size, cache), partial(self._put_picture, path)))
        self.recent.fit()
        self._no_recent.setVisible(not self.recent.count())

    def _placeholder(self) -> QIcon:
        picture = QPixmap(_PICTURE * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(self._studio.theme.color("field"))
        return _plain_icon(picture)

    def _put_picture(self, path: Path, image: QImage) -> None:
        if image.isNull():
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        for row in range(self.recent.count()):
            item = self.recent.item(row)
            if item.data(_VALUE) == path:
                item.setIcon(_plain_icon(picture))

    def _show_camera(self, item: QListWidgetItem) -> None:
        self._studio.live.choose(source=item.data(_VALUE))
        self._studio.page_requested.emit("live")

    def _open(self, item: QListWidgetItem) -> None:
        path = item.data(_VALUE)
        if path != self._studio.document.project.media and path != self._studio.document.path:
            self._studio.open_requested.emit(path)


def _plain_icon(picture: QPixmap) -> QIcon:
    """Return an icon that looks the same when it is selected."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
