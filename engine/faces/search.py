"""Where to look for small faces: MediaPipe's detector misses those much narrower than a tenth of the picture."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from engine.faces.face_track import area_of, box_of, overlap_of, share_within, size_of
from engine.faces.pose import head_misfit
from engine.types import FloatArray

_WINDOWS_PER_SHORT_SIDE: Final = (1, 2)
_LARGEST_MISFIT: Final = 0.11
_SMALLEST_PX: Final = 16.0
"""Nothing of an expression is left in a smaller face, and noise is taken for such faces."""
_SAME_FACE: Final = 0.3
"""Boxes whose intersection is a larger part of their union belong to one face, seen twice."""

_CUT_OFF: Final = 0.6
"""The share of a box within a larger one from which on it shows a part of that face."""


class Window(NamedTuple):
    """A square part of a picture, in pixels."""

    left: int
    top: int
    side: int


def windows(width: int, height: int) -> Iterator[tuple[Window, ...]]:
    """Squares that overlap by half and cover the picture, first as large as it allows, then half that size."""
    for divisor in _WINDOWS_PER_SHORT_SIDE:
        side = min(width, height) // divisor
        if 0 < side < max(width, height):
            yield tuple(Window(left, top, side) for top in _starts(height, side) for left in _starts(width, side))


def _starts(length: int, side: int) -> list[int]:
    """Evenly spaced first pixels, at most half a side apart, from the start to the end of `length`."""
    count = 1 + -(-2 * (length - side) // side)
    return [round(start) for start in np.linspace(0, length - side, count)]


def is_plausible(face: FloatArray) -> bool:
    """Whether landmarks [478, 3] lie on one head that is large enough, not stretched from one face to a passing one."""
    return size_of(box_of(face)) >= _SMALLEST_PX and head_misfit(face) < _LARGEST_MISFIT


def distinct_faces(faces: list[FloatArray]) -> list[FloatArray]:
    """Faces (landmarks [478, 3]) without those that repeat a larger one, largest first."""
    kept: list[FloatArray] = []
    for face in sorted(faces, key=lambda points: -area_of(box_of(points))):
        if not any(show_the_same(face, other) for other in kept):
            kept.append(face)
    return kept


def with_smaller_faces(known: list[FloatArray], found: list[FloatArray]) -> list[FloatArray]:
    """The faces known, and those found in parts of the picture that are neither one of them nor a part of one.

    A window may cut a large face; what is seen of it lies within the box of the whole.

    Returns:
        Largest first.
    """
    faces = list(known)
    for face in distinct_faces(found):
        box = box_of(face)
        if not any(show_the_same(face, other) or share_within(box, box_of(other)) > _CUT_OFF for other in faces):
            faces.append(face)
    return sorted(faces, key=lambda points: -area_of(box_of(points)))


def show_the_same(face: FloatArray, other: FloatArray) -> bool:
    """Whether two sets of landmarks [478, 3] in one picture lie on one face."""
    return overlap_of(box_of(face), box_of(other)) > _SAME_FACE
