"""A picture as large as there is room for, never larger than its pixels."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme

_LEAST_PX: Final = 64


class PictureView(QWidget):
    """Shows one picture, or in words why there is none yet."""

    def __init__(self, theme: Theme, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nothing = nothing
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def picture(self) -> QImage | None:
        """What shows."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture, or none."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a usual size, whatever the picture's."""
        return QSize(320, 120)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size."""
        return QSize(_LEAST_PX, _LEAST_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the picture, or the words."""
        painter = QPainter(self)
        if self._picture is None:
            painter.fillRect(self.rect(), self._theme.color("field"))
            painter.setPen(self._theme.color("text_dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._nothing)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        own = QSizeF(self._picture.size())
        shown = own.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(own)
        painter.drawImage(QRectF(0, 0, shown.width(), shown.height()), self._picture)
