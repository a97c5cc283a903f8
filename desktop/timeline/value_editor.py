"""A small field that opens at a keyframe to type its value."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from engine.action_units import MAX_INTENSITY
from engine.project.track import STRENGTH_LIMIT

_ENDING: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ValueEditor(QDoubleSpinBox):
    """Shown by `open_at`; Enter and leaving keep what was typed, Escape gives back the value of before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._area = parent
        self.setDecimals(2)
        self.setSingleStep(0.1)
        self.setFixedWidth(88)
        self.setAccessibleName(self.tr("Value of the keyframe"))
        self._take: Callable[[float], None] | None = None
        self._before = 0.0
        self.editingFinished.connect(self._close)
        self.valueChanged.connect(self._pass_on)
        self.hide()

    def open_at(self, point: QPoint, au: int | None, value: float, take: Callable[[float], None]) -> None:
        """Show the field near `point` of its parent; `take` gets every value while it is typed."""
        self._take = None
        self.setRange(*((-STRENGTH_LIMIT, STRENGTH_LIMIT) if au is None else (0.0, MAX_INTENSITY)))
        self.setValue(value)
        self._take, self._before = take, value
        room = self._area.size()
        self.adjustSize()
        self.move(
            min(max(0, point.x() + 8), room.width() - self.width()),
            min(max(0, point.y() - self.height() - 4), room.height() - self.height()),
        )
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keep Escape and Enter for itself: the timeline under it knows them too."""
        if not isinstance(event, QKeyEvent) or event.key() not in _ENDING:
            return super().event(event)
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.setValue(self._before)
            else:
                self.interpretText()
            self._close()
        event.accept()
        return True

    def _pass_on(self, value: float) -> None:
        if self._take is not None:
            self._take(value)

    def _close(self) -> None:
        if self._take is not None:
            self._take = None
            had_focus = self.window().focusWidget() in (self, self.lineEdit())
            self.hide()
            if had_focus:  # and not where somebody has clicked meanwhile
                self._area.setFocus()
