"""A person's face at rest, learnt from the calmest of the frames that show it, or set by the person.

On the 12 unseen people of `photo-puppets-au`, intensities correlate with their labels by 0.66 where each picture stands
for itself, 0.79 with the mean of what the network guesses as the neutral face, 0.90 with the neutral photo, and 0.91
with this calibration over all pictures of the person; over the pictures in which the person acts strongly, the
calmest ones are not at rest, and it reaches 0.81 where the guess reaches 0.78.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from engine.action_units import AUVector, interpolate_expression
from engine.faces.expression import ExpressionEstimator, NeutralFace, expression_points
from engine.types import FaceTrack, FloatArray

_EVERY_S: Final = Fraction(1, 5)
_CALMEST: Final = 12
_KEPT: Final = 48
_REST: Final = 6.0
_ACTION: Final = 12.0
"""Sums of the 17 intensities: up to the first, the calmest pictures show rest; from the second on, the guess counts."""
_FRONTAL: Final = 20.0
_ROUNDS: Final = 2
_MOST_PEOPLE: Final = 16
_EAGER: Final = 30
_LATER_EVERY: Final = 5
"""After so many pictures learnt from, the calmest are judged anew with every fifth only."""
_LEARNING: Final = 0.3


class NeutralCalibration:
    """What is known of one person's face at rest. Owned by one thread.

    Args:
        estimator: its networks judge which frames are calm.

    Attributes:
        neutral: the face at rest, None while too little has been seen.
        trust: 0..1, how far to rely on it; rises while the first frames are seen, so that no estimate jumps.
    """

    def __init__(self, estimator: ExpressionEstimator) -> None:
        self.neutral: NeutralFace | None = None
        self.trust = 0.0
        self._estimator = estimator
        self._is_set = False
        self._observed_at: Fraction | None = None
        self._guess: FloatArray = np.zeros(0, np.float32)
        self._guesses = 0
        self._calm: list[FloatArray] = []

    def observe(self, track: FaceTrack, time: Fraction) -> None:
        """Learn from the person's face in one frame; cheap where a frame of the last fifth of a second was learnt from.

        Faces that were not seen, or are turned away, are passed over, and so are all once the neutral face is set.
        """
        if self._is_set or track.confidence == 0 or max(abs(track.pose.yaw), abs(track.pose.pitch)) > _FRONTAL:
            return
        if self._observed_at is not None and abs(time - self._observed_at) < _EVERY_S:
            return
        self._observed_at = time
        guess = self._estimator.guess_neutral([track]).points
        self._guesses += 1
        self._guess = guess if self._guesses == 1 else self._guess + (guess - self._guess) / np.float32(self._guesses)
        self._calm.append(expression_points(track.landmarks_px))
        if self._guesses >= _CALMEST and (self._guesses < _EAGER or self._guesses % _LATER_EVERY == 0):
            self._learn()

    def set_neutral(self, tracks: Sequence[FaceTrack]) -> None:
        """Take the mean of these faces for the person at rest: "this is my neutral"."""
        self.take(NeutralFace.measured(tracks))

    def take(self, neutral: NeutralFace) -> None:
        """Take a face at rest that is known from elsewhere."""
        self.neutral, self.trust, self._is_set = neutral, 1.0, True

    def forget(self) -> None:
        """Know nothing, and learn anew."""
        self.neutral, self.trust, self._is_set = None, 0.0, False
        self._observed_at, self._guesses, self._calm = None, 0, []

    def settle(self) -> None:
        """Rely on what has been learnt so far, however little, and learn no more: the same for every frame to come."""
        if self._guesses and not self._is_set:
            self.neutral, self.trust = self._best(), 1.0
        self._is_set = self.neutral is not None

    def _learn(self) -> None:
        best = self._best()
        if self.neutral is None:
            self.neutral = best
        else:
            eased = self.neutral.points + _LEARNING * (best.points - self.neutral.points)
            self.neutral = NeutralFace(eased.astype(np.float32))
        self.trust = min(1.0, self.trust + _LEARNING / 2)

    def _best(self) -> NeutralFace:
        """The mean of the calmest faces, drawn towards the guess where even these act; the calmest are kept."""
        neutral = NeutralFace(self._guess)
        points = np.stack(self._calm)
        for _ in range(_ROUNDS):
            action = self._estimator.action(points, neutral)
            order = np.argsort(action)
            calmest = order[:_CALMEST]
            rest = float(np.clip((_ACTION - action[calmest].mean()) / (_ACTION - _REST), 0.0, 1.0))
            mixed = rest * points[calmest].mean(axis=0) + (1 - rest) * self._guess
            neutral = NeutralFace(mixed.astype(np.float32))
        self._calm = [self._calm[index] for index in order[:_KEPT]]
        return neutral


class CalibratedEstimator:
    """Estimates the expressions of several people, each against the face at rest of their own. Owned by one thread.

    Args:
        estimator: its networks.
        learns: whether it calibrates by itself, from the frames that it is shown.
    """

    def __init__(self, estimator: ExpressionEstimator, *, learns: bool) -> None:
        self.learns = learns
        self._estimator = estimator
        self._people: dict[int, NeutralCalibration] = {}

    @property
    def people(self) -> Mapping[int, NeutralCalibration]:
        """What is known of each person, by the id of the track."""
        return self._people

    def person(self, face_id: int) -> NeutralCalibration:
        """The calibration of one person; a new one where there is none."""
        known = self._people.setdefault(face_id, NeutralCalibration(self._estimator))
        while len(self._people) > _MOST_PEOPLE:
            del self._people[next(iter(self._people))]
        return known

    def estimate(self, tracks: Sequence[FaceTrack], time: Fraction) -> tuple[AUVector, ...]:
        """The intensities, 0..5, of each face in a frame at `time` seconds."""
        if self.learns:
            for track in tracks:
                self.person(track.id).observe(track, time)
        known = [self._people.get(track.id) for track in tracks]
        estimates = list(
            self._estimator.estimate(tracks, [None if person is None else person.neutral for person in known])
        )
        for index, person in enumerate(known):
            if person is not None and person.neutral is not None and person.trust < 1:
                (unknown,) = self._estimator.estimate([tracks[index]], [None])
                estimates[index] = interpolate_expression(unknown, estimates[index], person.trust)
        return tuple(estimates)

    def settle(self) -> None:
        """Learn no more, and rely on what is known of each person: every frame is read by the same measure."""
        self.learns = False
        for person in self._people.values():
            person.settle()

    def forget(self) -> None:
        """Know nobody."""
        self._people.clear()
