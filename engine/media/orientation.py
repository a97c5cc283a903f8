"""The display matrix of a video: how a phone says that its frames are stored lying on their side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import cv2
import numpy as np
from av import VideoFrame
from av.buffer import Buffer

from engine.types import RGBImage

_FLIP_ROWS: Final = 0
_FLIP_COLUMNS: Final = 1


@dataclass(frozen=True, slots=True)
class Orientation:
    """One of the eight ways a picture can lie: transposed first, then flipped."""

    is_transposed: bool = False
    flips_columns: bool = False
    flips_rows: bool = False

    def upright(self, pixels: RGBImage) -> RGBImage:
        """Return `pixels`, uint8 [H, W, 3], as they are meant to be seen; a new array unless nothing has to be done."""
        if self.is_transposed:
            pixels = cv2.transpose(pixels).astype(np.uint8, copy=False)
        if self.flips_columns:
            pixels = cv2.flip(pixels, _FLIP_COLUMNS).astype(np.uint8, copy=False)
        if self.flips_rows:
            pixels = cv2.flip(pixels, _FLIP_ROWS).astype(np.uint8, copy=False)
        return pixels


def orientation_of(frame: VideoFrame) -> Orientation:
    """Read a decoded frame's display matrix; rotations that are no quarter turns count as the nearest one.

    FFmpeg's matrix [[a, b, u], [c, d, v], [x, y, w]] puts the stored pixel (x, y) at (a·x + c·y, b·x + d·y).
    """
    side_data: Mapping[str, Buffer] = cast("Mapping[str, Buffer]", frame.side_data)
    matrix = side_data.get("DISPLAYMATRIX")
    if matrix is None:
        return Orientation()
    (a, b, _), (c, d, _), _ = np.frombuffer(bytes(matrix), np.int32).reshape(3, 3).tolist()
    if abs(a) >= abs(b):
        return Orientation(is_transposed=False, flips_columns=a < 0, flips_rows=d < 0)
    return Orientation(is_transposed=True, flips_columns=c < 0, flips_rows=b < 0)
