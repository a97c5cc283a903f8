"""The steps on the way to a model, side by side: which are done, which one shows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.training.standing import StageState
from desktop.training.words import state_name
from desktop.widgets.labels import line

_ICONS: Final = {
    StageState.OPEN: "dot",
    StageState.RUNNING: "play",
    StageState.DONE: "check",
    StageState.STOPPED: "pause",
    StageState.FAILED: "error",
}
_LINE_PX: Final = 28


class Stepper(QWidget):
    """A button a step.

    Attributes:
        chosen: the place of the step that is to show, by hand.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = names
        self.buttons: Final[list[QToolButton]] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for place, name in enumerate(names):
            if place:
                between = line(self)
                between.setFixedWidth(_LINE_PX)
                layout.addWidget(between, 0, Qt.AlignmentFlag.AlignVCenter)
            button = QToolButton(self)
            button.setText(f"{place + 1}  {name}")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("role", "page")
            button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            self.buttons.append(button)
            layout.addWidget(button)
        layout.addStretch()

    def show_step(self, place: int) -> None:
        """Mark the step that shows."""
        self.buttons[place].setChecked(True)

    def show_states(self, states: Sequence[StageState]) -> None:
        """Show where each step stands."""
        for button, name, state in zip(self.buttons, self._names, states, strict=True):
            self._theme.give_icon(button, _ICONS[state])
            told = f"{name}: {state_name(state)}"
            button.setToolTip(told)
            button.setAccessibleName(told)
