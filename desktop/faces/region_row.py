"""One region of the face: its name, a slider and a value in percent."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from desktop.expression.slider import ValueSlider
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ROW_HEIGHT
from desktop.widgets.labels import label
from desktop.widgets.number_field import inset

_PERCENT: Final = 100.0


class RegionRow(QWidget):
    """Emits what a hand sets.

    Args:
        theme: of the application.
        region: as the engine calls it.
        name: for people.

    Attributes:
        grabbed: a hand begins to move it.
        changed: the region and its new strength, 0..1.
    """

    grabbed = Signal()
    changed = Signal(str, float)

    def __init__(self, theme: Theme, region: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._region: Final = region
        self.slider: Final = ValueSlider(theme, 0.0, 1.0, "accent", self)
        self.field: Final = QDoubleSpinBox(self)
        inset(self.field)
        self.field.setRange(0.0, _PERCENT)
        self.field.setDecimals(0)
        self.field.setSingleStep(5.0)
        self.field.setSuffix(" %")
        self.field.setFixedWidth(64)
        self.field.setKeyboardTracking(False)
        heading = label(name, None, self)
        heading.setFixedWidth(52)
        for widget in (self.slider, self.field):
            widget.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(heading)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.field)
        self.setFixedHeight(ROW_HEIGHT + GRID)
        self.slider.grabbed.connect(self.grabbed)
        self.slider.moved.connect(self._take)
        self.field.valueChanged.connect(self._take_from_field)

    def show_strength(self, strength: float) -> None:
        """Show a strength, 0..1; emits nothing."""
        self.slider.show_value(strength, is_set=True)
        with QSignalBlocker(self.field):
            self.field.setValue(strength * _PERCENT)

    def _take(self, strength: float) -> None:
        self.changed.emit(self._region, round(strength, 2))

    def _take_from_field(self, percent: float) -> None:
        self.grabbed.emit()
        self._take(percent / _PERCENT)
