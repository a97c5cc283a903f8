"""Eyelids as a layer that slides over the eye.

A blink moves the lid margin by more than an eye's height within a few pixels and hides what lies beneath: optical
flow neither finds nor can express that. Here each upper lid has one parameter, its closure, fitted to the generator's
pictures; the lid's skin and lashes come from the frame, unrolled down to the lower lid.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from engine.compositor.filters import pixel_grid, smoothstep
from engine.compositor.fitting import fitted_amount, noticed, weighted_variance
from engine.compositor.layers import FaceLayers
from engine.compositor.regions import EYES, Opening
from engine.types import FloatArray

_CLOSURES: Final = np.linspace(0.0, 1.05, 11, dtype=np.float32)
_LASH_RISE_PX: Final = 0.3
_LOWER_RIM_PX: Final = 0.8
_LASH_WIDTH_PX: Final = 0.7
_UNROLLED_DENSITY: Final = 0.42
_CONTRAST_OF_CLOSING: Final = 0.31
_MOST_NARROWED: Final = 1.6
_CONTRAST_LOSS: Final = np.float32(0.7)
_MARGIN_PX: Final = 16
_SMALLEST_PATCH_PX: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class _LidShape:
    """One eye on its patch of the crop.

    Attributes:
        patch: rows and columns of the crop.
        x, y: float32 [h, w], the patch's pixels in crop coordinates.
        lash_line: float32 [w], row of the upper lid's margin.
        gap: float32 [w], rows from there to below the lower lid's rim.
        inside: float32 [w], 1 between the corners of the eye, 0 beyond.
    """

    patch: tuple[slice, slice]
    x: FloatArray
    y: FloatArray
    lash_line: FloatArray
    gap: FloatArray
    inside: FloatArray

    def near_opening(self) -> "_LidShape":
        """The rows that a closing lid changes most."""
        rows, columns = self.patch
        skipped = min(_MARGIN_PX - 6, rows.stop - rows.start - _SMALLEST_PATCH_PX)
        patch = (slice(rows.start + skipped, rows.stop), columns)
        return replace(self, patch=patch, x=self.x[skipped:], y=self.y[skipped:])


def fit_eyelids(layers: FaceLayers, source: FloatArray, target: FloatArray, landmarks: FloatArray) -> None:
    """Draw the upper lids into `layers`, as far down as they come between the generator's pictures.

    Args:
        layers: still where the eyes are.
        source, target: float32 [S, S], luminance registered to the crop.
        landmarks: [478, 2] in crop pixels.
    """
    shapes = [shape for eye in EYES if (shape := _lid_shape(landmarks, eye, source.shape[0])) is not None]
    closure = _fit_closure(source, target, shapes) if shapes else 0.0
    if closure <= 0:
        return
    for shape in shapes:
        drop, cover, unrolled = _lid_at(shape, np.array([closure], np.float32))
        layers.over[..., 1][shape.patch] = drop[0]
        layers.cover[shape.patch] = cover[0]
        layers.unrolled[shape.patch] = unrolled[0]
        layers.closed[shape.patch] = min(closure, 1.0) * _surroundings(shape)


def _lid_shape(landmarks: FloatArray, eye: Opening, size_px: int) -> _LidShape | None:
    upper, lower = landmarks[list(eye.upper)], landmarks[list(eye.lower)]
    both = np.concatenate([upper, lower])
    (first_x, first_y), (last_x, last_y) = both.min(axis=0).tolist(), both.max(axis=0).tolist()
    left, right = max(math.floor(first_x) - 4, 0), min(math.ceil(last_x) + 4, size_px)
    top, bottom = max(math.floor(first_y) - _MARGIN_PX, 0), min(math.ceil(last_y) + 6, size_px)
    if right - left < _SMALLEST_PATCH_PX or bottom - top < _SMALLEST_PATCH_PX:
        return None
    patch = (slice(top, bottom), slice(left, right))
    grid_x, grid_y = pixel_grid(size_px)
    columns = np.arange(left, right, dtype=np.float32)
    lash_line = _height_at(columns, upper) - np.float32(_LASH_RISE_PX)
    rim = _height_at(columns, lower) + np.float32(_LOWER_RIM_PX)
    inside = smoothstep(np.minimum(columns - first_x, last_x - columns), -1.0, 1.5)
    gap = np.maximum(rim - lash_line, 0) * inside
    return _LidShape(patch, grid_x[patch], grid_y[patch], lash_line, gap, inside)


def _height_at(columns: FloatArray, line: FloatArray) -> FloatArray:
    """Height y of a lid margin [N, 2] at the columns x."""
    ordered = line[np.argsort(line[:, 0])]
    return np.interp(columns, ordered[:, 0], ordered[:, 1]).astype(np.float32)


def _lid_at(shape: _LidShape, closures: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The lid for K closures: vertical displacement, cover and unrolled skin, each [K, h, w].

    The lash line moves rigidly; above it the displacement falls off evenly, so that the lid is unrolled from below
    the crease.
    """
    drop = closures[:, None, None] * shape.gap
    above = shape.lash_line + drop - shape.y
    length = np.maximum(drop * (1.15 / (1 - _UNROLLED_DENSITY)), 2.0)
    q = np.minimum(np.maximum((above - _LASH_WIDTH_PX) / length, 0), 1)
    fall = 0.7 * q + 0.3 * q * q * (3 - 2 * q)
    # Below the lash line the layer repeats it.
    displacement = np.where(above < 0, 0.9 * above - drop, -drop * (1 - fall))
    cover = smoothstep(above, -1.1, 0.5) * np.minimum(drop, 1.0)
    unrolled = smoothstep(above, 0.6, 2.0) * (1 - smoothstep(above, 0.75 * length, length + 1))
    unrolled = unrolled * np.clip(drop / 4, 0, 1) ** 2
    return displacement.astype(np.float32), cover.astype(np.float32), unrolled.astype(np.float32)


