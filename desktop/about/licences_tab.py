"""Licences: the project's own, and those of the libraries that it brings along."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from desktop.about.libraries import Library, bundled_libraries
from desktop.about.version import ROOT
from desktop.background import Job
from desktop.studio import Studio
from desktop.theme.theme import monospace_font
from desktop.theme.tokens import GRID

_OWN: Final = ("LICENSE", "NOTICE")
_TEXT: Final = Qt.ItemDataRole.UserRole
_LIST_WIDTH_PX: Final = 256


class LicencesTab(QWidget):
    """A list of works, and the text of the one that is chosen; read off the UI thread."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._job: Job[str] | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Program and libraries"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(monospace_font())
        self.text.setAccessibleName(self.tr("Text of the licence"))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_WIDTH_PX, 3 * _LIST_WIDTH_PX])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 0)
        layout.addWidget(split)
        for name in _OWN:
            self._add(f"EGGAN Studio: {name}", ROOT / name)
        self.list.currentItemChanged.connect(self._choose)
        self.list.setCurrentRow(0)
        studio.background.run(bundled_libraries, self._add_libraries)

    def _add(self, title: str, source: Path | Library) -> None:
        item = QListWidgetItem(title, self.list)
        item.setData(_TEXT, source)

    def _add_libraries(self, libraries: list[Library]) -> None:
        for library in libraries:
            self._add(f"{library.name} {library.version}: {library.licence}", library)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if self._job is not None:
            self._job.cancel()
        if item is not None:
            self._job = self._studio.background.run(partial(_read, item.data(_TEXT)), self._show)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)


def _read(source: Path | Library) -> str:
    if isinstance(source, Path):
        return source.read_text("utf-8") if source.is_file() else f"{source} is missing."
    head = "\n".join(filter(None, [f"{source.name} {source.version}", source.licence, source.home]))
    return f"{head}\n\n\n{source.text()}".rstrip()
