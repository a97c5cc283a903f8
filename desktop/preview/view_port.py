"""Which part of a picture shows, and how large: fit, exact pixels, any zoom between."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

SMALLEST: Final = 0.05
LARGEST: Final = 32.0


@dataclass(frozen=True)
class ViewPort:
    """Immutable; each change returns a new one.

    Attributes:
        area: size of the widget, device-independent pixels.
        picture: size of the picture in its own pixels.
        zoom: widget pixels a picture pixel; None fits the picture into the area.
        center: the point of the picture in the middle of the area; ignored while it fits.
    """

    area: QSizeF
    picture: QSizeF
    zoom: float | None = None
    center: QPointF | None = None

    @property
    def scale(self) -> float:
        """Widget pixels a picture pixel."""
        if self.zoom is not None:
            return self.zoom
        if self.picture.isEmpty() or self.area.isEmpty():
            return 1.0
        return min(self.area.width() / self.picture.width(), self.area.height() / self.picture.height())

    @property
    def rect(self) -> QRectF:
        """Where the picture lies in the area."""
        size = QSizeF(self.picture.width() * self.scale, self.picture.height() * self.scale)
        middle = QPointF(self.area.width() / 2, self.area.height() / 2)
        if self.zoom is None or self.center is None:
            return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())
        return QRectF(
            middle.x() - self.center.x() * self.scale,
            middle.y() - self.center.y() * self.scale,
            size.width(),
            size.height(),
        )

    def to_picture(self, point: QPointF) -> QPointF:
        """The point of the picture that shows at a point of the area."""
        offset = point - self.rect.topLeft()
        return QPointF(offset.x() / self.scale, offset.y() / self.scale)

    def to_area(self, point: QPointF) -> QPointF:
        """Where a point of the picture shows."""
        return self.rect.topLeft() + QPointF(point.x() * self.scale, point.y() * self.scale)

    def zoomed(self, factor: float, around: QPointF) -> "ViewPort":
        """Zoom by `factor`; what shows at the point `around` of the area stays there."""
        zoom = min(max(self.scale * factor, SMALLEST), LARGEST)
        fixed = self.to_picture(around)
        middle = QPointF(self.area.width() / 2, self.area.height() / 2)
        away = (around - middle) / zoom
        return replace(self, zoom=zoom, center=fixed - away)

    def moved(self, by: QPointF) -> "ViewPort":
        """Move the picture by so many pixels of the area; one that fits stays."""
        if self.zoom is None:
            return self
        center = self.center or QPointF(self.picture.width() / 2, self.picture.height() / 2)
        x = min(max(center.x() - by.x() / self.scale, 0.0), self.picture.width())
        y = min(max(center.y() - by.y() / self.scale, 0.0), self.picture.height())
        return replace(self, center=QPointF(x, y))

    def fitted(self) -> "ViewPort":
        """Show the whole picture."""
        return replace(self, zoom=None, center=None)

    def at_zoom(self, zoom: float) -> "ViewPort":
        """Show so many widget pixels a picture pixel, around what is in the middle now."""
        middle = QPointF(self.area.width() / 2, self.area.height() / 2)
        return self.zoomed(zoom / self.scale, middle)
