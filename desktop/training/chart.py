"""A plot with its title and a legend, whose entries show values and switch curves on and off."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.training.course import Curve
from desktop.training.plot import Plot
from desktop.training.scale import number
from desktop.training.words import curve_name
from desktop.widgets.labels import label

_SAMPLE: Final = QSize(20, 10)
_COLUMN_PX: Final = 144


class Chart(QWidget):
    """Shows curves; the pointer, or else the latest step, chooses the values in the legend."""

    def __init__(self, theme: Theme, title: str, *, is_log: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curves: Mapping[str, Curve] = {}
        self.plot: Final = Plot(theme, is_log=is_log, parent=self)
        self.plot.setAccessibleName(title)
        self.entries: Final[dict[str, QToolButton]] = {}
        self._note = label("", "dim", self)
        self._legend = QGridLayout()
        self._legend.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(label(title, "heading", self), 1)
        head.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)
        layout.addLayout(self._legend)
        self.plot.pointed.connect(self._show_values)
        theme.changed.connect(self._draw_samples)

    def show_curves(self, curves: Mapping[str, Curve], end: int) -> None:
        """Show curves that lead to the step `end`."""
        if curves is self._curves:
            return
        self._curves = curves
        self.plot.show_curves(curves, end)
        if curves.keys() - self.entries.keys():
            for name in curves:
                if name not in self.entries:
                    self.entries[name] = self._entry(name)
            self._draw_samples()
            self._lay_out()
        self._show_values(None)

    def _entry(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setCheckable(True)
        button.setChecked(True)
        button.setProperty("role", "legend")
        button.setIconSize(_SAMPLE)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(curve_name(name))
        button.setToolTip(QCoreApplication.translate("Chart", "Show or hide: {}").format(curve_name(name)))
        button.toggled.connect(self._choose)
        return button

    def _choose(self) -> None:
        self.plot.hide_curves(frozenset(name for name, entry in self.entries.items() if not entry.isChecked()))
        self._draw_samples()

    def _show_values(self, step: int | None) -> None:
        shown = self.plot.values_at(2**62 if step is None else step)
        for name, value in shown.items():
            self.entries[name].setText(f"{curve_name(name)}  {number(value)}")
        self._note.setText("" if step is None else self.tr("step {}").format(f"{step:,}"))

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Give the legend as many columns as there is room for."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # passed on
        self._lay_out()

    def _lay_out(self) -> None:
        columns = max(1, self.width() // _COLUMN_PX)
        for place, entry in enumerate(self.entries.values()):
            self._legend.addWidget(entry, place // columns, place % columns, Qt.AlignmentFlag.AlignLeft)
            entry.show()

    def _draw_samples(self, _tokens: object = None) -> None:
        """A piece of each curve's line; of those that are hidden, none."""
        ratio = self.devicePixelRatioF()
        for name, entry in self.entries.items():
            sample = QPixmap(_SAMPLE * ratio)
            sample.setDevicePixelRatio(ratio)
            sample.fill(Qt.GlobalColor.transparent)
            color, dashes = self.plot.look_of(name)
            pen = QPen(
                color if entry.isChecked() else self._theme.color("text_disabled"), 2.5 if entry.isChecked() else 1
            )
            if dashes:
                pen.setDashPattern([part * 0.7 for part in dashes])
            painter = QPainter(sample)
            painter.setPen(pen)
            painter.drawLine(0, _SAMPLE.height() // 2, _SAMPLE.width(), _SAMPLE.height() // 2)
            painter.end()
            entry.setIcon(QIcon(sample))
