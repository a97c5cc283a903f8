"""How much of a face something covers, judged by colour.

The colours of five places where a face shows skin are compared with their median: sunglasses, a mask or an object
before a cheek stand out, light from the side does not much. The forehead is left out, as hair belongs there, and so are
mouth and chin, as beards do. What has the colour of skin, as a hand, is not seen.
"""

from typing import Final

import cv2
import numpy as np

from engine.faces.alignment import transform_points
from engine.types import Affine, FloatArray, RGBImage

_SKIN: Final = (
    (230, 229, 231, 120),  # under the eyes
    (450, 449, 451, 349),
    (50, 205, 187, 123),  # cheeks
    (280, 425, 411, 352),
    (195, 5, 4, 45, 275),  # nose
)
"""MediaPipe's landmarks of each place."""
_BLUR_PX: Final = 2.0
_LIGHTNESS_WEIGHT: Final = 0.3
"""Shadows change the lightness far more than the hue."""


def covered(crop: RGBImage, frame_to_crop: Affine, landmarks_px: FloatArray) -> float:
    """The largest distance of a place's colour from the skin's, in units of Lab; above 19 something covers it.

    Args:
        crop: the aligned face, uint8 [S, S, 3] RGB.
        frame_to_crop: [2, 3] from frame pixels to crop pixels.
        landmarks_px: [478, 3] in frame pixels.
    """
    lab = cv2.cvtColor(cv2.GaussianBlur(crop, (0, 0), _BLUR_PX), cv2.COLOR_RGB2LAB).astype(np.float32)
    points = transform_points(frame_to_crop, landmarks_px[:, :2])
    x, y = np.clip(points.round().astype(np.int64), 0, crop.shape[0] - 1).T
    colours = np.stack([lab[y[list(place)], x[list(place)]].mean(axis=0) for place in _SKIN])
    distances = (colours - np.median(colours, axis=0)) * np.array([_LIGHTNESS_WEIGHT, 1, 1], np.float32)
    return float(np.linalg.norm(distances, axis=1).max())


def outside(landmarks_px: FloatArray, width: int, height: int) -> float:
    """Share of the landmarks [478, 3] that lie beyond the picture's border."""
    x, y = landmarks_px[:, 0], landmarks_px[:, 1]
    return float(((x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)).mean())
