"""Icons: our own drawings in assets/icons, in the colours of the theme, sharp at any scale."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.places import ASSETS
from desktop.theme.tokens import Tokens

_FOLDER: Final = ASSETS / "icons"
_SIZES_PX: Final = (16, 32)
"""Device pixels: of a button on an ordinary and on a dense screen."""


@cache
def _source(name: str) -> bytes:
    return (_FOLDER / f"{name}.svg").read_bytes()


def drawing(name: str, color: str) -> bytes:
    """Return the SVG called `name` with its lines in `color`."""
    return _source(name).replace(b"currentColor", color.encode())


def pixmaps(name: str, color: str, sizes_px: Sequence[int] = _SIZES_PX) -> list[QPixmap]:
    """Draw an icon in some sizes, device pixels."""
    renderer = QSvgRenderer(QByteArray(drawing(name, color)))
    images = []
    for size_px in sizes_px:
        image = QPixmap(QSize(size_px, size_px))
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
        images.append(image)
    return images


def themed_icon(name: str, tokens: Tokens) -> QIcon:
    """Return an icon for buttons and menus: dim when disabled, accented when checked."""
    icon = QIcon()
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, tokens.text),
        (QIcon.Mode.Normal, QIcon.State.On, tokens.accent_hover),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.text_disabled),
    )
    for mode, state, color in looks:
        for image in pixmaps(name, color):
            icon.addPixmap(image, mode, state)
    return icon
