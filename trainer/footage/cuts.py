"""Hard cuts in a video: where one frame has little in common with the one before."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import RGBImage

_SIDE: Final = 32
_BINS: Final = 32
_DIFFERENCE: Final = 22.0
"""Mean absolute difference of small grey pictures, 0..255."""
_COMMON: Final = 0.75
"""Share of the grey values that two frames have in common, wherever they are: motion alone leaves more."""


class CutDetector:
    """Compares each frame with the one before. Owned by one thread."""

    def __init__(self) -> None:
        self._last: NDArray[np.uint8] | None = None

    def is_cut(self, pixels: RGBImage) -> bool:
        """Whether a frame, uint8 [H, W, 3] RGB, begins another shot than the frame given before."""
        small = _small(pixels)
        last, self._last = self._last, small
        if last is None:
            return False
        difference = float(cv2.absdiff(small, last).mean())
        return difference > _DIFFERENCE and _common(small, last) < _COMMON


def _small(pixels: RGBImage) -> NDArray[np.uint8]:
    step = max(1, min(pixels.shape[:2]) // (4 * _SIDE))
    reduced = cv2.resize(np.ascontiguousarray(pixels[::step, ::step]), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(reduced, cv2.COLOR_RGB2GRAY), np.uint8)


def _common(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    first, second = (np.bincount(picture.ravel() // (256 // _BINS), minlength=_BINS) for picture in (a, b))
    return float(np.minimum(first, second).sum() / a.size)
