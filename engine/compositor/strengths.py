"""How strongly an edit shows at each pixel of a face."""

from dataclasses import astuple
from typing import Final

import numpy as np

from engine.compositor.filters import blur
from engine.compositor.regions import BROWS, EYES, FACE_OVAL, LOWER_FACE, hulls_mask
from engine.edit_scope import RegionStrengths
from engine.types import FloatArray

_FOREHEAD: Final = FACE_OVAL[:6] + FACE_OVAL[-5:]
_EYE_GROWTH: Final = 1.35
_EDGE_PX: Final = 3.0


def strength_map(strengths: RegionStrengths, landmarks: FloatArray, size_px: int) -> FloatArray:
    """The strength at each pixel of a crop, float32 [size, size].

    Args:
        strengths: by region.
        landmarks: [478, 2] in crop pixels.
        size_px: side of the crop.
    """
    if strengths.are_full:
        return np.ones((size_px, size_px), np.float32)
    regions = _regions(landmarks, size_px)
    total = np.maximum(sum(regions), np.float32(1e-3))
    weighted = sum(np.float32(strength) * region for strength, region in zip(astuple(strengths), regions, strict=True))
    return np.asarray(weighted / total, np.float32)


def _regions(landmarks: FloatArray, size_px: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Soft masks of mouth, eyes, brows and cheeks, each float32 [size, size], 0..1."""

    def soft(*hulls: FloatArray) -> FloatArray:
        return blur(hulls_mask(hulls, size_px), _EDGE_PX)

    mouth = soft(landmarks[list(LOWER_FACE)])
    eyes = soft(*(_grown(landmarks[list(eye.upper + eye.lower)]) for eye in EYES))
    upper = [landmarks[list(brow)] for brow in BROWS]
    brows = soft(*upper, np.concatenate([*upper, landmarks[list(_FOREHEAD)]])) * (1 - eyes)
    return mouth, eyes, brows, np.maximum(1 - mouth - eyes - brows, 0)


def _grown(points: FloatArray) -> FloatArray:
    centre, half = points.mean(axis=0), np.ptp(points[:, 0]) / 2
    around = points + (points - centre) * np.float32(_EYE_GROWTH - 1)
    return np.concatenate([around, centre + np.array([[0, -half], [0, half]], np.float32) * np.float32(0.7)])
