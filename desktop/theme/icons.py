"""Icons: our own drawings in assets/icons, in the colours of the theme, sharp at any scale."""

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.places import ASSETS
from desktop.theme.tokens import Tokens

_FOLDER: Final = ASSETS / "icons"
_SIZES_PX: Final = (16, 24, 32, 48, 64)


def drawing(name: str, color: str) -> bytes:
    """Return the SVG called `name` with its lines in `color`."""
    return (_FOLDER / f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())


def pixmap(name: str, color: str, size_px: int) -> QPixmap:
    """Draw an icon, `size_px` device pixels square."""
    image = QPixmap(QSize(size_px, size_px))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing(name, color))).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return image


def themed_icon(name: str, tokens: Tokens) -> QIcon:
    """Return an icon for buttons and menus: dim when disabled, accented when checked."""
    icon = QIcon()
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, tokens.text),
        (QIcon.Mode.Normal, QIcon.State.On, tokens.accent_hover),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.text_disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, tokens.text_disabled),
    )
    for mode, state, color in looks:
        for size_px in _SIZES_PX:
            icon.addPixmap(pixmap(name, color, size_px), mode, state)
    return icon
