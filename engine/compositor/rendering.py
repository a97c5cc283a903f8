"""Applies an edit worked out in crop space to the pixels of the frame, at the frame's resolution."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from engine.compositor.boxes import Box, box_within, outline_points, strips_around, whole
from engine.compositor.filters import blur, channel_mean
from engine.types import Affine, FloatArray, RGBImage

_STILL_PX: Final = 1 / 64
_INVISIBLE: Final = 1 / 1024
_SMALLEST_AREA: Final = 1e-10
_REMAP_REACH_PX: Final = 3
_REFINEMENT: Final = 2
_ALIASING_FROM: Final = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class CropEdit:
    """An edit in crop space; every field is 0 where the frame must not change.

    A frame pixel becomes (1 - share) · moved + addend. Moved is the frame displaced by `motion` or, where the layer
    covers it, by `layer_motion`.

    Attributes:
        motion: float32 [S, S, 2], crop pixels.
        layer_motion: float32 [S, S, 2], of a second layer over the first.
        layer_cover: float32 [S, S], 0..1.
        share: float32 [S, S], 0..1.
        addend: float32 [S, S, 3] RGB, 0..1 scale.
    """

    motion: FloatArray
    layer_motion: FloatArray
    layer_cover: FloatArray
    share: FloatArray
    addend: FloatArray


def render(frame: RGBImage, frame_to_crop: Affine, edit: CropEdit) -> RGBImage:
    """Apply `edit` to a frame uint8 [H, W, 3]. Returns a new picture; only what changes is computed."""
    result = frame.copy()
    if not _is_visible(frame_to_crop, edit.share.shape[0]):
        return result
    moving = channel_mean(np.abs(edit.motion)) > _STILL_PX * np.hypot(*frame_to_crop[:, 0]) / 2
    covered = edit.layer_cover > _INVISIBLE
    changed = (edit.share > _INVISIBLE) | (channel_mean(np.abs(edit.addend)) > _INVISIBLE / 3)
    motion = _Displacer(edit.motion, frame_to_crop)
    layer = _Layer(edit, covered, frame_to_crop) if covered.any() else None
    content = _Content(edit, changed, frame_to_crop) if changed.any() else None
    points = outline_points(changed | moving | covered, frame_to_crop)
    for box in strips_around(points, frame_to_crop, whole(frame)):
        moved = motion(frame, box)
        if layer is not None:
            layer.lay_over(moved, frame, box)
        if content is not None:
            content.add_to(moved, box)
        box.of(result)[:] = cv2.addWeighted(moved, 1, moved, 0, 0, dtype=cv2.CV_8U)  # rounds and clips
    return result


def _is_visible(frame_to_crop: Affine, size_px: int) -> bool:
    """Whether the crop covers any area of the frame worth a pixel."""
    if not np.isfinite(frame_to_crop).all() or abs(np.linalg.det(frame_to_crop[:, :2])) < _SMALLEST_AREA:
        return False
    return float(np.hypot(*frame_to_crop[:, 0])) < size_px


class _Upsampler:
    """Brings a field [S, S] or [S, S, C] of the crop to the pixels of a box of the frame.

    Beyond the crop it is 0, and `beyond` in the fourth channel.
    """

    def __init__(self, field: MatLike, frame_to_crop: Affine, beyond: float = 0.0) -> None:
        self._beyond = (0.0, 0.0, 0.0, beyond)
        crop_px = float(np.hypot(*frame_to_crop[:, 0]))
        self._matrix = frame_to_crop.astype(np.float64)
        self._field = np.ascontiguousarray(field, np.float32)
        if crop_px > _ALIASING_FROM:
            self._field = blur(self._field, 0.45 * crop_px)
        elif crop_px < 1 / _REFINEMENT:
            # A smooth curve through the crop's pixels first, then the cheaper straight lines of a finer grid.
            side = field.shape[0] * _REFINEMENT
            self._field = np.asarray(cv2.resize(self._field, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)
            self._matrix *= _REFINEMENT
            self._matrix[:, 2] += (_REFINEMENT - 1) / 2

    def __call__(self, box: Box) -> FloatArray:
        matrix = self._matrix.copy()
        matrix[:, 2] += matrix[:, :2] @ (box.left, box.top)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(self._field, matrix, box.size, flags=flags, borderValue=self._beyond), np.float32
        )


class _Displacer:
    """Takes the frame's pixels from where a motion [S, S, 2] in crop pixels points."""

    def __init__(self, motion: FloatArray, frame_to_crop: Affine) -> None:
        to_frame = np.linalg.inv(frame_to_crop[:, :2]).astype(np.float32)
        x, y = cv2.split(cv2.transform(motion, to_frame))
        self._farthest_px = int(max(np.abs(x).max(), np.abs(y).max())) + _REMAP_REACH_PX
        self._x, self._y = (_Upsampler(field, frame_to_crop) for field in (x, y))

    def __call__(self, frame: RGBImage, box: Box) -> FloatArray:
        """Return the moved pixels of a box, float32 [h, w, 3], 0..255 and what a cubic curve overshoots."""
        # The pixels within reach only: OpenCV's remap takes no picture wider or higher than 32767.
        origin = box.grown(self._farthest_px).intersection(whole(frame))
        inner = box.relative_to(origin)
        x, y = self._x(box), self._y(box)
        x += np.arange(inner.left, inner.right, dtype=np.float32)
        y += np.arange(inner.top, inner.bottom, dtype=np.float32)[:, None]
        # OpenCV's cubic interpolation is nearly twice as fast for floats as for bytes.
        pixels = origin.of(frame).astype(np.float32)
        return np.asarray(cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)


class _Layer:
    """The layer of an edit, where it covers what lies below."""

    def __init__(self, edit: CropEdit, covered: NDArray[np.bool_], frame_to_crop: Affine) -> None:
        self._matrix = frame_to_crop
        self._points = outline_points(covered, frame_to_crop)
        self._motion = _Displacer(edit.layer_motion, frame_to_crop)
        self._cover = _Upsampler(edit.layer_cover, frame_to_crop)

    def lay_over(self, moved: FloatArray, frame: RGBImage, box: Box) -> None:
        """Blend the layer into the moved pixels of a box."""
        part = box_within(self._points, self._matrix, box)
        if part.is_empty:
            return
        below = part.relative_to(box).of(moved)
        cover = self._cover(part)
        below[:] = cv2.blendLinear(np.ascontiguousarray(below), self._motion(frame, part), 1 - cover, cover)


class _Content:
    """What an edit adds, and the share of the pixels that gives way."""

    def __init__(self, edit: CropEdit, changed: NDArray[np.bool_], frame_to_crop: Affine) -> None:
        self._matrix = frame_to_crop
        self._points = outline_points(changed, frame_to_crop)
        self._field = _Upsampler(cv2.merge([edit.addend * np.float32(255), 1 - edit.share]), frame_to_crop, 1.0)

    def add_to(self, moved: FloatArray, box: Box) -> None:
        """Mix the content into the moved pixels of a box."""
        part = box_within(self._points, self._matrix, box)
        if part.is_empty:
            return
        content = self._field(part)
        addend = np.empty((*content.shape[:2], 3), np.float32)
        kept = np.empty_like(addend)
        cv2.mixChannels([content], [addend, kept], [0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 3, 5])
        below = part.relative_to(box).of(moved)
        np.multiply(below, kept, out=below)
        np.add(below, addend, out=below)
