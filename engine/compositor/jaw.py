"""The dropping jaw: the lower lip and chin as a layer that slides down and opens the mouth.

Optical flow hardly follows lips that part: inside is new, and a generator's blur hides the lip's edge. Here the drop
has one parameter, fitted to the generator's pictures; the shape of the motion is that of a jaw, measured on rendered
faces (mean over 67 people).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from engine.compositor.filters import pixel_grid, smoothstep
from engine.compositor.fitting import fitted_amount, noticed, weighted_variance
from engine.compositor.layers import FaceLayers
from engine.compositor.regions import CHIN, INNER_LIPS
from engine.types import FloatArray

_DROPS_PX: Final = np.array([0, 1, 2.5, 4, 5.5, 7, 8.5, 10, 11.5, 13], np.float32)
_CORNER_SHARE: Final = np.float32(0.36)
_CHIN_SHARE: Final = np.float32(0.6)
_REACH_PX: Final = 40
_RISE_PX: Final = 16
_LIP_FALL_PX: Final = 8.0
_NECK_PX: Final = 14.0
_DARKER: Final = (0.1, 0.25)
_INVERSIONS: Final = 4
_SMALLEST_PATCH_PX: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class _Jaw:
    """A lower face on its patch of the crop.

    Attributes:
        patch: rows and columns of the crop.
        y: float32 [h, w], rows in crop pixels.
        line: float32 [w], where the lower lip begins.
        chin: row of the chin's tip.
        lip, broad, corner: float32 [w], share of the drop that the lower lip, the chin and the upper lip take, by
            column.
        window: float32 [w], 1 near the mouth, 0 at the patch's sides.
    """

    patch: tuple[slice, slice]
    y: FloatArray
    line: FloatArray
    chin: float
    lip: FloatArray
    broad: FloatArray
    corner: FloatArray
    window: FloatArray


def fit_jaw(layers: FaceLayers, source: FloatArray, target: FloatArray, landmarks: FloatArray) -> None:
    """Draw the jaw into `layers`, as far down as it drops between the generator's pictures.

    Args:
        layers: still where the lower face is.
        source, target: float32 [S, S], luminance registered to the crop.
        landmarks: [478, 2] in crop pixels.
    """
    jaw = _jaw_shape(landmarks, source.shape[0])
    if jaw is None:
        return
    drop = _fit_drop(source, target, jaw)
    if drop <= 0:
        return
    below, above, cover, opened = _jaw_at(jaw, jaw.y, np.array([drop], np.float32))
    layers.over[..., 1][jaw.patch] = below[0]
    layers.base[..., 1][jaw.patch] = above[0]
    layers.cover[jaw.patch] = cover[0]
    layers.opened[jaw.patch] = opened[0]


def _jaw_shape(landmarks: FloatArray, size_px: int) -> _Jaw | None:
    lips = landmarks[list(INNER_LIPS.lower)]
    (left, _), (right, _) = lips.min(axis=0).tolist(), lips.max(axis=0).tolist()
    centre, half = (left + right) / 2, max((right - left) / 2, 1.0)
    columns = slice(max(round(centre) - _REACH_PX, 0), min(round(centre) + _REACH_PX, size_px))
    rows = slice(max(round(float(lips[:, 1].min())) - _RISE_PX, 0), size_px)
    if columns.stop - columns.start < _SMALLEST_PATCH_PX or rows.stop - rows.start < _SMALLEST_PATCH_PX:
        return None
    x = np.arange(columns.start, columns.stop, dtype=np.float32)
    ordered = lips[np.argsort(lips[:, 0])]
    line = np.interp(x, ordered[:, 0], ordered[:, 1]).astype(np.float32)
    aside = np.abs(x - np.float32(centre))
    t = aside / np.float32(half)
    beyond = _CORNER_SHARE * np.exp(-2.2 * np.maximum(t - 1, 0))
    window = 1 - smoothstep(aside, _REACH_PX - 12.0, _REACH_PX - 1.0)
    return _Jaw(
        patch=(rows, columns),
        y=pixel_grid(size_px)[1][rows, columns],
        line=line,
        chin=float(landmarks[CHIN, 1]),
        lip=np.where(t < 1, 1 - (1 - _CORNER_SHARE) * t * t, beyond),
        broad=_CHIN_SHARE * np.exp(-((aside / np.float32(28)) ** 1.5)),
        corner=np.where(t < 1, _CORNER_SHARE * t**4, beyond),
        window=window,
    )


def _jaw_at(jaw: _Jaw, y: FloatArray, drops: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The jaw for K drops at rows `y` [h, w].

    Returns:
        Displacement of the chin's and of the nose's side, cover and opening, each float32 [K, h, w].
    """
    drop = drops[:, None, None] * jaw.window
    source_below = np.repeat(y[None], len(drops), axis=0)
    source_above = source_below
    for _ in range(_INVERSIONS):
        under_lip = np.exp(np.minimum(jaw.line - source_below, 0) / _LIP_FALL_PX)
        neck = 1 - smoothstep(source_below, jaw.chin, jaw.chin + _NECK_PX)
        source_below = y - drop * (jaw.broad + (jaw.lip - jaw.broad) * under_lip) * neck
        over_lip = np.exp(np.minimum(source_above - jaw.line, 0) / _LIP_FALL_PX)
        source_above = y - drop * jaw.corner * over_lip
    top, bottom = jaw.line + drop * jaw.corner, jaw.line + drop * jaw.lip
    cover = smoothstep(y - bottom, -0.7, 0.7)
    opened = smoothstep(y - top, -0.7, 0.7) * (1 - cover) * smoothstep(bottom - top, 0.5, 1.5)
    return source_below - y, source_above - y, cover, opened


