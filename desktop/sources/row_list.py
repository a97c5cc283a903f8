"""A list without scroll bars of its own, as high as its rows, for panels that scroll as a whole."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from desktop.theme.tokens import GRID


class RowList(QListWidget):
    """Rows that a click or Enter opens.

    Args:
        name: for assistive technology.
        row_px: height of a row.
        icon: size of the pictures.
        parent: as for every widget.
    """

    def __init__(self, name: str, row_px: int, icon: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_px = row_px
        self.setAccessibleName(name)
        self.setProperty("role", "gallery")
        self.setIconSize(icon)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """Be as high as the rows, and not there without any."""
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, self._row_px))
        self.setFixedHeight(self.count() * self._row_px + GRID)
        self.setVisible(self.count() > 0)
