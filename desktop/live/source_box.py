"""A list of what can be shown live: cameras by name, files of late, and any other file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from desktop.live.cameras import CameraList
from desktop.live.choices import Camera, Clip, DriverKind, Source
from desktop.places import PROJECT_SUFFIX
from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import ICON_SIZE

_RECENT: Final = 4
_PROJECTS: Final = frozenset({PROJECT_SUFFIX, ".json"})


class SourceBox(QComboBox):
    """Emits what a person chooses; what shows is set with `show_choice`.

    Args:
        studio: as for every panel.
        cameras: looked for anew whenever the list opens.
        first: what can be chosen besides, as pairs of text and value.
        nothing: what shows while nothing is chosen.

    Attributes:
        chosen: a Camera, a Clip, or a value of `first`.
    """

    chosen = Signal(object)

    def __init__(
        self,
        studio: Studio,
        cameras: CameraList,
        first: Sequence[tuple[str, DriverKind]] = (),
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._cameras = cameras
        self._first = tuple(first)
        self._choice: Source | DriverKind | None = None
        self._rows: list[Source | DriverKind | None] = []
        self.setPlaceholderText(nothing)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(self._take)
        cameras.changed.connect(self._fill)
        studio.theme.changed.connect(self._fill)
        self._fill()

    def show_choice(self, choice: Source | DriverKind | None) -> None:
        """Show what is chosen, listed or not; emits nothing."""
        if choice != self._choice:
            self._choice = choice
            self._fill()

    def showPopup(self) -> None:  # noqa: N802  Qt's name
        """Open the list, and look for cameras."""
        self._cameras.look()
        self._fill()
        super().showPopup()

    def ask_for_file(self) -> None:
        """Let a file be chosen."""
        preferences = self._studio.preferences
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Show a video or a photo as a camera"),
            preferences.get(LAST_FOLDER),
            self.tr("Videos and photos") + " (*)",
        )
        if chosen:
            preferences.set(LAST_FOLDER, str(Path(chosen).parent))
            self.chosen.emit(Clip(Path(chosen)))
        self._fill()

    def _fill(self, _changed: object = None) -> None:
        theme = self._studio.theme
        self._rows = []
        with QSignalBlocker(self):
            self.clear()
            for text, kind in self._first:
                self._add(text, kind)
            self._separate()
            for source in self._sources():
                self._add(source.name, source, theme.icon(_drawing(source)))
            self._separate()
            self._add(self.tr("Choose a file…"), None, theme.icon("open"))
            row = self._rows.index(self._choice) if self._choice in self._rows[:-1] else -1
            self.setCurrentIndex(-1 if self._choice is None else row)
            self.setToolTip(str(self._choice.path) if isinstance(self._choice, Clip) else "")

    def _add(self, text: str, value: Source | DriverKind | None, icon: QIcon | None = None) -> None:
        self.addItem(icon or QIcon(), text)
        self._rows.append(value)
        if isinstance(value, Clip):
            self.setItemData(self.count() - 1, str(value.path), Qt.ItemDataRole.ToolTipRole)

    def _separate(self) -> None:
        if self._rows:
            self.insertSeparator(self.count())
            self._rows.append(None)

    def _sources(self) -> list[Source]:
        recent = [Clip(path) for path in self._studio.recent.paths() if path.suffix.lower() not in _PROJECTS]
        sources: list[Source] = [*self._cameras.cameras, *recent[:_RECENT]]
        if isinstance(self._choice, Camera | Clip) and self._choice not in sources:
            sources.insert(len(self._cameras.cameras), self._choice)
        return sources

    def _take(self, row: int) -> None:
        value = self._rows[row]
        if value is None:
            self.ask_for_file()
        else:
            self._choice = value
            self.chosen.emit(value)


def _drawing(source: Source) -> str:
    if isinstance(source, Camera):
        return "camera"
    return "image" if source.is_photo else "film"
