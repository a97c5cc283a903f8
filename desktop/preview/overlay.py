"""What is drawn over a picture: faces and their landmarks, the line of the wipe, labels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.preview.view_port import ViewPort
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID

if TYPE_CHECKING:
    from engine.pipeline import ProcessedFace

HANDLE_PX: Final = 6.0
"""Radius of the wipe's handle."""
_POINT_PX: Final = 1.6
_SHADE: Final = QColor(0, 0, 0, 150)
_WHITE: Final = QColor(255, 255, 255)


def face_at(faces: "Sequence[ProcessedFace]", point: QPointF) -> "ProcessedFace | None":
    """Return the face whose box holds a point of the picture, the smallest of several; None where there is none."""
    there = [face for face in faces if _box_of(face).contains(point)]
    return min(there, key=lambda face: _box_of(face).width(), default=None)


def middle_of(face: "ProcessedFace") -> QPointF:
    """Return the middle of a face, in pixels of the picture."""
    return _box_of(face).center()


def paint_outline(painter: QPainter, face: "ProcessedFace", port: ViewPort, origin: QPointF, theme: Theme) -> None:
    """Draw where a face is, and its number: solid where it is edited, dashed where it is left as it is.

    Args:
        painter: of the canvas.
        face: in the picture's pixels.
        port: how the picture shows.
        origin: of the pane that it shows in.
        theme: of the application.
    """
    box = _box_of(face)
    shown = QRectF(port.to_area(box.topLeft()), port.to_area(box.bottomRight())).translated(origin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_SHADE, 3.5))
    painter.drawRoundedRect(shown, GRID, GRID)
    painter.setPen(QPen(theme.color("accent"), 2) if face.is_selected else QPen(_WHITE, 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(shown, GRID, GRID)
    text = (
        QCoreApplication.translate("FaceOutline", "Face {} · edited")
        if face.is_selected
        else QCoreApplication.translate("FaceOutline", "Face {}")
    ).format(face.track.id + 1)
    width = painter.fontMetrics().horizontalAdvance(text) + 3 * GRID
    badge = QRectF(shown.left(), shown.top() - 6 * GRID, width, 5 * GRID)
    if badge.top() < origin.y():
        badge.moveTop(max(shown.top() + GRID, origin.y() + GRID))
    _paint_badge(painter, badge, text)
    painter.restore()


def paint_landmarks(painter: QPainter, face: "ProcessedFace", port: ViewPort, origin: QPointF, theme: Theme) -> None:
    """Draw the 478 landmarks of a face; arguments as for `paint_outline`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("keyframe_selected"), _POINT_PX, c=Qt.PenCapStyle.RoundCap))
    points = [port.to_area(QPointF(x, y)) + origin for x, y in face.track.landmarks_px[:, :2].tolist()]
    painter.drawPoints(points)
    painter.restore()


def paint_wipe_line(painter: QPainter, x: float, picture: QRectF, height: float, theme: Theme) -> None:
    """Draw the line between original and edit at `x`, over a picture's rectangle, with a handle in the middle."""
    middle = min(max(picture.center().y(), 0.0), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 3))
    painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()))
    painter.setPen(QPen(_WHITE, 1))
    painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()))
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(QPointF(x, middle), HANDLE_PX, HANDLE_PX)


def paint_label(painter: QPainter, text: str, pane: QRectF) -> None:
    """Write what a pane shows into its corner, where there is room."""
    width = painter.fontMetrics().horizontalAdvance(text) + 4 * GRID
    badge = QRectF(pane.left() + 2 * GRID, pane.top() + 2 * GRID, width, 6 * GRID)
    if badge.right() <= pane.right():
        _paint_badge(painter, badge, text)


def _paint_badge(painter: QPainter, badge: QRectF, text: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_SHADE)
    painter.drawRoundedRect(badge, GRID, GRID)
    painter.setPen(_WHITE)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


def _box_of(face: "ProcessedFace") -> QRectF:
    left, top, right, bottom = face.track.box_px
    return QRectF(QPointF(left, top), QPointF(right, bottom))
