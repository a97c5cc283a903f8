"""Finds how much lower or higher the generator draws the mouth than it is in the real face.

Faces are aligned by eyes and nose, so a lookalike's mouth is where the other person's would be. Lips are redder and
darker than the skin around them, however blurred they are and whatever they do; that finds them where optical flow
between two different mouths fails.
"""

from typing import Final

import cv2
import numpy as np

from engine.compositor.filters import luminance, pixel_grid, smoothstep
from engine.compositor.regions import LIPS, NOSE_BASE, hull_mask
from engine.types import FloatArray

_FARTHEST_PX: Final = 8
_PRIOR_PX: Final = 4.0
_DARKNESS: Final = np.float32(0.35)
_TEMPERATURE: Final = 0.02
_RING: Final = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)), np.uint8)
_RING_PX: Final = 5
_LOWER_LIP_PULL_PX: Final = 0.5
_SIDE_PX: Final = (18.0, 42.0)


def mouth_field(generated: FloatArray, landmarks: FloatArray) -> FloatArray:
    """Displacement [S, S, 2] from the real lower face to the generated one: vertical, the same from mouth to chin.

    Args:
        generated: float32 [S, S, 3] RGB.
        landmarks: [478, 2] of the real face, crop pixels.
    """
    size = generated.shape[0]
    x, y = pixel_grid(size)
    lips = landmarks[list(LIPS)]
    centre, top = float(lips[:, 0].mean()), float(lips[:, 1].min())
    nose = min(float(landmarks[NOSE_BASE, 1]), top - 2)
    field: FloatArray = np.zeros((size, size, 2), np.float32)
    reach = smoothstep(y, nose - 2, top) * (1 - smoothstep(np.abs(x - centre), *_SIDE_PX))
    field[..., 1] = mouth_offset(generated, lips) * reach
    return field


def mouth_offset(generated: FloatArray, lips: FloatArray) -> float:
    """How many pixels the generated mouth lies below the outline `lips` [N, 2], -8..8; 0 where there is no telling."""
    size = generated.shape[0]
    inside = hull_mask(lips, size)
    ring = np.asarray(cv2.dilate(inside, _RING), np.float32) - inside
    box = cv2.boundingRect((ring > 0).astype(np.uint8))
    left, top, width, height = (int(edge) for edge in box)
    if inside.sum() < 1 or ring.sum() < 1:
        return 0.0
    template = (inside / inside.sum() - ring / ring.sum())[top : top + height, left : left + width]
    redness = np.log((generated[..., 0] + np.float32(0.05)) / (generated[..., 1] + np.float32(0.05)))
    signal = redness - _DARKNESS * np.log(luminance(generated) + np.float32(0.05))
    rows = np.clip(np.arange(top - _FARTHEST_PX, top + height + _FARTHEST_PX), 0, size - 1)
    response = cv2.matchTemplate(signal[rows, left : left + width], template, cv2.TM_CCORR)[:, 0]
    offsets = np.arange(-_FARTHEST_PX, _FARTHEST_PX + 1)
    score = response / _TEMPERATURE - 0.5 * np.square(offsets / _PRIOR_PX)
    likelihood = np.exp(score - score.max())
    return float((likelihood * offsets).sum() / likelihood.sum()) - _LOWER_LIP_PULL_PX
