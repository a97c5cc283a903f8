"""A large button: an icon, what it does, and a sentence about it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label

_ICON_PX = 24
_HEIGHT_PX = 16 * GRID


class Tile(QPushButton):
    """Pressed like any button; its texts are labels, since a button's own has one line.

    Args:
        theme: for the icon.
        icon: name of a drawing.
        title, hint: the texts.
        parent: the owner.
        picture: shows in place of the icon.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        hint: str,
        parent: QWidget | None = None,
        picture: QPixmap | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setProperty("role", "tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.setMinimumHeight(_HEIGHT_PX)
        self._picture = QLabel(self)
        explanation = label(hint, "dim", self)
        explanation.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addStretch()
        texts.addWidget(label(title, "heading", self))
        texts.addWidget(explanation)
        texts.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(self._picture)
        layout.addLayout(texts, 1)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if picture is None:
            theme.changed.connect(self._draw)
            self._draw()
        else:
            self._picture.setPixmap(picture)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return what the texts need."""
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint().expandedTo(QSize(0, _HEIGHT_PX))

    def _draw(self, _tokens: object = None) -> None:
        self._picture.setPixmap(self._theme.picture(self._icon, _ICON_PX, self.devicePixelRatioF()))
