"""One stage: its name, a bar as long as its share, and its milliseconds."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ROW_HEIGHT
from desktop.widgets.labels import label


class ShareBar(QWidget):
    """A bar that fills its share of the width, 0..1."""

    def __init__(self, theme: Theme, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._color = color
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(10 * GRID)
        theme.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How much is filled."""
        return self._share

    def show_share(self, share: float) -> None:
        """Fill so much."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a little."""
        return QSize(20 * GRID, 2 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the groove and what is filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, self.height() / 2 - GRID, self.width(), 2 * GRID)
        painter.setBrush(self._theme.color("field"))
        painter.drawRoundedRect(groove, GRID / 2, GRID / 2)
        painter.setBrush(self._theme.color(self._color))
        filled = QRectF(groove.left(), groove.top(), groove.width() * self._share, groove.height())
        painter.drawRoundedRect(filled, GRID / 2, GRID / 2)


class StageRow(QWidget):
    """Shows the time of one stage."""

    def __init__(self, theme: Theme, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = label(name, None, self)
        heading.setFixedWidth(26 * GRID)
        self.bar: Final = ShareBar(theme, "accent", self)
        self.time_label: Final = label("–", "dim", self)
        self.time_label.setFixedWidth(16 * GRID)
        self.time_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.time_label)
        self.setFixedHeight(ROW_HEIGHT)
        self.setToolTip(hint)

    def show_time(self, milliseconds: float | None, longest: float) -> None:
        """Show a time, None where the stage has not run, beside the longest of all."""
        self.time_label.setText("–" if milliseconds is None else f"{milliseconds:.1f} ms")
        self.bar.show_share(0.0 if milliseconds is None or not longest else milliseconds / longest)