def _fit_drop(source: FloatArray, target: FloatArray, jaw: _Jaw) -> float:
    """The drop in crop pixels that turns `source` into `target` (grey [S, S]), fitted at half the resolution.

    The mouth's inside may have any one colour; lips and chin must agree with the moved source.
    """
    small_source, small_target = (_halved(picture[jaw.patch]) for picture in (source, target))
    height, width = small_source.shape
    y = _halved(jaw.y)
    small = _at_columns(jaw, width)
    weight = np.asarray(small.window * np.exp(-np.square((y - small.line - 7) / 13)), np.float32)
    weight /= max(float(weight.sum()), 1e-6)
    change = float(weighted_variance(small_target - small_source, weight))
    if noticed(change) == 0:
        return 0.0
    below, above, cover, opened = _jaw_at(small, y, _DROPS_PX)
    shape = below.shape
    map_x = np.broadcast_to(np.arange(width, dtype=np.float32), shape).reshape(-1, width)
    rows = np.arange(height, dtype=np.float32)[:, None]
    lower, upper = (
        cv2.remap(
            small_source,
            map_x,
            (rows + shift / 2).reshape(-1, width),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ).reshape(shape)
        for shift in (below, above)
    )
    hole = opened * weight
    area = hole.sum(axis=(1, 2)) + np.float32(1e-6)
    inside = (small_target * hole).sum(axis=(1, 2)) / area
    hidden = (upper * hole).sum(axis=(1, 2)) / area
    candidates = (upper * (1 - cover) + lower * cover) * (1 - opened) + inside[:, None, None] * opened
    errors = weighted_variance(small_target - candidates, weight)
    # A mouth opens onto something darker than the lips it parts; without that they only moved, which the flow sees.
    dark = smoothstep((hidden - inside) / (hidden + np.float32(0.05)), *_DARKER)
    errors = np.asarray(change + dark * (errors - change), np.float32)
    return fitted_amount(_DROPS_PX, errors, change) * noticed(change)


def _halved(picture: FloatArray) -> FloatArray:
    height, width = picture.shape
    return np.asarray(cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.float32)


def _at_columns(jaw: _Jaw, width: int) -> _Jaw:
    """The jaw sampled at `width` columns."""
    line, lip, broad, corner, window = (
        np.asarray(cv2.resize(values[None], (width, 1), interpolation=cv2.INTER_AREA), np.float32)[0]
        for values in (jaw.line, jaw.lip, jaw.broad, jaw.corner, jaw.window)
    )
    return _Jaw(jaw.patch, jaw.y, line, jaw.chin, lip, broad, corner, window)
