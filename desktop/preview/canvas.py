"""The picture itself: zoom and pan, comparison with the original, what was found in it."""

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.preview.images import FrameImage, quick_image
from desktop.preview.overlay import (
    HANDLE_PX,
    face_at,
    middle_of,
    paint_label,
    paint_landmarks,
    paint_outline,
    paint_wipe_line,
)
from desktop.preview.view_port import ViewPort
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID

if TYPE_CHECKING:
    from engine.pipeline import ProcessedFace
    from engine.types import RGBImage

_WHEEL_STEP: Final = 1.2
_SHARP_FROM: Final = 2.0
"""Zoom from which single pixels show as squares."""


class Comparison(Enum):
    """How the original shows beside the edit."""

    NONE = "none"
    WIPE = "wipe"
    SIDE_BY_SIDE = "side by side"


class PreviewCanvas(QWidget):
    """Shows a pair of pictures of one size. Wheel zooms, dragging pans or moves the wipe, a double click fits.

    Attributes:
        zoom_changed: the new scale, widget pixels a picture pixel.
        point_clicked: a point of the picture, QPointF, in its pixels.
        face_clicked: the face, of those that were found in the picture, that has this point.
    """

    zoom_changed = Signal(float)
    point_clicked = Signal(QPointF)
    face_clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edited: QImage | None = None
        self._original: QImage | None = None
        self._faces: tuple[ProcessedFace, ...] = ()
        self._port = ViewPort(QSizeF(self.size()), QSizeF())
        self._comparison = Comparison.NONE
        self._wipe = 0.5
        self._shows_original = False
        self._shows_faces = False
        self._hovered: ProcessedFace | None = None
        self._grabbed: QPointF | None = None
        self._grabs_wipe = False
        self._has_moved = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview"))
        self.setToolTip(self.tr("Wheel: zoom. Drag: move. Double click: fit. Click a face: edit it. Hold C: original."))
        theme.changed.connect(self.update)

    @property
    def port(self) -> ViewPort:
        """What shows."""
        return self._port

    @property
    def comparison(self) -> Comparison:
        """How the original shows."""
        return self._comparison

    @property
    def wipe(self) -> float:
        """Where the wipe stands, 0 the left edge of the picture, 1 the right one."""
        return self._wipe

    @property
    def shows_original(self) -> bool:
        """Whether the original shows in the place of the edit."""
        return self._shows_original

    def show_pictures(self, edited: "RGBImage", original: "RGBImage", faces: "tuple[ProcessedFace, ...]" = ()) -> None:
        """Show an edit, its original and the faces that were found in it."""
        shows_original = self._shows_original or self._comparison is not Comparison.NONE
        self._edited, self._faces = quick_image(edited), faces
        self._original = quick_image(original) if shows_original else FrameImage(original)
        self._hovered = None if self._hovered is None else face_at(faces, middle_of(self._hovered))
        picture = QSizeF(self._edited.size())
        if picture != self._port.picture:
            self._set_port(ViewPort(self._port.area, picture))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._edited = self._original = None
        self._faces, self._hovered = (), None
        self.update()

    def compare(self, comparison: Comparison) -> None:
        """Choose how the original shows."""
        self._comparison = comparison
        self._set_port(replace(self._port, area=self._pane(0).size()))
        self.update()

    def show_faces(self, shown: bool) -> None:
        """Draw the box and the landmarks of the face, or not."""
        self._shows_faces = shown
        self.update()

    def hold_original(self, held: bool) -> None:
        """Show the original in the place of the edit, for as long as it is held."""
        self._shows_original = held
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self._set_port(self._port.fitted())

    def actual_size(self) -> None:
        """Show one pixel of the picture on one pixel of the screen."""
        self._set_port(self._port.at_zoom(1 / self.devicePixelRatioF()))

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle."""
        self._set_port(self._port.zoomed(factor, self._pane(0).center() - self._pane(0).topLeft()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint the pictures as they are compared."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("canvas"))
        edited, original = self._edited, self._original
        if edited is None or original is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._port.scale < _SHARP_FROM)
        if self._comparison is Comparison.SIDE_BY_SIDE:
            self._paint_picture(painter, original, self._pane(0))
            self._paint_picture(painter, edited, self._pane(1))
            paint_label(painter, self.tr("Original"), self._pane(0))
            paint_label(painter, self.tr("Edited"), self._pane(1))
        else:
            self._paint_picture(painter, original if self._shows_original else edited, self._pane(0))
            if self._shows_original:
                paint_label(painter, self.tr("Original"), self._pane(0))
            elif self._comparison is Comparison.WIPE:
                self._paint_wipe(painter, original)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep what is in the middle there."""
        super().resizeEvent(event)
        self._set_port(replace(self._port, area=self._pane(0).size()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom around the pointer."""
        steps = event.angleDelta().y() / 120
        self._set_port(self._port.zoomed(_WHEEL_STEP**steps, self._in_pane(event.position())))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the wipe or of the picture."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._grabbed = event.position()
            self._has_moved = False
            self._grabs_wipe = event.button() == Qt.MouseButton.LeftButton and self._is_on_wipe(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move what is held."""
        if self._grabbed is None:
            self._hover(event.position())
            return
        moved = event.position() - self._grabbed
        self._has_moved = self._has_moved or moved.manhattanLength() > GRID
        if self._grabs_wipe:
            self._put_wipe(event.position().x())
        elif self._has_moved:
            self._set_port(self._port.moved(moved))
            self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go; a click that moved nothing chooses a point."""
        if self._grabbed is not None and not self._has_moved and not self._grabs_wipe and self._edited is not None:
            point = self._port.to_picture(self._in_pane(event.position()))
            if QRectF(self._edited.rect()).contains(point):
                self.point_clicked.emit(point)
            clicked = face_at(self._faces, point)
            if clicked is not None:
                self.face_clicked.emit(clicked)
        self._grabbed = None
        self._grabs_wipe = False

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Outline no face."""
        super().leaveEvent(event)
        self._outline(None)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Fit, or show exact pixels where it fits already."""
        if self._port.zoom is None:
            self.actual_size()
        else:
            self.fit()

    def _hover(self, point: QPointF) -> None:
        """Say what a click or a drag at this point would do."""
        on_wipe = self._is_on_wipe(point)
        self._outline(None if on_wipe else face_at(self._faces, self._port.to_picture(self._in_pane(point))))
        if on_wipe:
            shape = Qt.CursorShape.SplitHCursor
        else:
            shape = Qt.CursorShape.ArrowCursor if self._hovered is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(QCursor(shape))

    def _outline(self, face: "ProcessedFace | None") -> None:
        if face is not self._hovered:
            self._hovered = face
            self.update()

    def _set_port(self, port: ViewPort) -> None:
        before, self._port = self._port.scale, port
        if port.scale != before:
            self.zoom_changed.emit(port.scale)
        self.update()

    def _pane(self, index: int) -> QRectF:
        """Where a picture is shown: the whole widget, or the left (0) and right (1) half of it."""
        whole = QRectF(self.rect())
        if self._comparison is not Comparison.SIDE_BY_SIDE:
            return whole
        half = (whole.width() - GRID) / 2
        return QRectF(index * (half + GRID), 0, half, whole.height())

    def _in_pane(self, point: QPointF) -> QPointF:
        """The point relative to the pane that it lies in."""
        right = self._pane(1)
        return point - right.topLeft() if right.left() > 0 and right.contains(point) else point

    def _paint_picture(self, painter: QPainter, picture: QImage, pane: QRectF) -> None:
        painter.save()
        painter.setClipRect(pane)
        painter.drawImage(self._port.rect.translated(pane.topLeft()), picture)
        for face in self._faces:
            if self._shows_faces or face is self._hovered:
                paint_outline(painter, face, self._port, pane.topLeft(), self._theme)
            if self._shows_faces:
                paint_landmarks(painter, face, self._port, pane.topLeft(), self._theme)
        painter.restore()

    def _wipe_x(self) -> float:
        rect = self._port.rect
        return rect.left() + self._wipe * rect.width()

    def _put_wipe(self, x: float) -> None:
        rect = self._port.rect
        self._wipe = min(max((x - rect.left()) / max(rect.width(), 1.0), 0.0), 1.0)
        self.update()

    def _is_on_wipe(self, point: QPointF) -> bool:
        return self._comparison is Comparison.WIPE and abs(point.x() - self._wipe_x()) <= HANDLE_PX

    def _paint_wipe(self, painter: QPainter, original: QImage) -> None:
        x, rect = self._wipe_x(), self._port.rect
        painter.save()
        painter.setClipRect(QRectF(0, 0, x, self.height()))
        painter.drawImage(rect, original)
        painter.restore()
        paint_wipe_line(painter, x, rect, self.height(), self._theme)
        paint_label(painter, self.tr("Original"), QRectF(0, 0, x, self.height()))
