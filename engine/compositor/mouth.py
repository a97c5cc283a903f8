"""Fits an opening or closing mouth to the generator's pictures and draws it as sliding layers.

Optical flow hardly follows lips that part or meet: inside is new, and a generator's blur hides the lips' edges. One
amount does, and it leaves the frame's own lips crisp around the opening.
"""

from typing import Final

import cv2
import numpy as np

from engine.compositor.filters import blur, smoothstep
from engine.compositor.fitting import fitted_amount, noticed, weighted_variance
from engine.compositor.layers import FaceLayers
from engine.compositor.lower_face import LowerFace, lower_face, mouth_motion
from engine.compositor.regions import LIPS, hull_mask
from engine.types import FloatArray

_DROPS_PX: Final = np.array([0, 1, 2.5, 4, 5.5, 7, 8.5, 10, 11.5, 13], np.float32)
_CLOSINGS: Final = np.array([-1.0, -0.75, -0.5, -0.25], np.float32)
_DARKER: Final = (0.1, 0.25)


def fit_mouth(layers: FaceLayers, source: FloatArray, target: FloatArray, landmarks: FloatArray) -> None:
    """Draw the lower face into `layers`, as it moves between the generator's pictures.

    Args:
        layers: still where the lower face is.
        source, target: float32 [S, S], luminance registered to the crop.
        landmarks: [478, 2] in crop pixels.
    """
    size = source.shape[0]
    face = lower_face(landmarks, size)
    if face is None:
        return
    amount = _fit(source[face.patch], target[face.patch], face)
    if amount == 0:
        return
    motion = mouth_motion(face, np.array([amount], np.float32))
    layers.over[..., 1][face.patch] = motion.below[0]
    layers.base[..., 1][face.patch] = motion.above[0]
    layers.cover[face.patch] = motion.cover[0]
    layers.opened[face.patch] = motion.opened[0]
    if amount < 0:
        closed = min(-amount / face.gap_px, 1.0)
        lips = blur(hull_mask(landmarks[list(LIPS)], size), 1.0)
        layers.closed[:] = np.maximum(layers.closed, np.float32(closed) * lips)


def _fit(source: FloatArray, target: FloatArray, face: LowerFace) -> float:
    """The amount of `mouth_motion` that turns `source` into `target` (grey, the face's patch), at half the resolution.

    The mouth's inside may have any one colour; lips and chin must agree with the moved source.
    """
    small = face.halved()
    height, width = small.y.shape
    source, target = (_halved(picture, (width, height)) for picture in (source, target))
    weight = np.asarray(small.window * np.exp(-np.square((small.y - small.lower - 7) / 13)), np.float32)
    weight /= max(float(weight.sum()), 1e-6)
    change = float(weighted_variance(target - source, weight))
    if noticed(change) == 0:
        return 0.0
    amounts = np.concatenate([_CLOSINGS * np.float32(face.gap_px), _DROPS_PX])
    motion = mouth_motion(small, amounts)
    upper, lower = (_moved_rows(source, shift * np.float32(0.5)) for shift in (motion.above, motion.below))
    hole = motion.opened * weight
    area = hole.sum(axis=(1, 2)) + np.float32(1e-6)
    inside = (target * hole).sum(axis=(1, 2)) / area
    hidden = (upper * hole).sum(axis=(1, 2)) / area
    lips = upper + motion.cover * (lower - upper)
    candidates = lips + motion.opened * (inside[:, None, None] - lips)
    errors = weighted_variance(target - candidates, weight)
    # A mouth opens onto something darker than the lips it parts; without that they only moved, which the flow sees.
    dark = smoothstep((hidden - inside) / (hidden + np.float32(0.05)), *_DARKER)
    errors = np.where(amounts > 0, change + dark * (errors - change), errors).astype(np.float32)
    return fitted_amount(amounts, errors, change) * noticed(change)


def _halved(picture: FloatArray, size: tuple[int, int]) -> FloatArray:
    even = picture[: 2 * size[1], : 2 * size[0]]
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.float32)


def _moved_rows(picture: FloatArray, shift: FloatArray) -> FloatArray:
    """Sample a picture [h, w] at rows displaced by K shifts [K, h, w] in its own pixels."""
    count, height, width = shift.shape
    x = np.broadcast_to(np.arange(width, dtype=np.float32), shift.shape).reshape(count * height, width)
    y = (shift + np.arange(height, dtype=np.float32)[:, None]).reshape(count * height, width)
    rows = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(rows, np.float32).reshape(shift.shape)
