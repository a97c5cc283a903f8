"""A slider for one value, with a ghost mark where the source itself stands."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ROW_HEIGHT

_KNOB_PX: Final = 6.0
_GROOVE_PX: Final = 4.0
_FINE: Final = 0.1
_COARSE: Final = 1.0
_SHIFT_SLOWER: Final = 0.2
"""Of the pointer's movement, while Shift is held."""


class ValueSlider(QWidget):
    """Owned by the UI thread. Setting a value from code emits nothing.

    Args:
        theme: of the application.
        low, high: the range.
        color: name of the token for the part that is filled.

    Attributes:
        grabbed: a drag or a key begins to move it.
        moved: the new value, by hand.
        released: the drag has ended.
    """

    grabbed = Signal()
    moved = Signal(float)
    released = Signal()

    def __init__(self, theme: Theme, low: float, high: float, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low, self._high = low, high
        self._color = color
        self._value = low
        self._ghost: float | None = None
        self._is_set = False
        self._last_x: float | None = None
        self._dragged = low
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(64)
        theme.changed.connect(self.update)

    @property
    def value(self) -> float:
        """Where it stands."""
        return self._value

    @property
    def ghost(self) -> float | None:
        """Where the source itself stands, None while that is not known."""
        return self._ghost

    @property
    def is_set(self) -> bool:
        """Whether the value is set; otherwise it follows the source, and shows hollow."""
        return self._is_set

    def show_value(self, value: float, *, is_set: bool) -> None:
        """Stand at a value that the document has, or that the source has where it is not set."""
        if (value, is_set) != (self._value, self._is_set):
            self._value, self._is_set = value, is_set
            self.update()

    def show_ghost(self, ghost: float | None) -> None:
        """Mark where the source itself stands."""
        if ghost != self._ghost:
            self._ghost = ghost
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a usual width."""
        return QSize(140, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least width."""
        return QSize(64, ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint groove, filling, ghost mark and knob."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        middle = self.height() / 2
        groove = QRectF(_KNOB_PX, middle - _GROOVE_PX / 2, self.width() - 2 * _KNOB_PX, _GROOVE_PX)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.field))
        painter.drawRoundedRect(groove, _GROOVE_PX / 2, _GROOVE_PX / 2)
        knob, zero = self._x_of(self._value), self._x_of(min(max(0.0, self._low), self._high))
        color = QColor(getattr(tokens, self._color))
        if self._is_set:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            filled = QRectF(min(zero, knob), groove.top(), abs(knob - zero), _GROOVE_PX)
            painter.drawRoundedRect(filled, _GROOVE_PX / 2, _GROOVE_PX / 2)
        if self._ghost is not None:
            self._paint_ghost(painter, self._x_of(self._ghost), middle)
        painter.setPen(
            QPen(QColor(tokens.focus if self.hasFocus() else tokens.text_dim), 2 if self.hasFocus() else 1.25)
        )
        painter.setBrush(color if self._is_set else QColor(tokens.panel))
        painter.drawEllipse(QPointF(knob, middle), _KNOB_PX - 1, _KNOB_PX - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Jump to the pointer and take hold."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._last_x = event.position().x()
        self.grabbed.emit()
        if abs(self._x_of(self._value) - self._last_x) > _KNOB_PX:
            self._move_to(self._value_at(self._last_x))
        self._dragged = self._value

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Follow the pointer; with Shift, slowly."""
        if self._last_x is None:
            return
        step = event.position().x() - self._last_x
        self._last_x = event.position().x()
        slowly = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._dragged += step * self._unit() * (_SHIFT_SLOWER if slowly else 1.0)
        self._move_to(self._dragged)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Let go."""
        if self._last_x is not None:
            self._last_x = None
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Move only with the focus, so that scrolling a panel changes nothing on the way."""
        if not self.hasFocus():
            event.ignore()
            return
        self._step(event.angleDelta().y() / 120 * _FINE)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move a little, Page Up and Page Down much, Home and End to the ends."""
        steps = {
            Qt.Key.Key_Right: _FINE,
            Qt.Key.Key_Up: _FINE,
            Qt.Key.Key_Left: -_FINE,
            Qt.Key.Key_Down: -_FINE,
            Qt.Key.Key_PageUp: _COARSE,
            Qt.Key.Key_PageDown: -_COARSE,
            Qt.Key.Key_Home: self._low - self._high,
            Qt.Key.Key_End: self._high - self._low,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def _step(self, by: float) -> None:
        self.grabbed.emit()
        self._move_to(round(self._value + by, 3))
        self.released.emit()

    def _move_to(self, value: float) -> None:
        limited = min(max(value, self._low), self._high)
        if limited != self._value or not self._is_set:
            self._value, self._is_set = limited, True
            self.update()
            self.moved.emit(limited)

    def _unit(self) -> float:
        """Value a pixel."""
        return (self._high - self._low) / max(self.width() - 2 * _KNOB_PX, 1.0)

    def _x_of(self, value: float) -> float:
        return _KNOB_PX + (value - self._low) / self._unit()

    def _value_at(self, x: float) -> float:
        return self._low + (x - _KNOB_PX) * self._unit()

    def _paint_ghost(self, painter: QPainter, x: float, middle: float) -> None:
        """A small triangle under the groove."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.measured))
        top = middle + _GROOVE_PX / 2 + 1
        painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x - GRID, top + 5), QPointF(x + GRID, top + 5)]))
