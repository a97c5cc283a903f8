"""What the tracker remembers of a person, and how well a face in a new frame fits it."""

from fractions import Fraction
from typing import Final

import numpy as np

from engine.faces.appearance import SAME_PERSON, STRANGER, Appearance
from engine.faces.face_track import box_of, centre_of, face_track, size_of
from engine.types import FaceTrack, FloatArray, RGBImage

ALONE: Final = 3.0
"""The cost from which on a face is rather a new person's."""
HELD_S: Final = Fraction(3, 5)
"""Seconds for which a face that is not seen is predicted: 0.3 s of bridging, then the time it takes to fade out."""

_MOTION_FADES_S: Final = 0.15
_UNRELATED: Final = 1.5
_FAMILIAR_S: Final = 0.5
_STAYED: Final = 0.6
"""Sizes of the face by which one that has stayed may have moved while time jumped."""
_LEARNING: Final = 0.2
_NEVER: Final = float("inf")


class KnownFace:
    """One person: where the face was last, how it moved, and what it looks like. Owned by the tracker's thread.

    Args:
        face_id: the track's id.
        pixels, landmarks_px, time: where it was first seen.

    Attributes:
        appearance: what it looks like.
        is_in_shot: whether the shot has shown it.
        may_have_stayed: whether it was in the last frame, after which time jumped without a cut.
    """

    def __init__(self, face_id: int, pixels: RGBImage, landmarks_px: FloatArray, time: Fraction) -> None:
        self.id = face_id
        self.seen_at = time
        self.is_in_shot = True
        self.may_have_stayed = False
        self._landmarks_px = landmarks_px
        self._velocity_px = np.zeros(2)
        self.appearance = Appearance.of(pixels, landmarks_px)
        self._looked_at = time

    def see(self, landmarks_px: FloatArray, time: Fraction) -> FaceTrack:
        """The face is here in this frame."""
        gap = float(time - self.seen_at)
        if self.is_in_shot and 0 < gap < HELD_S:
            moved = np.subtract(centre_of(box_of(landmarks_px)), centre_of(box_of(self._landmarks_px)))
            self._velocity_px += 0.5 * (moved / gap - self._velocity_px)
        else:
            self._velocity_px[:] = 0
        self._landmarks_px, self.seen_at, self.is_in_shot = landmarks_px, time, True
        return face_track(self.id, landmarks_px)

    def predict(self, time: Fraction) -> FaceTrack:
        """The face as it would be by now: it moves on for a moment and comes to rest."""
        offset = np.append(self._drift(time), 0).astype(np.float32)
        return face_track(self.id, self._landmarks_px + offset, confidence=0.0)

    def look(self, pixels: RGBImage, landmarks_px: FloatArray, time: Fraction) -> None:
        """Learn slow changes of its looks, now and then, where nothing hides it."""
        if abs(time - self._looked_at) >= _FAMILIAR_S:
            self.appearance = self.appearance.drawn_towards(Appearance.of(pixels, landmarks_px), _LEARNING)
            self._looked_at = time

    def distance(self, landmarks_px: FloatArray, time: Fraction) -> float:
        """From where the face is expected to one in this frame, in sizes of the face; a change of size counts."""
        box, expected = box_of(landmarks_px), box_of(self._landmarks_px)
        size = max(size_of(expected), 1.0)
        offset = np.subtract(centre_of(box), centre_of(expected)) - self._drift(time)
        return float(np.hypot(*offset)) / size + abs(float(np.log(max(size_of(box), 1.0) / size)))

    def cost(self, landmarks_px: FloatArray, appearance: Appearance, time: Fraction) -> float:
        """How badly a face in this frame fits, 0 for perfectly, infinite where it cannot be this person.

        In one shot a face is where it was, and may look different, half hidden or in another light; after a while, or
        after a cut, only its looks tell.
        """
        looks = self.appearance.distance(appearance) / SAME_PERSON
        gap = abs(float(time - self.seen_at))
        if not self.is_in_shot or gap > HELD_S:
            stayed = self.may_have_stayed and self.distance(landmarks_px, time) < _STAYED
            return looks if looks < (STRANGER / SAME_PERSON if stayed else 1) else _NEVER
        offset = self.distance(landmarks_px, time) / (1 + 3 * gap)
        return offset + looks if offset < _UNRELATED else (_NEVER if looks >= 1 else _UNRELATED + looks)

    def _drift(self, time: Fraction) -> FloatArray:
        gap = max(float(time - self.seen_at), 0.0)
        drift = self._velocity_px * _MOTION_FADES_S * (1 - np.exp(-gap / _MOTION_FADES_S))
        return np.asarray(drift, np.float32)
