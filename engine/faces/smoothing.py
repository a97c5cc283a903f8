"""Smoothing of faces over time: causal for live pictures, without lag for clips, where the frames to come are known."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, takewhile
from typing import Final, Protocol

import numpy as np

from engine.faces.one_euro import OneEuroFilter, OneEuroSettings
from engine.faces.reading import FaceParts, FaceReading, Vectors
from engine.types import Frame

REACH_FRAMES: Final = 6
"""Frames before and after the one that is smoothed without lag: what a clip's smoothing holds back."""

_ONE_EURO: Final = (
    OneEuroSettings(1.5, 20.0),  # origin: Hz over eye distances a second
    OneEuroSettings(1.5, 20.0),  # logarithm of the scale
    OneEuroSettings(1.5, 20.0),  # rotation
    OneEuroSettings(1.5, 20.0),  # each landmark in the head's frame
    OneEuroSettings(1.5, 1.0),  # each intensity
)
_KERNEL_S: Final = 0.08
_ALIKE: Final = (0.02, 0.02, 0.03, 0.02, 0.6)
"""By how much a part may differ from frame to frame, in the order of `FaceParts.all_parts`, and still be noise."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadFrame:
    """A frame and the faces that were read in it.

    Attributes:
        begins_shot: whether it does not continue the frame before.
    """

    frame: Frame
    faces: tuple[FaceReading, ...]
    begins_shot: bool = False


class Smoother(Protocol):
    """Smooths the faces of successive frames. Owned by one thread."""

    def push(self, read: ReadFrame) -> list[ReadFrame]:
        """Take the next frame; return those that are smooth by now, in order."""

    def flush(self) -> list[ReadFrame]:
        """The video ends here: return the frames that are still held back."""


class NoSmoothing:
    """Lets faces pass as they are."""

    def push(self, read: ReadFrame) -> list[ReadFrame]:
        """See `Smoother`."""
        return [read]

    def flush(self) -> list[ReadFrame]:
        """See `Smoother`."""
        return []


class CausalSmoother:
    """One-Euro filters for each face, without any delay of frames.

    Args:
        strength: above 0; 2 halves the cutoff of what rests, so that it is twice as steady.
    """

    def __init__(self, strength: float) -> None:
        self._settings = [replace(part, rest_cutoff_hz=part.rest_cutoff_hz / strength) for part in _ONE_EURO]
        self._filters: dict[int, tuple[float, list[OneEuroFilter]]] = {}
        self._time = Fraction(0)

    def push(self, read: ReadFrame) -> list[ReadFrame]:
        """See `Smoother`."""
        elapsed_s = float(read.frame.time - self._time)
        self._time = read.frame.time
        if read.begins_shot or elapsed_s <= 0:
            self._filters = {}
        present = {face.track.id for face in read.faces}
        self._filters = {face_id: known for face_id, known in self._filters.items() if face_id in present}
        return [replace(read, faces=tuple(self._smooth(face, elapsed_s) for face in read.faces))]

    def _smooth(self, face: FaceReading, elapsed_s: float) -> FaceReading:
        parts = FaceParts.of(face)
        unit_px, filters = self._filters.setdefault(
            face.track.id, (parts.unit_px, [OneEuroFilter(settings) for settings in self._settings])
        )
        parts = parts.in_unit(unit_px)
        return face.with_parts(parts.changed(lambda index, part: filters[index].update(part, elapsed_s)))

    def flush(self) -> list[ReadFrame]:
        """See `Smoother`."""
        return []


class ZeroPhaseSmoother:
    """A symmetric kernel over the frames before and after, for each face: smooth and in step with the picture.

    The kernel is bilateral (Tomasi & Manduchi, "Bilateral Filtering for Gray and Color Images", 1998, here over time):
    frames count less the further away they are and the more they differ, so that a blink stays a blink. It looks
    `REACH_FRAMES` ahead, whatever the length of the clip, and not beyond a cut or a frame without the face.

    Args:
        strength: above 0; the kernel's width over 0.08 s.
    """

    def __init__(self, strength: float) -> None:
        self._width_s = _KERNEL_S * strength
        self._before: deque[_SplitFrame] = deque(maxlen=REACH_FRAMES)
        self._waiting: deque[_SplitFrame] = deque()

    def push(self, read: ReadFrame) -> list[ReadFrame]:
        """See `Smoother`."""
        ready = self.flush() if read.begins_shot else []
        self._waiting.append(_SplitFrame(read, {face.track.id: FaceParts.of(face) for face in read.faces}))
        if len(self._waiting) > REACH_FRAMES:
            ready.append(self._next())
        return ready

    def flush(self) -> list[ReadFrame]:
        """See `Smoother`."""
        ready = [self._next() for _ in range(len(self._waiting))]
        self._before.clear()
        return ready

    def _next(self) -> ReadFrame:
        split = self._waiting.popleft()
        faces = tuple(self._smooth(split, face) for face in split.read.faces)
        self._before.append(split)
        return replace(split.read, faces=faces)

    def _smooth(self, split: "_SplitFrame", face: FaceReading) -> FaceReading:
        parts = split.parts[face.track.id]
        frames = [*_run(face.track.id, reversed(self._before)), *_run(face.track.id, self._waiting)]
        if not frames:
            return face
        neighbours = [frame.parts[face.track.id].in_unit(parts.unit_px).all_parts() for frame in frames]
        distances_s = np.array([float(frame.time - split.time) for frame in frames])
        nearness = np.exp(-0.5 * (distances_s / self._width_s) ** 2)

        def mean(index: int, part: Vectors) -> Vectors:
            values = np.stack([neighbour[index] for neighbour in neighbours])
            unlike = ((values - part) ** 2).sum(axis=-1, keepdims=True) / _ALIKE[index] ** 2
            weights = nearness.reshape(-1, *[1] * part.ndim) * np.exp(-0.5 * unlike)
            return np.asarray((part + (weights * values).sum(axis=0)) / (1 + weights.sum(axis=0)))

        return face.with_parts(parts.changed(mean))


@dataclass(frozen=True, slots=True, eq=False)
class _SplitFrame:
    """A frame that waits, or one of those before it, with the parts of each of its faces by id."""

    read: ReadFrame
    parts: Mapping[int, FaceParts]

    @property
    def time(self) -> Fraction:
        return self.read.frame.time


def _run(face_id: int, frames: Iterable[_SplitFrame]) -> list[_SplitFrame]:
    """The nearest of the frames given that show the face, up to the first that does not."""
    return list(islice(takewhile(lambda frame: face_id in frame.parts, frames), REACH_FRAMES))


def smoother(strength: float, *, is_clip: bool) -> Smoother:
    """The smoother for a clip, or for live pictures.

    Args:
        strength: 0 for none, 1 for the usual, more for steadier.
        is_clip: whether frames may be held back to look ahead.
    """
    if strength <= 0:
        return NoSmoothing()
    return ZeroPhaseSmoother(strength) if is_clip else CausalSmoother(strength)
