"""The words "AI-edited" in the lower right corner of a picture."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engine.media.disclosure import AI_EDITED
from engine.types import FloatArray, RGBImage

_HEIGHT_SHARE: Final = 0.028
"""Of the shorter side."""
_SMALLEST_PX: Final = 10
_MARGIN: Final = 0.65
_BLUR: Final = 0.1
"""Of the font's size."""
_INK: Final = 0.9
_SHADE: Final = 0.62
_WHITE: Final = 255


class VisibleMark:
    """White letters with a soft dark edge, blended in, so that they are legible on any ground.

    Args:
        width, height: of the pictures, in pixels; what does not fit into small ones is cut off.
    """

    def __init__(self, width: int, height: int) -> None:
        size_px = max(_SMALLEST_PX, round(_HEIGHT_SHARE * min(width, height)))
        ink, edge = _drawn(size_px)
        rows, columns = ink.shape
        outer = max(0, round(_MARGIN * size_px) - _padding(size_px))
        left, top = max(0, width - outer - columns), max(0, height - outer - rows)
        self._size: Final = height, width
        self._box: Final = (slice(top, min(height, top + rows)), slice(left, min(width, left + columns)))
        ink, edge = (drawn[: height - top, : width - left] for drawn in (ink, edge))
        white = (_INK * ink / _WHITE)[..., None]
        black = (_SHADE * edge / _WHITE)[..., None]
        self._kept: Final[FloatArray] = np.asarray((1 - black) * (1 - white), np.float32)
        self._added: Final[FloatArray] = np.asarray(_WHITE * white, np.float32)
        self._drawn: Final = np.maximum(ink, edge)

    @property
    def coverage(self) -> NDArray[np.uint8]:
        """How much of a picture's pixels it covers, uint8 [H, W]; 0 where they stay as they are."""
        covered = np.zeros(self._size, np.uint8)
        covered[self._box] = self._drawn
        return covered

    def on(self, pixels: RGBImage) -> RGBImage:
        """Return a copy of uint8 [H, W, 3] RGB with the mark, read-only."""
        marked = pixels.copy()
        marked[self._box] = np.rint(pixels[self._box] * self._kept + self._added)
        marked.flags.writeable = False
        return marked


def _padding(size_px: int) -> int:
    """Pixels around the letters that their edge needs."""
    return 2 + round(4 * _BLUR * size_px)


def _drawn(size_px: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw the words and the edge around them, each uint8 [h, w], 255 where they cover a pixel."""
    font = ImageFont.load_default(size_px)
    padding = _padding(size_px)
    left, top, right, bottom = font.getbbox(AI_EDITED)
    drawn = Image.new("L", (round(right - left) + 2 * padding, round(bottom - top) + 2 * padding))
    ImageDraw.Draw(drawn).text((padding - left, padding - top), AI_EDITED, _WHITE, font)
    edge = drawn.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.GaussianBlur(_BLUR * size_px))
    return np.asarray(drawn), np.asarray(edge)
