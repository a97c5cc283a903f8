"""One line of the panel: what moves, its slider, its value, and what can be done with it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QToolButton, QWidget

from desktop.expression.face_glyph import FaceGlyph
from desktop.expression.slider import ValueSlider
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ROW_HEIGHT
from desktop.widgets.labels import label
from desktop.widgets.number_field import inset
from engine.action_units import AU_DESCRIPTIONS, MAX_INTENSITY

CONTEXT: Final = "ActionUnit"
STRENGTH_RANGE: Final = (0.0, 2.0)
"""What the strength's slider offers; its field takes all that the engine does."""
_BUTTON: Final = QSize(14, 14)


class ValueRow(QWidget):
    """The row of AU `au`, or with None of the strength.

    Attributes:
        grabbed: a hand begins to move it: (au).
        changed: a hand sets a value: (au, value).
        reset: back to following the source: (au).
        solo_changed, lock_changed: (au, on).
    """

    grabbed = Signal(object)
    changed = Signal(object, float)
    reset = Signal(object)
    solo_changed = Signal(object, bool)
    lock_changed = Signal(object, bool)

    def __init__(self, theme: Theme, au: int | None, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.au: Final = au
        low, high = STRENGTH_RANGE if au is None else (0.0, MAX_INTENSITY)
        name = self.tr("Strength") if au is None else QCoreApplication.translate(CONTEXT, AU_DESCRIPTIONS[au])
        title = name if au is None else f"AU{au}"
        self.slider: Final = ValueSlider(theme, low, high, color, self)
        self.field: Final = _field(low, high, self)
        for widget in (self.slider, self.field):
            widget.setAccessibleName(name if au is None else f"{title} {name}")
        self.slider.setToolTip(
            self.tr("{}\nDrag, or use the arrow keys. Shift drags slowly. The triangle marks the source.").format(
                name if au is None else f"{title} — {name}"
            )
        )
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(GRID // 2)
        layout.setVerticalSpacing(0)
        layout.setColumnStretch(2, 1)
        if au is not None:
            layout.addWidget(FaceGlyph(theme, au, color, self), 0, 0)
        heading = label(title, None, self)
        heading.setFixedWidth(56 if au is None else 36)
        heading.setToolTip(name)
        layout.addWidget(heading, 0, 1)
        layout.addWidget(self.slider, 0, 2)
        layout.addWidget(self.field, 0, 3)
        self.reset_button: Final = self._button(theme, "reset", self.tr("Follow the source again"))
        self.reset_button.clicked.connect(lambda: self.reset.emit(self.au))
        layout.addWidget(self.reset_button, 0, 4)
        self.solo_button: Final = self._button(theme, "solo", self.tr("Solo: show this one alone"), checkable=True)
        self.lock_button: Final = self._button(
            theme, "unlock", self.tr("Lock: sliders and presets leave it alone"), checkable=True
        )
        for column, button in ((5, self.solo_button), (6, self.lock_button)):
            layout.addWidget(button, 0, column)
            button.setVisible(au is not None)
        self._theme = theme
        self.solo_button.toggled.connect(lambda on: self.solo_changed.emit(self.au, on))
        self.lock_button.toggled.connect(self._lock)
        self.slider.grabbed.connect(lambda: self.grabbed.emit(self.au))
        self.slider.moved.connect(self._take_from_slider)
        self.field.valueChanged.connect(self._take_from_field)
        self.setFixedHeight(ROW_HEIGHT + GRID)

    def show_value(self, value: float | None, source: float | None, at_rest: float) -> None:
        """Show what the document says, or where it says nothing what the source shows.

        Args:
            value: at the playhead; None where the track follows the source.
            source: measured; None while it is not known.
            at_rest: what a track shows that is not set and not measured.
        """
        followed = at_rest if source is None else source
        shown = followed if value is None else value
        self.slider.show_value(shown, is_set=value is not None)
        self.slider.show_ghost(source)
        with QSignalBlocker(self.field):
            self.field.setValue(shown)
        self.reset_button.setEnabled(value is not None and not self.lock_button.isChecked())

    def _button(self, theme: Theme, icon: str, hint: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setIconSize(_BUTTON)
        button.setFixedSize(_BUTTON + QSize(GRID, GRID))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(hint)
        button.setAccessibleName(f"{hint}, AU{self.au}" if self.au is not None else hint)
        theme.give_icon(button, icon)
        return button

    def _take_from_slider(self, value: float) -> None:
        with QSignalBlocker(self.field):
            self.field.setValue(value)
        self.changed.emit(self.au, value)

    def _take_from_field(self, value: float) -> None:
        self.grabbed.emit(self.au)
        self.changed.emit(self.au, value)

    def _lock(self, locked: bool) -> None:
        self._theme.give_icon(self.lock_button, "lock" if locked else "unlock")
        for widget in (self.slider, self.field, self.reset_button):
            widget.setEnabled(not locked)
        self.lock_changed.emit(self.au, locked)


def _field(low: float, high: float, parent: QWidget) -> QDoubleSpinBox:
    field = QDoubleSpinBox(parent)
    inset(field)
    field.setRange(low, high)
    field.setDecimals(2)
    field.setSingleStep(0.1)
    field.setFixedWidth(64)
    field.setKeyboardTracking(False)
    return field
