"""Cuts: frames that do not continue the one before."""

from typing import Final

import cv2
import numpy as np

from engine.types import FloatArray, RGBImage

_WIDTH: Final = 32
_HEIGHT: Final = 18
_LEVELS: Final = 8
_COLOUR_CHANGE: Final = 0.2
_PICTURE_CHANGE: Final = 0.08
_SUDDENNESS: Final = 3.0


class SceneCuts:
    """Sees cuts by small pictures: the colours change, each place changes, and far more than they just did.

    All three must hold: a flash changes places but is gone, a pan changes places at a steady rate, a hand before the
    camera comes within several frames.
    """

    def __init__(self) -> None:
        self._size: tuple[int, int] | None = None
        self._picture: FloatArray | None = None
        self._colours: FloatArray | None = None
        self._usual_change = 0.0

    def is_cut(self, pixels: RGBImage) -> bool:
        """Whether this frame, uint8 [H, W, 3] RGB, begins a shot: the first, one of another size, or after a cut."""
        size = pixels.shape[:2]
        picture = _small(pixels)
        colours = _histogram(picture)
        earlier_picture, earlier_colours = self._picture, self._colours
        same_size = self._size == size
        self._size, self._picture, self._colours = size, picture, colours
        if earlier_picture is None or earlier_colours is None or not same_size:
            self._usual_change = 0.0
            return True
        change = float(np.abs(picture - earlier_picture).mean())
        colour_change = 1 - float(np.minimum(colours, earlier_colours).sum())
        cut = change > _PICTURE_CHANGE and colour_change > _COLOUR_CHANGE and change > _SUDDENNESS * self._usual_change
        self._usual_change = 0.0 if cut else 0.7 * self._usual_change + 0.3 * change
        return cut

    def forget(self) -> None:
        """Take the next frame for the first."""
        self._size = None


def _small(pixels: RGBImage) -> FloatArray:
    """A picture [18, 32, 3], 0..1, from a sample of the pixels: cheap for large frames."""
    step = max(1, min(pixels.shape[:2]) // (4 * _HEIGHT))
    small = cv2.resize(np.ascontiguousarray(pixels[::step, ::step]), (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


def _histogram(picture: FloatArray) -> FloatArray:
    """How often each level of each channel occurs, float32 [24]; levels shared out linearly between their bins."""
    values = picture.reshape(-1, 3) * (_LEVELS - 1)
    lower = np.minimum(values.astype(np.intp), _LEVELS - 2)
    share = values - lower
    counts = np.zeros((3, _LEVELS), np.float32)
    for channel in range(3):
        counts[channel] += np.bincount(lower[:, channel], 1 - share[:, channel], _LEVELS).astype(np.float32)
        counts[channel] += np.bincount(lower[:, channel] + 1, share[:, channel], _LEVELS).astype(np.float32)
    return counts.ravel() / np.float32(values.size)
