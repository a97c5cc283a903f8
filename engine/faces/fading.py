"""How much of an edit a face gets: all of it, or less while it comes, goes, or is turned too far away."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from engine.types import FaceTrack, HeadPose

BRIDGED_S: Final = Fraction(3, 10)
"""Seconds for which a face that is not seen counts as there."""
FADE_S: Final = 0.25
"""Seconds from no edit to all of it, and back."""

_FULL_YAW: Final = 30.0
_FULL_PITCH: Final = 24.0
_LOST_YAW: Final = 50.0
_LOST_PITCH: Final = 40.0


def pose_weight(pose: HeadPose) -> float:
    """1 for a head that the model can edit, 0 for one turned beyond that, smooth between.

    The models have learnt from heads turned by up to 20°; up to 30° the edit holds, at 50° half of the face is hidden.
    """
    turn = float(np.hypot(pose.yaw / _LOST_YAW, pose.pitch / _LOST_PITCH))
    full = max(_FULL_YAW / _LOST_YAW, _FULL_PITCH / _LOST_PITCH)
    share = float(np.clip((1 - turn) / (1 - full), 0.0, 1.0))
    return share * share * (3 - 2 * share)


class Fading:
    """Weights that never jump within a shot. Owned by one thread."""

    def __init__(self) -> None:
        self._weights: dict[int, float] = {}
        self._seen_at: dict[int, Fraction] = {}
        self._time = Fraction(0)

    def update(
        self, tracks: Sequence[FaceTrack], selected: Collection[int], time: Fraction, *, begins_shot: bool
    ) -> dict[int, float]:
        """The weight, 0..1, of each face in the next frame.

        Args:
            tracks: the faces; those with confidence 0 were not seen.
            selected: ids of those to edit.
            time: of the frame.
            begins_shot: whether the frame does not continue the one before: then all take their weights at once.
        """
        step = max(float(time - self._time), 0.0) / FADE_S
        self._time = time
        if begins_shot:
            self._weights, self._seen_at = {}, {}
        weights = {}
        for track in tracks:
            if track.confidence > 0:
                self._seen_at[track.id] = time
            is_there = time - self._seen_at.get(track.id, time) <= BRIDGED_S and track.id in selected
            aim = pose_weight(track.pose) if is_there else 0.0
            before = aim if begins_shot else self._weights.get(track.id, 0.0)
            weights[track.id] = float(np.clip(aim, before - step, before + step))
        self._weights = weights
        self._seen_at = {face_id: seen for face_id, seen in self._seen_at.items() if face_id in weights}
        return weights
