"""Finds what lies in front of a face by its colour: hair, hands, things held before the mouth.

Skin of one face under one light has nearly one chromaticity, whatever its shade (Störring et al., "Physics-based
modelling of human skin colour under mixed illuminants", 2001). What differs from it within the face's outline is no
skin: features, whose places the landmarks tell, a beard, which is alike on both sides, or something in front.
"""

from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.compositor.filters import blur, displace, pixel_grid, smoothstep, weighted_blur
from engine.compositor.regions import (
    BROWS,
    CHIN,
    EYES,
    FACE_OVAL,
    LIPS,
    NOSE,
    NOSE_BASE,
    NOSE_BRIDGE,
    hull_mask,
    hulls_mask,
)
from engine.types import FloatArray, RGBImage

_DARKEST: Final = np.float32(0.04)
_LEAST_SPREAD: Final = np.array([[0.035], [0.035], [0.12]], np.float32)
_STRANGE: Final = (3.0, 5.0)
_COLOURED: Final = (6.0, 9.0)
_SURROUNDED: Final = (0.65, 0.95)
_VIVID_MARGIN: Final = np.ones((3, 3), np.uint8)
_FEATURE_MARGIN: Final = np.ones((5, 5), np.uint8)
_OUTLINE: Final = np.ones((5, 5), np.uint8)
_MIRROR_TOLERANCE: Final = np.ones((5, 5), np.uint8)
_LEAST_SKIN: Final = 60
_SPREAD_PX: Final = 3.0
_FITS: Final = 3
_RIDGE: Final = 0.1 * np.eye(6)


def visible_face(crop: RGBImage, landmarks: FloatArray) -> FloatArray:
    """How far each pixel of a crop shows the face itself: float32 [S, S], 1 the face, 0 something in front of it.

    Found at half the crop's resolution. What has the colour of this face's skin, as its owner's hand, is not told apart
    from it, nor is a dark thing in the middle below the nose from a beard.

    Args:
        crop: uint8 [S, S, 3] RGB.
        landmarks: [478, 2] in crop pixels.
    """
    size = crop.shape[0]
    small = np.asarray(cv2.resize(crop, (size // 2, size // 2), interpolation=cv2.INTER_AREA), np.float32)
    points = (landmarks - np.float32(0.5)) / np.float32(2)
    # At the outline itself the background shines through.
    inner = np.asarray(cv2.erode(hull_mask(points[list(FACE_OVAL)], size // 2), _OUTLINE), np.float32)
    vivid, features = _features(points, size // 2)
    skin = inner * (1 - features)
    if np.count_nonzero(skin > 0.5) < _LEAST_SKIN:
        return np.ones((size, size), np.float32)
    hue, shade = _strangeness(small, skin > 0.5)
    coloured = smoothstep(hue, *_COLOURED) * inner
    strange = smoothstep(np.hypot(hue, shade), *_STRANGE) * inner
    strange = np.maximum(_without_beard(strange, points), coloured)
    around = weighted_blur(strange[..., None], skin, _SPREAD_PX, 1e-3)
    around = smoothstep(np.reshape(around, strange.shape), *_SURROUNDED)
    own = np.where(features > 0.5, coloured * (1 - vivid), strange)
    hidden = blur(np.maximum(own, around), 0.7)
    return 1 - np.asarray(cv2.resize(hidden, (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def _features(points: FloatArray, size_px: int) -> tuple[FloatArray, FloatArray]:
    """Where a face is not skin-coloured: lips and eyes, which have colours, and these with brows and the shaded nose.

    Each float32 [size, size], 0..1; the second with a wider margin.
    """
    coloured = (LIPS, *(eye.upper + eye.lower for eye in EYES))
    vivid, all_features = (
        hulls_mask((points[list(part)] for part in parts), size_px) for parts in (coloured, (*coloured, NOSE, *BROWS))
    )
    return (
        np.asarray(cv2.dilate(vivid, _VIVID_MARGIN), np.float32),
        np.asarray(cv2.dilate(all_features, _FEATURE_MARGIN), np.float32),
    )


def _strangeness(picture: FloatArray, skin: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
    """How far hue and darkness of a picture (0..255) are from those under `skin` [h, w], in robust deviations.

    Highlights are not strange. The light on the face is fitted by a quadratic.
    """
    red, green, blue = cv2.split(np.log(picture * np.float32(1 / 255) + _DARKEST))
    values = np.stack([red - green, blue - green, green])
    terms = _lighting_terms(skin.shape[0])
    sampled = np.zeros_like(skin)
    sampled[::2, ::2] = skin[::2, ::2]
    known, known_terms = values[:, sampled], terms[:, sampled]
    left = known - np.median(known, axis=1, keepdims=True)
    for _ in range(_FITS):
        spread = np.maximum(1.48 * np.median(np.abs(left), axis=1, keepdims=True), _LEAST_SPREAD)
        weight = 1 / np.square(1 + np.square(left / spread).sum(axis=0) / 4)
        weighted = known_terms * weight
        fit = np.linalg.solve(weighted @ known_terms.T + _RIDGE, weighted @ known.T).T.astype(np.float32)
        left = known - fit @ known_terms
    spread = np.maximum(1.48 * np.median(np.abs(left), axis=1, keepdims=True), _LEAST_SPREAD)
    off = (values - (fit @ terms.reshape(len(terms), -1)).reshape(values.shape)) / spread[..., None]
    return np.asarray(np.hypot(off[0], off[1]), np.float32), np.asarray(np.maximum(-off[2], 0), np.float32)


@lru_cache(maxsize=8)
def _lighting_terms(size_px: int) -> FloatArray:
    """1, x, y, x², xy, y² over a picture, -1..1: float32 [6, size, size], read-only."""
    y, x = np.mgrid[-1 : 1 : size_px * 1j, -1 : 1 : size_px * 1j].astype(np.float32)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y])
    terms.flags.writeable = False
    return terms


def _without_beard(strange: FloatArray, points: FloatArray) -> FloatArray:
    """Below the nose, only what differs from the other side of the face; a beard is the face's own."""
    size = strange.shape[0]
    top, bottom = points[NOSE_BRIDGE].tolist(), points[CHIN].tolist()
    axis = np.array([bottom[0] - top[0], bottom[1] - top[1]])
    axis = axis / max(float(np.hypot(*axis)), 1e-3)
    mirror = 2 * np.outer(axis, axis) - np.eye(2)
    to_mirror = np.column_stack([mirror, np.array(top) - mirror @ np.array(top)])
    other = cv2.warpAffine(cv2.dilate(strange, _MIRROR_TOLERANCE), to_mirror, (size, size))
    below = smoothstep(pixel_grid(size)[1], float(points[NOSE_BASE, 1]) - 2, float(points[NOSE_BASE, 1]) + 2)
    return np.asarray(strange * (1 - below * other), np.float32)


def uncovered(visible: FloatArray, motion: FloatArray) -> FloatArray:
    """Where an edit may show: neither the pixel nor the place its `motion` [S, S, 2] takes it from lies behind a thing.

    Args:
        visible: float32 [S, S], of `visible_face`.
        motion: crop pixels.
    """
    return np.minimum(visible, displace(visible, motion))
