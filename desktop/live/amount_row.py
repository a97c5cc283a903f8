"""A slider with its value beside it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from desktop.expression.slider import ValueSlider
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.widgets.number_field import inset


class AmountRow(QWidget):
    """Emits what a hand sets.

    Args:
        theme: of the application.
        name: for assistive technology.
        high: the range begins at 0.
        suffix: the unit.
        decimals: of the value.

    Attributes:
        changed: the new value.
    """

    changed = Signal(float)

    def __init__(
        self, theme: Theme, name: str, high: float, suffix: str, decimals: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._decimals = decimals
        self.slider = ValueSlider(theme, 0.0, high, "accent", self)
        self.field = QDoubleSpinBox(self)
        inset(self.field)
        self.field.setRange(0.0, high)
        self.field.setDecimals(decimals)
        self.field.setSingleStep(0.1 if decimals else 10.0)
        self.field.setSuffix(suffix)
        self.field.setFixedWidth(72)
        self.field.setKeyboardTracking(False)
        for widget in (self.slider, self.field):
            widget.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.field)
        self.slider.moved.connect(self._take)
        self.field.valueChanged.connect(self._take)

    def show_value(self, value: float) -> None:
        """Show a value; emits nothing."""
        self.slider.show_value(value, is_set=True)
        with QSignalBlocker(self.field):
            self.field.setValue(value)

    def _take(self, value: float) -> None:
        rounded = round(value, self._decimals)
        self.show_value(rounded)
        self.changed.emit(rounded)
