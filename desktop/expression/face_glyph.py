"""A small face in which the part that an action unit moves stands out, with the way it moves."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme

_SIDE_PX: Final = 22


class _Hint(NamedTuple):
    """Features that light up, and arrows (x, y, dx, dy) in a face of 24 units."""

    features: frozenset[str]
    arrows: tuple[tuple[float, float, float, float], ...] = ()


def _hint(features: str, *arrows: tuple[float, float, float, float]) -> _Hint:
    return _Hint(frozenset(features.split()), arrows)


_HINTS: Final = {
    1: _hint("brows", (10.2, 6.4, 0, -3.2), (13.8, 6.4, 0, -3.2)),
    2: _hint("brows", (6.2, 6.8, 0, -3.2), (17.8, 6.8, 0, -3.2)),
    4: _hint("brows", (9.5, 4, 1, 3), (14.5, 4, -1, 3)),
    5: _hint("eyes", (8, 8.8, 0, -2.6), (16, 8.8, 0, -2.6)),
    6: _hint("cheeks", (6.2, 15.5, 0, -3), (17.8, 15.5, 0, -3)),
    7: _hint("eyes", (8, 13.2, 0, -2), (16, 13.2, 0, -2)),
    9: _hint("nose", (10.6, 14.5, 0, -3.4), (13.4, 14.5, 0, -3.4)),
    10: _hint("mouth", (12, 17, 0, -3)),
    12: _hint("mouth", (8.2, 17.8, -2.4, -2.2), (15.8, 17.8, 2.4, -2.2)),
    14: _hint("mouth cheeks", (6, 17.6, 2, 0), (18, 17.6, -2, 0)),
    15: _hint("mouth", (8.2, 17.4, -1.4, 3), (15.8, 17.4, 1.4, 3)),
    17: _hint("chin", (12, 22.4, 0, -3)),
    20: _hint("mouth", (8.4, 17.6, -3, 0), (15.6, 17.6, 3, 0)),
    23: _hint("mouth", (6.4, 17.6, 2.4, 0), (17.6, 17.6, -2.4, 0)),
    25: _hint("mouth", (12, 16.6, 0, -2), (12, 18.8, 0, 2)),
    26: _hint("mouth chin", (12, 19, 0, 3)),
    45: _hint("eyes", (8, 8, 0, 3), (16, 8, 0, 3)),
}


class FaceGlyph(QWidget):
    """The drawing for AU `au`, in the colour called `color` of the theme."""

    def __init__(self, theme: Theme, au: int, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = _HINTS[au]
        self._color = color
        self.setFixedSize(_SIDE_PX, _SIDE_PX)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return its fixed size."""
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the face."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 24, self.height() / 24)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.tokens.text_disabled), 1.1))
        painter.drawRoundedRect(QRectF(3.5, 1.5, 17, 21), 8, 9.5)
        for name, path in _FEATURES.items():
            active = name in self._hint.features
            if name in _ONLY_WHEN_ACTIVE and not active:
                continue
            tokens = self._theme.tokens
            color = QColor(getattr(tokens, self._color) if active else tokens.text_disabled)
            painter.setPen(QPen(color, 1.9 if active else 1.2, c=Qt.PenCapStyle.RoundCap))
            painter.drawPath(path)
        painter.setPen(QPen(QColor(self._theme.tokens.text), 1.2, c=Qt.PenCapStyle.RoundCap))
        for x, y, dx, dy in self._hint.arrows:
            _paint_arrow(painter, QPointF(x, y), QPointF(dx, dy))


def _paint_arrow(painter: QPainter, start: QPointF, by: QPointF) -> None:
    end = start + by
    length = max((by.x() ** 2 + by.y() ** 2) ** 0.5, 1e-6)
    along, across = by / length, QPointF(-by.y(), by.x()) / length
    painter.drawLine(start, end)
    for side in (1.2, -1.2):
        painter.drawLine(end, end - along * 1.4 + across * side)


def _curve(*points: tuple[float, float]) -> QPainterPath:
    """Quadratic curves: a start, then a control point and an end for each."""
    path = QPainterPath(QPointF(*points[0]))
    for control, end in zip(points[1::2], points[2::2], strict=True):
        path.quadTo(QPointF(*control), QPointF(*end))
    return path


def _pair(path: QPainterPath) -> QPainterPath:
    """A path and its mirror image."""
    both = QPainterPath(path)
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        point = QPointF(24 - element.x, element.y)
        if element.isMoveTo():
            both.moveTo(point)
        else:
            both.lineTo(point)
    return both


def _eyes() -> QPainterPath:
    path = QPainterPath()
    for x in (8.0, 16.0):
        path.addEllipse(QPointF(x, 10.5), 1.9, 1.2)
    return path


_FEATURES: Final = {
    "brows": _pair(_curve((5.6, 7.8), (8, 6.0), (10.4, 7.4))),
    "eyes": _eyes(),
    "nose": _curve((12, 10.8), (11, 13.6), (11.2, 14.2), (12, 15), (12.8, 14.2)),
    "cheeks": _pair(_curve((5.4, 13.6), (6.8, 15.6), (8.6, 15.0))),
    "mouth": _curve((8.8, 17.6), (12, 18.8), (15.2, 17.6)),
    "chin": _curve((10.2, 21), (12, 20.2), (13.8, 21)),
}
_ONLY_WHEN_ACTIVE: Final = frozenset({"cheeks", "chin"})
