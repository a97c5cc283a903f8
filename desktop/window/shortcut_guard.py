"""Keys that a window's shortcuts must leave to the widget that has the focus."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.expression.slider import ValueSlider

_MOVING: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)
_WRITING: Final = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class ShortcutGuard(QObject):
    """Space presses a button that was reached by Tab, arrows move a slider, and letters are typed, not shortcuts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Claim a key for the focused widget; it then comes as an ordinary key press."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and _is_for(watched, event)
        ):
            event.accept()
            return True
        return False


def _is_for(widget: QWidget, event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        if isinstance(widget, _WRITING):
            return key != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
        if isinstance(widget, QAbstractButton | QComboBox):
            return key == Qt.Key.Key_Space
        if isinstance(widget, QAbstractItemView):
            return key in _MOVING or key == Qt.Key.Key_Space
        if isinstance(widget, QAbstractSlider | ValueSlider):
            return key in _MOVING
    return False
