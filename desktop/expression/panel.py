"""The panel of all sliders."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.expression.row import ValueRow
from desktop.expression.steered import SteeredExpression
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import add_line, label
from desktop.widgets.scrolling import fill_scrolling
from engine.action_units import LOWER_FACE, UPPER_FACE


class ExpressionPanel(QWidget):
    """A slider for each action unit, and the strength of all.

    Args:
        studio: as for every panel.
        expression: what the sliders show and set; the project's at the playhead unless said otherwise.
    """

    def __init__(self, studio: Studio, expression: SteeredExpression | None = None) -> None:
        super().__init__()
        self._studio = studio
        self._expression = expression or studio.expression
        self._solo: frozenset[int] = frozenset()
        self.rows: Final[dict[int | None, ValueRow]] = {}
        content = QWidget(self)
        content.setProperty("surface", "panel")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(0)
        lines.addLayout(self._head())
        lines.addWidget(self._row(None, "strength"))
        for title, numbers, color in (
            (self.tr("Upper face"), UPPER_FACE, "upper_face"),
            (self.tr("Lower face"), LOWER_FACE, "lower_face"),
        ):
            add_line(lines, content)
            lines.addWidget(label(title, "section", content))
            for number in numbers:
                lines.addWidget(self._row(number, color))
        lines.addStretch()
        fill_scrolling(self, content)
        self.setMinimumWidth(320)
        self._expression.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width at which names and sliders have room."""
        return QSize(340, 560)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, GRID)
        head.addWidget(label(self._expression.title, "dim", self), 1)
        button = QToolButton(self)
        button.setText(self.tr("Reset all"))
        button.setToolTip(self.tr("Let every action unit follow the source again"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._studio.theme.give_icon(button, "reset")
        button.clicked.connect(self._expression.follow_all)
        head.addWidget(button)
        return head

    def _row(self, au: int | None, color: str) -> ValueRow:
        row = ValueRow(self._studio.theme, au, color, self)
        row.grabbed.connect(self._expression.grab)
        row.changed.connect(self._expression.set_value)
        row.reset.connect(self._expression.follow)
        row.solo_changed.connect(self._change_solo)
        row.lock_changed.connect(self._lock)
        self.rows[au] = row
        return row

    def _change_solo(self, au: int, on: bool) -> None:
        self._solo = self._solo | {au} if on else self._solo - {au}
        self._expression.show_only(self._solo or None)

    def _lock(self, au: int, on: bool) -> None:
        self._expression.locks.lock(au, on)
        self._show()

    def _show(self) -> None:
        for au, row in self.rows.items():
            source = None if au is None else self._expression.source(au)
            row.show_value(self._expression.value(au), source, 1.0 if au is None else 0.0)
