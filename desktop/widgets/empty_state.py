"""What an area shows while there is nothing in it: what would be here, and how to get it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label

_PICTURE_PX = 48


class EmptyState(QWidget):
    """A picture, a title, a hint, and buttons; the first one is the primary one.

    Args:
        theme: for the picture.
        icon: name of a drawing.
        title, hint: what would be here, and how to get it.
        actions: the buttons.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        hint: str,
        actions: Iterable[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._picture = QLabel(self)
        theme.changed.connect(self._draw)
        self._draw()
        heading = label(title, "title", self)
        explanation = label(hint, "dim", self)
        explanation.setWordWrap(True)
        for text in (heading, explanation):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch()
        for index, action in enumerate(actions):
            button = QPushButton(action.text().rstrip("…"), self)
            button.setToolTip(action.toolTip())
            button.setProperty("role", "primary" if index == 0 else "")
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addStretch()
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(heading)
        layout.addWidget(explanation)
        layout.addLayout(buttons)
        layout.addStretch()

    def _draw(self) -> None:
        self._picture.setPixmap(self._theme.picture(self._icon, _PICTURE_PX, self.devicePixelRatioF()))
