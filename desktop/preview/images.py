"""Frames as Qt's images."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from engine.types import RGBImage


class FrameImage(QImage):
    """A picture uint8 [H, W, 3] RGB, contiguous, as an image that reads the array's own memory and keeps it alive."""

    def __init__(self, pixels: "RGBImage") -> None:
        height, width = pixels.shape[:2]
        super().__init__(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._pixels = pixels


def quick_image(pixels: "RGBImage") -> QImage:
    """Return a picture as an image in the format that Qt scales several times faster, for 0.1 ms of copying in HD."""
    return FrameImage(pixels).convertToFormat(QImage.Format.Format_RGB32)
