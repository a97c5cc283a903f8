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
        width, height: of the pictures, in pixels.

    Attributes:
        coverage: uint8 [H, W], 0 where pictures stay as they are.
    """

    def __init__(self, width: int, height: int) -> None:
        size_px = max(_SMALLEST_PX, round(_HEIGHT_SHARE * min(width, height)))
        letters = _letters(size_px)
        margin = round(_MARGIN * size_px)
        inner = min(width, letters.shape[1]), min(height, letters.shape[0])
        left, top = max(0, width - margin - inner[0]), max(0, height - margin - inner[1])
        ink = np.zeros((height, width), np.uint8)
        ink[top : top + inner[1], left : left + inner[0]] = letters[-inner[1] :, -inner[0] :]
        edge = Image.fromarray(ink).filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.GaussianBlur(_BLUR * size_px))
        self.coverage: Final[NDArray[np.uint8]] = np.maximum(ink, np.asarray(edge))
        rows, columns = (np.flatnonzero(self.coverage.any(axis=axis)) for axis in (1, 0))
        self._box: Final = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        white = (_INK * ink[self._box] / _WHITE)[..., None]
        black = (_SHADE * np.asarray(edge)[self._box] / _WHITE)[..., None]
        self._kept: Final[FloatArray] = np.asarray((1 - black) * (1 - white), np.float32)
        self._added: Final[FloatArray] = np.asarray(_WHITE * white, np.float32)

    def on(self, pixels: RGBImage) -> RGBImage:
        """Return a copy of uint8 [H, W, 3] RGB with the mark, read-only."""
        marked = pixels.copy()
        marked[self._box] = np.rint(pixels[self._box] * self._kept + self._added)
        marked.flags.writeable = False
        return marked


def _letters(size_px: int) -> NDArray[np.uint8]:
    """Draw the words, uint8 [h, w], 255 where they cover a pixel, cropped to them."""
    font = ImageFont.load_default(size_px)
    left, top, right, bottom = font.getbbox(AI_EDITED)
    drawn = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(drawn).text((-left, -top), AI_EDITED, _WHITE, font)
    return np.asarray(drawn)
