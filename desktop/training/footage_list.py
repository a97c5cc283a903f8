"""The footage of a new training: files and folders, dropped or chosen."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.labels import label

_HEIGHT_PX: Final = 132
_PICTURE_PX: Final = 32
_PATH: Final = Qt.ItemDataRole.UserRole
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter


class FootageList(QWidget):
    """Files and folders, each once.

    Attributes:
        changed: there are others.
    """

    changed = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list: Final = QListWidget(self)
        self.list.setAccessibleName(self.tr("Footage"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._picture = QLabel(self)
        self._stack = QStackedWidget(self)
        self._stack.setFixedHeight(_HEIGHT_PX)
        self._stack.addWidget(self._invitation())
        self._stack.addWidget(self.list)
        self.files_button: Final = self._button(self.tr("Add Files…"), "film", self._choose_files)
        self.folder_button: Final = self._button(self.tr("Add Folder…"), "folder", self._choose_folder)
        self.remove_button: Final = self._button(self.tr("Remove"), "delete", self.remove_selected)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(self.files_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch()
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._stack)
        layout.addLayout(buttons)
        self.list.itemSelectionChanged.connect(self._show)
        studio.theme.changed.connect(self._draw)
        self._draw()
        self._show()

    @property
    def paths(self) -> tuple[Path, ...]:
        """What was chosen, in its order."""
        return tuple(Path(self.list.item(row).data(_PATH)) for row in range(self.list.count()))

    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders; those that are there already stay as they are."""
        known = set(self.paths)
        for path in dict.fromkeys(path.absolute() for path in paths):
            if path in known or not path.exists():
                continue
            icon = self._studio.theme.icon("folder" if path.is_dir() else "film")
            item = QListWidgetItem(icon, f"{path.name}   {path.parent}")
            item.setData(_PATH, str(path))
            item.setToolTip(str(path))
            self.list.addItem(item)
        self._show()
        self.changed.emit()

    def remove_selected(self) -> None:
        """Take what is selected out of the list; the files stay."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Take everything out."""
        self.list.clear()
        self._show()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files and folders of this computer."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Add them."""
        self.add(_dropped(event))
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete removes what is selected."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def _invitation(self) -> QWidget:
        area = QWidget(self)
        area.setProperty("surface", "drop")
        area.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(area)
        layout.setSpacing(2 * GRID)
        layout.addStretch()
        layout.addWidget(self._picture, 0, _CENTER)
        layout.addWidget(label(self.tr("Drop videos, photos or folders here"), "heading", area), 0, _CENTER)
        layout.addStretch()
        return area

    def _button(self, text: str, icon: str, slot: object) -> QPushButton:
        button = QPushButton(text, self)
        self._studio.theme.give_icon(button, icon)
        button.clicked.connect(slot)
        return button

    def _choose_files(self) -> None:
        start = self._studio.preferences.get(LAST_FOLDER)
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose videos and photos"), start)
        self._take(chosen)

    def _choose_folder(self) -> None:
        start = self._studio.preferences.get(LAST_FOLDER)
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of footage"), start)
        self._take([chosen] if chosen else [])

    def _take(self, chosen: Sequence[str]) -> None:
        if chosen:
            self._studio.preferences.set(LAST_FOLDER, str(Path(chosen[0]).parent))
            self.add([Path(path) for path in chosen])

    def _show(self) -> None:
        self._stack.setCurrentIndex(min(self.list.count(), 1))
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _draw(self, _tokens: object = None) -> None:
        self._picture.setPixmap(self._studio.theme.picture("import", _PICTURE_PX, self.devicePixelRatioF()))
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(self._studio.theme.icon("folder" if Path(item.data(_PATH)).is_dir() else "film"))


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
