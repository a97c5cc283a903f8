"""Nearly equal faces, told by a perceptual hash of the aligned crop.

The hash is the signs of the 256 lowest frequencies of a 32 x 32 cosine transform (as pHash does with 64). A blink
changes few of them, so nearly equal faces have nearly equal action units besides. Two hashes that differ in at most 15
bits agree in one of 16 equal parts at least, so only pictures that share a part need to be compared.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from engine.types import RGBImage

HASH_BITS: Final = 256
_SIDE: Final = 32
_LOW: Final = 16
_PARTS: Final = 16
MAX_DISTANCE: Final = _PARTS - 1
"""The largest distance that is searched for."""
_SAME_INTENSITY: Final = 0.75
"""Estimates of one face vary by less from frame to frame."""


def perceptual_hash(crop: RGBImage) -> str:
    """The hash of an aligned face, uint8 [S, S, 3] RGB: 64 hexadecimal digits."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:_LOW, :_LOW].ravel()
    return np.packbits(low > np.median(low[1:])).tobytes().hex()


class DuplicateFinder:
    """Remembers faces and tells whether a further one is nearly equal to one of them, in look and expression.

    Args:
        max_distance: bits in which nearly equal hashes may differ, at most `MAX_DISTANCE`; -1 finds none.
    """

    def __init__(self, max_distance: int) -> None:
        self._max_distance = max_distance
        self._seen: list[_Face] = []
        self._parts: dict[tuple[int, str], list[int]] = defaultdict(list)

    def knows(self, text: str, intensities: Sequence[float]) -> bool:
        """Whether a face (its hash, and its intensities 0..5) is nearly equal to one that was added."""
        if self._max_distance < 0:
            return False
        face = _Face(int(text, 16), tuple(intensities))
        near = {row for part in _parts(text) for row in self._parts.get(part, ())}
        return any(self._equal(face, self._seen[row]) for row in near)

    def add(self, text: str, intensities: Sequence[float]) -> None:
        """Remember a face."""
        row = len(self._seen)
        self._seen.append(_Face(int(text, 16), tuple(intensities)))
        for part in _parts(text):
            self._parts[part].append(row)

    def _equal(self, face: "_Face", other: "_Face") -> bool:
        if (face.hash ^ other.hash).bit_count() > self._max_distance:
            return False
        return all(abs(a - b) <= _SAME_INTENSITY for a, b in zip(face.intensities, other.intensities, strict=True))


class _Face(NamedTuple):
    hash: int
    intensities: tuple[float, ...]


def _parts(text: str) -> list[tuple[int, str]]:
    length = len(text) // _PARTS
    return [(start, text[start : start + length]) for start in range(0, len(text), length)]
