"""Boxes of a frame's pixels, and the strips of a frame that an edit touches."""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import Affine, FloatArray, RGBImage

_Value = TypeVar("_Value", np.uint8, np.float32)

_STRIP_HEIGHT_PX: Final = 64
_REACH_CROP_PX: Final = 2.0
_CROSS: Final = np.asarray(cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)), np.uint8)


class Box(NamedTuple):
    """Pixels of a picture; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, 0 where there is nothing."""
        return max(self.right - self.left, 0), max(self.bottom - self.top, 0)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no pixel."""
        return 0 in self.size

    def of(self, picture: NDArray[_Value]) -> NDArray[_Value]:
        """The box's pixels, a view."""
        return picture[self.top : self.bottom, self.left : self.right]

    def grown(self, margin: int) -> "Box":
        """Larger by `margin` on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def intersection(self, other: "Box") -> "Box":
        """The pixels in both."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def relative_to(self, outer: "Box") -> "Box":
        """The same pixels, counted from the corner of `outer`."""
        return Box(self.left - outer.left, self.top - outer.top, self.right - outer.left, self.bottom - outer.top)


def whole(picture: RGBImage) -> Box:
    """The box of all pixels."""
    return Box(0, 0, picture.shape[1], picture.shape[0])


def outline_points(active: NDArray[np.bool_], frame_to_crop: Affine) -> FloatArray:
    """Frame coordinates (x, y), float32 [2, N], of the outermost of the active pixels [S, S] of the crop."""
    inner = cv2.erode(active.astype(np.uint8), _CROSS, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    rows, columns = np.nonzero(active & (inner == 0))
    inverse = np.linalg.inv(frame_to_crop[:, :2])
    return (inverse @ (np.stack([columns, rows]) - frame_to_crop[:, 2:])).astype(np.float32)


def box_around(points: FloatArray, frame_to_crop: Affine, limits: Box) -> Box:
    """The box within `limits` that every point [2, N] influences when the crop is brought to the frame's resolution."""
    if points.size == 0:
        return Box(0, 0, 0, 0)
    reach = _reach(frame_to_crop)
    left, top = np.floor(points.min(axis=1) - reach)
    right, bottom = np.ceil(points.max(axis=1) + reach) + 1
    return Box(int(left), int(top), int(right), int(bottom)).intersection(limits)


def box_within(points: FloatArray, frame_to_crop: Affine, limits: Box) -> Box:
    """The box within `limits` that the points [2, N] near its rows influence."""
    reach = _reach(frame_to_crop)
    near = points[:, (points[1] > limits.top - reach - 1) & (points[1] < limits.bottom + reach)]
    return box_around(near, frame_to_crop, limits)


def strips_around(points: FloatArray, frame_to_crop: Affine, limits: Box) -> Iterator[Box]:
    """Cover what the points [2, N] influence by strips of rows, each as wide as needed.

    A strip's arrays stay in the processor's cache through all steps, which is faster than each step over the whole
    face.
    """
    bounds = box_around(points, frame_to_crop, limits)
    for top in range(bounds.top, bounds.bottom, _STRIP_HEIGHT_PX):
        strip = Box(bounds.left, top, bounds.right, min(top + _STRIP_HEIGHT_PX, bounds.bottom))
        box = box_within(points, frame_to_crop, strip)
        if not box.is_empty:
            yield box


def _reach(frame_to_crop: Affine) -> float:
    return _REACH_CROP_PX / float(np.hypot(*frame_to_crop[:, 0]))
