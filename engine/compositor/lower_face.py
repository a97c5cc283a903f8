"""The shape of a mouth's and a jaw's motion: lips that part or meet, and a chin that follows the drop.

The lower lip with the chin is one layer, which slides over the other: the upper lip, the teeth and what lies above. How
much each column of the face takes of a drop was measured on rendered faces (mean over 67 people).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from engine.compositor.filters import pixel_grid, smoothstep
from engine.compositor.regions import CHIN, INNER_LIPS
from engine.types import FloatArray

_CORNER_SHARE: Final = np.float32(0.36)
_CHIN_SHARE: Final = np.float32(0.6)
_CHIN_WIDTH_PX: Final = np.float32(28)
_LOWER_CLOSING_SHARE: Final = np.float32(0.5)
_REACH_PX: Final = 40
_RISE_PX: Final = 16
_FALL_PX: Final = np.float32(8)
_NECK_PX: Final = 14.0
_INVERSIONS: Final = 4
_SMALLEST_PATCH_PX: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class LowerFace:
    """A lower face on its patch of the crop.

    Attributes:
        patch: rows and columns of the crop.
        y: float32 [h, w], the patch's rows in crop pixels.
        upper, lower: float32 [w], rows of the inner edges of the upper and the lower lip.
        chin: row of the chin's tip.
        lip, broad, corner: float32 [w], shares of a drop that the lower lip, the chin and the upper lip take.
        window: float32 [w], 1 near the mouth, 0 at the patch's sides.
    """

    patch: tuple[slice, slice]
    y: FloatArray
    upper: FloatArray
    lower: FloatArray
    chin: float
    lip: FloatArray
    broad: FloatArray
    corner: FloatArray
    window: FloatArray

    @property
    def gap_px(self) -> float:
        """How far the mouth is open, in the middle."""
        return max(float((self.lower - self.upper).max()), 0.0)

    def halved(self) -> "LowerFace":
        """Every second row and column; all measures stay in crop pixels."""
        width, height = self.lower.size // 2 * 2, len(self.y) // 2 * 2
        y = self.y[:height].reshape(-1, 2, self.lower.size).mean(axis=1)[:, : width // 2]
        upper, lower, lip, broad, corner, window = (
            values[:width].reshape(-1, 2).mean(axis=1)
            for values in (self.upper, self.lower, self.lip, self.broad, self.corner, self.window)
        )
        return replace(self, y=y, upper=upper, lower=lower, lip=lip, broad=broad, corner=corner, window=window)


@dataclass(frozen=True, slots=True, eq=False)
class MouthMotion:
    """K states of a lower face, each float32 [K, h, w].

    Attributes:
        below, above: vertical displacement of the lower lip's layer and of the upper lip's, to where their pixels come
            from.
        cover: 0..1, where the lower lip's layer hides the other.
        opened: 0..1, inside of the mouth that was hidden before.
    """

    below: FloatArray
    above: FloatArray
    cover: FloatArray
    opened: FloatArray


def lower_face(landmarks: FloatArray, size_px: int) -> LowerFace | None:
    """The lower face of landmarks [478, 2] (crop pixels), or None where the crop cuts most of it away."""
    edges = [landmarks[list(edge)] for edge in INNER_LIPS]
    (left, top), (right, _) = np.concatenate(edges).min(axis=0).tolist(), np.concatenate(edges).max(axis=0).tolist()
    centre, half = (left + right) / 2, max((right - left) / 2, 1.0)
    columns = slice(max(round(centre) - _REACH_PX, 0), min(round(centre) + _REACH_PX, size_px))
    rows = slice(max(round(top) - _RISE_PX, 0), size_px)
    if columns.stop - columns.start < _SMALLEST_PATCH_PX or rows.stop - rows.start < _SMALLEST_PATCH_PX:
        return None
    x = np.arange(columns.start, columns.stop, dtype=np.float32)
    upper, lower = (_row_at(x, edge) for edge in edges)
    aside = np.abs(x - np.float32(centre))
    t = aside / np.float32(half)
    beyond = _CORNER_SHARE * np.exp(-2.2 * np.maximum(t - 1, 0))
    return LowerFace(
        patch=(rows, columns),
        y=pixel_grid(size_px)[1][rows, columns],
        upper=upper,
        lower=np.maximum(lower, upper),
        chin=float(landmarks[CHIN, 1]),
        lip=np.where(t < 1, 1 - (1 - _CORNER_SHARE) * t * t, beyond).astype(np.float32),
        broad=(_CHIN_SHARE * np.exp(-((aside / _CHIN_WIDTH_PX) ** 1.5))).astype(np.float32),
        corner=np.where(t < 1, _CORNER_SHARE * t**4, beyond).astype(np.float32),
        window=1 - smoothstep(aside, _REACH_PX - 12.0, _REACH_PX - 1.0),
    )


def mouth_motion(face: LowerFace, amounts_px: FloatArray) -> MouthMotion:
    """Move the lower face by K amounts [K]: positive drops the jaw, negative lets the lips meet by as much.

    Displacements are known at the source's pixels; the target's follow by fixed-point iteration.
    """
    amount = amounts_px[:, None, None] * face.window
    drop = np.maximum(amount, 0)
    gap = face.lower - face.upper
    closing = np.minimum(np.maximum(-amount, 0) / np.float32(max(face.gap_px, 1e-3)), 1) * gap
    rise, fall = _LOWER_CLOSING_SHARE * closing, (1 - _LOWER_CLOSING_SHARE) * closing
    source_below = source_above = np.broadcast_to(face.y, (len(amounts_px), *face.y.shape))
    for _ in range(_INVERSIONS):
        lip = np.exp(np.minimum(face.lower - source_below, 0) / _FALL_PX)
        neck = 1 - smoothstep(source_below, face.chin, face.chin + _NECK_PX)
        source_below = face.y - (drop * (face.broad + (face.lip - face.broad) * lip) - rise * lip) * neck
        dropped = drop * face.corner * np.exp(np.minimum(source_above - face.lower, 0) / _FALL_PX)
        fallen = fall * np.exp(np.minimum(source_above - face.upper, 0) / _FALL_PX)
        source_above = face.y - dropped - fallen
    top, bottom = face.lower + drop * face.corner, face.lower + drop * face.lip - rise
    cover = smoothstep(face.y - bottom, -0.7, 0.7)
    opened = smoothstep(face.y - top, -0.7, 0.7) * (1 - cover) * smoothstep(bottom - top, 0.5, 1.5)
    return MouthMotion(source_below - face.y, source_above - face.y, cover, opened)


def _row_at(columns: FloatArray, edge: FloatArray) -> FloatArray:
    ordered = edge[np.argsort(edge[:, 0])]
    return np.interp(columns, ordered[:, 0], ordered[:, 1]).astype(np.float32)
