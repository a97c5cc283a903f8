"""A plot of curves over the steps of a training: a legend to switch curves with, and values under the pointer."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.training.course import Curve
from desktop.training.scale import Scale, number, scale_of, thinned

_COLORS: Final = ("upper_face", "lower_face", "success", "strength", "text", "keyframe_selected", "measured")
_DASHES: Final = ((), (4.0, 2.0), (1.5, 2.0))
"""Each round of colours has its own, so that no two curves look alike."""
_TICK_ROOM_PX: Final = 28
_DOT_PX: Final = 2.5
_FEW_POINTS: Final = 2
_COLUMN_PX: Final = 3
"""Points that lie closer than this are thinned: wide lines with many corners are slow to paint."""


class Plot(QWidget):
    """Curves by name, in the order of their first appearance; the values' axis is logarithmic where they allow it.

    Attributes:
        pointed: the step under the pointer, None when it leaves.
    """

    pointed = Signal(object)

    def __init__(self, theme: Theme, *, is_log: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_log = is_log
        self._curves: Mapping[str, Curve] = {}
        self._places: dict[str, int] = {}
        self._hidden: frozenset[str] = frozenset()
        self._end = 0
        self._step: int | None = None
        self._painted: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._repaint)

    def show_curves(self, curves: Mapping[str, Curve], end: int) -> None:
        """Show curves.

        Args:
            curves: their points, by name.
            end: the training's last step; the axis leads there.
        """
        if curves is self._curves and end == self._end:
            return
        self._curves, self._end = curves, end
        for name in curves:
            self._places.setdefault(name, len(self._places))
        self._repaint()

    def hide_curves(self, names: frozenset[str]) -> None:
        """Show all curves but these."""
        self._hidden = names
        self._repaint()

    def look_of(self, name: str) -> tuple[QColor, tuple[float, ...]]:
        """Colour and dashes of a curve; the legend shows the same."""
        place = self._places.get(name, 0)
        color = self._theme.color(_COLORS[place % len(_COLORS)])
        return color, _DASHES[place // len(_COLORS) % len(_DASHES)]

    def point_at(self, step: int | None) -> None:
        """Show a line at a step, as another plot's pointer does."""
        if step != self._step:
            self._step = step
            self.update()

    def values_at(self, step: int) -> dict[str, float]:
        """The value of each curve at its point nearest before or at the step, or its first one."""
        found = {}
        for name, points in self._curves.items():
            index = bisect_left(points, (step + 1,)) - 1
            found[name] = points[max(index, 0)][1]
        return found

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a usual size."""
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size."""
        return QSize(160, 96)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Paint anew."""
        super().resizeEvent(event)
        self._painted = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint grid and curves, which are kept until they change, and the pointer."""
        if self._painted is None:
            self._painted = self._paint()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted)
        if self._step is not None and self._curves:
            area = self._area()
            x = area.left() + self._steps().share(self._step) * area.width()
            painter.setPen(QPen(self._theme.color("text_dim"), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Point at a step."""
        area = self._area()
        share = (event.position().x() - area.left()) / max(area.width(), 1.0)
        self._point(round(self._steps().value(min(max(share, 0.0), 1.0))))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Point at nothing."""
        super().leaveEvent(event)
        self._point(None)

    def _repaint(self, _tokens: object = None) -> None:
        self._painted = None
        self.update()

    def _paint(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(self.font())
        if not self._curves:
            painter.fillRect(self.rect(), self._theme.color("field"))
            painter.setPen(self._theme.color("text_dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No values yet"))
            painter.end()
            return picture
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = {name: points for name, points in self._curves.items() if name not in self._hidden}
        values = scale_of([value for points in shown.values() for _, value in points], is_log=self._is_log)
        area, steps = self._area(), self._steps()
        self._paint_grid(painter, area, steps, values)
        painter.setClipRect(area.adjusted(-_DOT_PX, -_DOT_PX, _DOT_PX, _DOT_PX))
        for name, points in shown.items():
            self._paint_curve(painter, area, steps, values, name, points)
        painter.end()
        return picture

    def _point(self, step: int | None) -> None:
        self.point_at(step)
        self.pointed.emit(step)

    def _steps(self) -> Scale:
        last = max((points[-1][0] for points in self._curves.values() if points), default=0)
        return Scale(0.0, float(max(self._end, last, 1)))

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(self.font())
        left = metrics.horizontalAdvance("0.0001") + 3 * GRID
        return QRectF(left, GRID, self.width() - left - 3 * GRID, self.height() - metrics.height() - 3 * GRID)

    def _paint_grid(self, painter: QPainter, area: QRectF, steps: Scale, values: Scale) -> None:
        tokens, metrics = self._theme.tokens, QFontMetricsF(self.font())
        painter.fillRect(area, QColor(tokens.field))
        line, text = QPen(QColor(tokens.grid), 1), QPen(QColor(tokens.text_dim))
        for value in values.ticks(max(2, int(area.height() / _TICK_ROOM_PX))):
            y = round(area.bottom() - values.share(value) * area.height()) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(text)
            place = QRectF(0, y - metrics.height() / 2, area.left() - 1.5 * GRID, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(value))
        room = metrics.horizontalAdvance("000,000") * 1.5
        for step in steps.ticks(max(2, int(area.width() / room))):
            if step != round(step):
                continue
            x = round(area.left() + steps.share(step) * area.width()) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(text)
            width = min(room, 2 * (self.width() - x))
            place = QRectF(x - width / 2, area.bottom() + GRID, width, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{step:,.0f}")

    def _paint_curve(
        self, painter: QPainter, area: QRectF, steps: Scale, values: Scale, name: str, points: Curve
    ) -> None:
        places = [
            QPointF(area.left() + steps.share(step) * area.width(), area.bottom() - values.share(value) * area.height())
            for step, value in thinned(points, max(1, int(area.width() / _COLUMN_PX)))
        ]
        color, dashes = self.look_of(name)
        pen = QPen(color, 1.75)
        if dashes:
            pen.setDashPattern(list(dashes))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        if len(places) <= _FEW_POINTS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            for place in places:
                painter.drawEllipse(place, _DOT_PX, _DOT_PX)
