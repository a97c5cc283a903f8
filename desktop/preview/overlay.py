"""Boxes and landmarks over the picture."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.preview.view_port import ViewPort
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID

if TYPE_CHECKING:
    from engine.pipeline import ProcessedFace

_POINT_PX: Final = 1.6


def paint_face(painter: QPainter, face: "ProcessedFace", port: ViewPort, origin: QPointF, theme: Theme) -> None:
    """Draw where a face is, and its 478 landmarks; accented where it is one that is edited.

    Args:
        painter: of the canvas.
        face: in the picture's pixels.
        port: how the picture shows.
        origin: of the pane that it shows in.
        theme: of the application.
    """
    left, top, right, bottom = face.track.box_px
    box = QRectF(port.to_area(QPointF(left, top)), port.to_area(QPointF(right, bottom))).translated(origin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("accent" if face.is_selected else "text_dim"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, GRID, GRID)
    painter.setPen(QPen(theme.color("keyframe_selected"), _POINT_PX, c=Qt.PenCapStyle.RoundCap))
    points = [port.to_area(QPointF(x, y)) + origin for x, y in face.track.landmarks_px[:, :2].tolist()]
    painter.drawPoints(points)
    painter.restore()
