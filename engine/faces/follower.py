"""One face followed from frame to frame, through a window that moves along with it.

MediaPipe's video mode for one face needs no detector once it has found the face, and smooths the landmarks itself. Its
coordinates are those of the picture it is given; a window that glides after the face looks to it like a face that
hardly moves. So several faces cost what one costs, each; small faces, which the detector misses in the whole frame, are
followed as large ones are; and only the window of a large frame is copied.
"""

from fractions import Fraction
from typing import Final, Protocol

import numpy as np

from engine.faces.face_track import box_of, centre_of, size_of
from engine.faces.landmarker import FaceLandmarker
from engine.faces.search import is_plausible
from engine.types import FloatArray, RGBImage

_SIDES: Final = 2.4
"""Side of the window over the size of the face."""
_FIRST_SIDES: Final = 1.7
"""Likewise at first, when whichever face is found in the window will be followed."""
_TOLERATED: Final = 0.45
_ZOOM: Final = 1.03
_SLACK: Final = 0.08
"""How far the face may move from the middle before the window follows, over its size: at rest, the window rests."""
_BLANK: Final = np.zeros((32, 32, 3), np.uint8)


class Follower(Protocol):
    """Follows one face."""

    def aim(self, landmarks_px: FloatArray) -> None:
        """Follow another face from here on: the one with these landmarks, float32 [478, 3], in frame pixels."""

    def follow(self, pixels: RGBImage, time: Fraction) -> FloatArray | None:
        """The face's landmarks in the next frame, None where it is not seen."""

    def close(self) -> None:
        """Free native memory."""


class FaceFollower:
    """Follows one face by a native tracker of its own. Owned by one thread; `close` it."""

    def __init__(self) -> None:
        self._landmarker = FaceLandmarker("video")
        self._centre = np.zeros(2)
        self._side = 0.0
        self._has_followed = False
        self._time = Fraction(0)

    def aim(self, landmarks_px: FloatArray) -> None:
        """Follow another face; see `Follower`."""
        if self._has_followed:
            self._lose_sight()
        box = box_of(landmarks_px)
        self._centre = np.array(centre_of(box))
        self._side = _FIRST_SIDES * size_of(box)

    def follow(self, pixels: RGBImage, time: Fraction) -> FloatArray | None:
        """Find the face in its window, and let the window glide after it; see `Follower`."""
        self._time, self._has_followed = time, True
        height, width = pixels.shape[:2]
        left, columns = _extent(self._centre[0], self._side, width)
        top, rows = _extent(self._centre[1], self._side, height)
        found = self._landmarker.find(pixels[top : top + rows, left : left + columns], time)
        if not found:
            return None
        if not is_plausible(found[0]):
            self._lose_sight()
            return None
        landmarks_px = found[0] + np.array([left, top, 0], np.float32)
        box = box_of(landmarks_px)
        offset = np.array(centre_of(box)) - self._centre
        excess = float(np.hypot(*offset)) - _SLACK * size_of(box)
        if excess > 0:
            self._centre += offset * (excess / np.hypot(*offset))
        misfit = _SIDES * size_of(box) / self._side
        if abs(misfit - 1) > _TOLERATED:
            self._side *= float(np.clip(misfit, 1 / _ZOOM, _ZOOM))
        return landmarks_px

    def _lose_sight(self) -> None:
        """End the native tracker's memory of the face: it ends where nothing is seen."""
        self._landmarker.find(_BLANK, self._time)
        self._has_followed = False

    def close(self) -> None:
        """Free the native tracker."""
        self._landmarker.close()


def _extent(centre: float, side: float, limit: int) -> tuple[int, int]:
    """First pixel and number of pixels of a window of this side, moved into a picture of `limit` pixels."""
    count = max(1, min(round(side), limit))
    return int(np.clip(round(centre - count / 2), 0, limit - count)), count
