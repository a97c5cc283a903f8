"""Faces that nobody follows yet."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from engine.faces.landmarker import FaceLandmarker
from engine.faces.search import Window, distinct_faces, is_plausible, windows
from engine.types import FloatArray, RGBImage

_MOST_FACES: Final = 8
"""More than are tracked, so that the largest of a crowd can be chosen."""
_LEAST_CONFIDENCE: Final = 0.3


class FaceFinder:
    """Looks for faces without memory of earlier frames, but of where it has looked. Owned by one thread; `close` it."""

    def __init__(self) -> None:
        self._landmarker = FaceLandmarker("image", _MOST_FACES, least_confidence=_LEAST_CONFIDENCE)
        self._usual_places = _Round(_usual_places)
        self._small_places = _Round(lambda width, height: chain.from_iterable(windows(width, height)))

    def search(self, pixels: RGBImage) -> list[FloatArray]:
        """Look thoroughly, tens of milliseconds: the landmarks, float32 [478, 3], of each face, largest first."""
        height, width = pixels.shape[:2]
        found = self._landmarker.find(pixels)
        for level in windows(width, height):
            found += [face for window in level for face in self._landmarker.find_within(pixels, window)]
            if found:
                break
        return distinct_faces([face for face in found if is_plausible(face)])

    def look(self, pixels: RGBImage) -> list[FloatArray]:
        """Look at the whole picture, and with every other call at one of its largest squares instead."""
        return self._look_at(pixels, self._usual_places)

    def look_closer(self, pixels: RGBImage) -> list[FloatArray]:
        """Look at one square of the picture, and at the next one with each call: a search that costs little a frame."""
        return self._look_at(pixels, self._small_places)

    def _look_at(self, pixels: RGBImage, places: "_Round") -> list[FloatArray]:
        window = places.next_in(pixels)
        found = self._landmarker.find(pixels) if window is None else self._landmarker.find_within(pixels, window)
        return [face for face in found if is_plausible(face)]

    def close(self) -> None:
        """Free the native landmarker."""
        self._landmarker.close()


class _Round:
    """Places of a picture, one after the other, again and again; None stands for the whole."""

    def __init__(self, places: Callable[[int, int], Iterator[Window | None]]) -> None:
        self._places = places
        self._rest: Iterator[Window | None] = iter(())
        self._size = (0, 0)

    def next_in(self, pixels: RGBImage) -> Window | None:
        """The next place; a picture of another size begins anew."""
        height, width = pixels.shape[:2]
        if self._size != (width, height):
            self._rest, self._size = iter(()), (width, height)
        for _ in range(2):
            for place in self._rest:
                return place
            self._rest = self._places(width, height)
        return None


def _usual_places(width: int, height: int) -> Iterator[Window | None]:
    for window in next(windows(width, height), ()):
        yield None
        yield window