def _fit_closure(source: FloatArray, target: FloatArray, shapes: list[_LidShape]) -> float:
    """The closure, 0..1.1, whose lids turn `source` into `target` (grey [S, S]); 0 where the eyes do not differ.

    Action units are of both sides of the face, so both eyes share one closure, and the clearer picture of one helps the
    other.
    """
    fits = [_closure_errors(source, target, shape.near_opening()) for shape in shapes]
    errors, change, before, after = (np.mean([fit[part] for fit in fits], axis=0) for part in range(4))
    if noticed(change) == 0:
        return 0.0
    closure = fitted_amount(_CLOSURES, errors, change) * noticed(change)
    # A lookalike with narrower eyes closes them within less of the real eye's height, but it loses as much contrast.
    faded = (1 - math.sqrt(after / (before + 1e-9))) / _CONTRAST_OF_CLOSING
    return min(max(closure, faded), _MOST_NARROWED * closure, float(_CLOSURES[-1]))


def _closure_errors(
    source: FloatArray, target: FloatArray, shape: _LidShape
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """At one eye: how far each of `_CLOSURES` [K] is from `target`, how far `source` is, and the contrast of both."""
    middle = shape.lash_line + shape.gap / 2
    weight = shape.inside * np.exp(-(((shape.y - middle) / (3 + 0.8 * float(shape.gap.max()))) ** 2))
    weight = weight / max(float(weight.sum()), 1e-6)
    before, after = source[shape.patch], target[shape.patch]
    displacement, cover, _ = _lid_at(shape, _CLOSURES)
    count, height, width = displacement.shape
    map_x = np.broadcast_to(shape.x, displacement.shape).reshape(count * height, width)
    map_y = (shape.y + displacement).reshape(count * height, width)
    lids = cv2.remap(source, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    candidates = before * (1 - cover) + lids.reshape(displacement.shape) * cover
    return (
        _errors_of_contrast(candidates, after, weight),
        weighted_variance(after - before, weight),
        weighted_variance(before, weight),
        weighted_variance(after, weight),
    )


def _errors_of_contrast(candidates: FloatArray, wanted: FloatArray, weight: FloatArray) -> FloatArray:
    """How far each lid [K, h, w] is from `wanted` [h, w].

    A closing eye may lose contrast: the iris gives way to skin, and a generator's lash line is fainter than a real one.
    """
    wanted = wanted - (wanted * weight).sum()
    candidates = candidates - (candidates * weight).sum(axis=(1, 2), keepdims=True)
    energy = (np.square(candidates) * weight).sum(axis=(1, 2))
    contrast = (candidates * wanted * weight).sum(axis=(1, 2)) / (energy + np.float32(1e-9))
    contrast = np.clip(contrast, 1 - _CONTRAST_LOSS * np.minimum(_CLOSURES, 1), 1)
    return weighted_variance(wanted - contrast[:, None, None] * candidates, weight)


def _surroundings(shape: _LidShape) -> FloatArray:
    """Soft band [h, w] around the eye opening."""
    above = smoothstep(shape.y, shape.lash_line - 5.5, shape.lash_line - 1.5)
    below = 1 - smoothstep(shape.y, shape.lash_line + shape.gap, shape.lash_line + shape.gap + 4)
    return above * below * shape.inside
