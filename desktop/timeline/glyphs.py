"""The marks of keyframes, drawn once for each theme: thousands of them are then copied, not drawn."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from desktop.theme.tokens import Tokens
from desktop.timeline.scene import PlacedKey
from engine.project import HOLD, LINEAR, Easing

_SIDE_PX: Final = 18
_SIZE_PX: Final = 5.0
_SELECTED_SIZE_PX: Final = 6.5
_SHAPES: Final = ("hold", "linear", "eased")


class KeyGlyphs:
    """A diamond, a square where a keyframe holds, a disc where it is eased; selected ones are larger too.

    Args:
        tokens: colours.
        ratio: device pixels a pixel.
    """

    def __init__(self, tokens: Tokens, ratio: float) -> None:
        self._tokens = tokens
        self._ratio = ratio
        self._drawn = {(shape, chosen): self._drawing(shape, chosen) for shape in _SHAPES for chosen in (False, True)}

    def suit(self, tokens: Tokens, ratio: float) -> bool:
        """Whether they were drawn for this theme and this screen."""
        return tokens == self._tokens and ratio == self._ratio

    def draw(self, painter: QPainter, placed: PlacedKey, *, is_selected: bool) -> None:
        """Draw the mark of a keyframe."""
        corner = QPointF(placed.at.x() - _SIDE_PX / 2, placed.at.y() - _SIDE_PX / 2)
        painter.drawPixmap(corner, self._drawn[_shape(placed.keyframe.easing), is_selected])

    def _drawing(self, shape: str, is_selected: bool) -> QPixmap:
        image = QPixmap(round(_SIDE_PX * self._ratio), round(_SIDE_PX * self._ratio))
        image.setDevicePixelRatio(self._ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._tokens.field), 1.5))
        painter.setBrush(QColor(self._tokens.keyframe_selected if is_selected else self._tokens.keyframe))
        size = _SELECTED_SIZE_PX if is_selected else _SIZE_PX
        middle = _SIDE_PX / 2
        if shape == "hold":
            side = size * 0.8
            painter.drawRect(QRectF(middle - side, middle - side, 2 * side, 2 * side))
        elif shape == "linear":
            points = (
                (middle, middle - size),
                (middle + size, middle),
                (middle, middle + size),
                (middle - size, middle),
            )
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        else:
            painter.drawEllipse(QPointF(middle, middle), size * 0.9, size * 0.9)
        painter.end()
        return image


def _shape(easing: Easing) -> str:
    return "hold" if easing == HOLD else "linear" if easing == LINEAR else "eased"
