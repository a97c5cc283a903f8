"""Pictures of any size in a frame of one size, for outputs that cannot change theirs."""

import cv2
import numpy as np

from engine.types import RGBImage


def letterboxed(pixels: RGBImage, width: int, height: int) -> RGBImage:
    """Scale a picture uint8 [H, W, 3] into uint8 [height, width, 3], centred on black; as it is where it fits."""
    rows, columns = pixels.shape[:2]
    if (columns, rows) == (width, height):
        return pixels
    scale = min(width / columns, height / rows)
    inner = max(1, round(columns * scale)), max(1, round(rows * scale))
    scaled = cv2.resize(pixels, inner, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    boxed = np.zeros((height, width, 3), np.uint8)
    boxed[top : top + inner[1], left : left + inner[0]] = scaled
    return boxed
