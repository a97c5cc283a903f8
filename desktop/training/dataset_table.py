"""What is in a dataset, as a small table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.theme.tokens import GRID
from desktop.training.dataset_facts import DatasetFacts
from desktop.widgets.labels import label


class DatasetTable(QWidget):
    """What is in a dataset, and what was left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DatasetFacts | None = None
        self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(2, 1)

    def show_facts(self, facts: DatasetFacts | None) -> None:
        """Show them; nothing while there are none."""
        if facts is self._facts:
            return
        self._facts = facts
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = 0
        if facts is None:
            return
        names = {"train": self.tr("To train on"), "test": self.tr("To test with")}
        for split, counts in facts.splits.items():
            people = (
                self.tr("of {} people").format(f"{counts.people:,}") if counts.people != 1 else self.tr("of 1 person")
            )
            self._add(names.get(split, split), f"{counts.pictures:,}", people, "heading")
        for reason, count in facts.rejected.items():
            self._add(self._reasons().get(reason, reason), f"{count:,}", self.tr("left out"), None)

    def _add(self, name: str, count: str, note: str, role: str | None) -> None:
        number = label(count, "heading", self)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        cells: tuple[QLabel, ...] = (label(name, "heading" if role else None, self), number, label(note, "dim", self))
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, self._rows, column)
        self._rows += 1

    def _reasons(self) -> dict[str, str]:
        return {
            "no-face": self.tr("No face"),
            "several-faces": self.tr("Several faces"),
            "small": self.tr("Face too small"),
            "pose": self.tr("Turned too far away"),
            "occluded": self.tr("Covered or cut off"),
            "blurred": self.tr("Blurred"),
            "duplicate": self.tr("Nearly the same as another"),
            "by-hand": self.tr("Put aside by hand"),
            "unreadable": self.tr("Damaged files"),
        }
