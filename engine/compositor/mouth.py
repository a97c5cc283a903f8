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
from engine.compositor.lower_face import LowerFace, MouthMotion, lower_face, mouth_motion
from engine.compositor.regions import LIPS, hull_mask
from engine.types import FloatArray

_DROPS_PX: Final = np.array([0, 1.5, 3.5, 6, 8.5, 11, 13.5], np.float32)
_CLOSINGS: Final = np.array([0, 0.25, 0.5, 0.75, 1], np.float32)
_SHIFTS_ROWS: Final = (-1, 0, 1, 2)
_SMALLEST_GAP_PX: Final = 1.0
_CLOSING_EXPLAINED: Final = (0.01, 0.06)
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
    amount = _fit_amount(source[face.patch], target[face.patch], face)
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


def _fit_amount(source: FloatArray, target: FloatArray, face: LowerFace) -> float:
    """The amount of `mouth_motion` that turns `source` into `target` (grey, the face's patch), at half resolution."""
    small = face.halved()
    source, target = (_halved(picture, small.y.shape) for picture in (source, target))
    drop = _fit_drop(source, target, small)
    if face.gap_px < _SMALLEST_GAP_PX or drop >= 1:
        return drop
    return drop - (1 - drop) * _fit_closing(source, target, small)


def _fit_drop(source: FloatArray, target: FloatArray, face: LowerFace) -> float:
    """How many pixels the jaw drops. The mouth's inside may have any one colour; lips and chin must agree."""
    weight = _weight(face, 7.0, 13.0)
    change = float(weighted_variance(target - source, weight))
    if noticed(change) == 0:
        return 0.0
    motion = mouth_motion(face, _DROPS_PX)
    upper, lower = _layers_of(source, motion)
    hole = motion.opened * weight
    area = hole.sum(axis=(1, 2)) + np.float32(1e-6)
    inside = (target * hole).sum(axis=(1, 2)) / area
    hidden = (upper * hole).sum(axis=(1, 2)) / area
    lips = upper + motion.cover * (lower - upper)
    candidates = lips + motion.opened * (inside[:, None, None] - lips)
    errors = weighted_variance(target - candidates, weight)
    # A mouth opens onto something darker than the lips it parts; without that they only moved, which the flow sees.
    dark = smoothstep((hidden - inside) / (hidden + np.float32(0.05)), *_DARKER)
    errors = np.asarray(change + dark * (errors - change), np.float32)
    return fitted_amount(_DROPS_PX, errors, change) * noticed(change)


def _fit_closing(source: FloatArray, target: FloatArray, face: LowerFace) -> float:
    """How many pixels the lips come together, while the mouth as a whole may move up or down."""
    weight = _weight(face, 2.0, 9.0)
    amounts = _CLOSINGS * np.float32(face.gap_px)
    motion = mouth_motion(face, -amounts)
    upper, lower = _layers_of(source, motion)
    lips = upper + motion.cover * (lower - upper)
    shifted = np.stack([np.roll(lips, rows, axis=1) for rows in _SHIFTS_ROWS], axis=1)
    errors = weighted_variance(target - shifted, weight).min(axis=1)
    change = float(errors[0])
    return fitted_amount(amounts, errors, change, _CLOSING_EXPLAINED) * noticed(change)


def _weight(face: LowerFace, below_px: float, width_px: float) -> FloatArray:
    """Soft window [h, w] of sum 1 on the mouth, its middle `below_px` under the lower lip's edge."""
    weight = face.window * np.exp(-np.square((face.y - face.lower - below_px) / width_px))
    return np.asarray(weight / max(float(weight.sum()), 1e-6), np.float32)


def _layers_of(picture: FloatArray, motion: MouthMotion) -> tuple[FloatArray, FloatArray]:
    """The upper and the lower lip's layer of a picture at half the resolution, each [K, h, w]."""
    half = np.float32(0.5)
    return _moved_rows(picture, half * motion.above), _moved_rows(picture, half * motion.below)


def _halved(picture: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    height, width = shape
    even = picture[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def _moved_rows(picture: FloatArray, shift: FloatArray) -> FloatArray:
    """Sample a picture [h, w] at rows displaced by K shifts [K, h, w] in its own pixels."""
    count, height, width = shift.shape
    x = np.broadcast_to(np.arange(width, dtype=np.float32), shift.shape).reshape(count * height, width)
    y = (shift + np.arange(height, dtype=np.float32)[:, None]).reshape(count * height, width)
    rows = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(rows, np.float32).reshape(shift.shape)
