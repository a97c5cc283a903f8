"""Curves of the 17 action units, sampled at exact times."""

import dataclasses
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.action_units import AU_COUNT, AU_NUMBERS, AUVector, au_index
from engine.errors import ProjectError
from engine.types import FloatArray

BRIDGED: Final = Fraction(3, 10)
"""Seconds without a face that are bridged as if it had been seen."""
FADE: Final = Fraction(3, 10)
"""Seconds in which a performance fades where the face is lost for longer."""


@dataclass(frozen=True, slots=True, eq=False)
class AUCurves:
    """Intensities over time, as measured in the frames of a medium. Changes give new curves.

    Attributes:
        times: seconds, exact, rising strictly.
        values: float32 [N, 17], intensities in the order of `AU_NUMBERS`, read-only; rows without success say nothing.
        confidence: float32 [N], 0..1, read-only; how far a row is to be trusted.
        success: bool [N], read-only; whether a face was seen. All of them unless given.
        aus: the AUs that were measured; the values of all others are 0.
    """

    times: tuple[Fraction, ...]
    values: FloatArray
    confidence: FloatArray = field(default_factory=lambda: np.empty(0, np.float32))
    success: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    aus: tuple[int, ...] = AU_NUMBERS
    _seen: tuple[int, ...] = field(init=False, repr=False)
    _seen_times: tuple[Fraction, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        count = len(self.times)
        success = self.success if len(self.success) else np.ones(count)
        confidence = self.confidence if len(self.confidence) else np.asarray(success, np.float32)
        if not count:
            raise ProjectError("Curves without a single moment say nothing.", "Choose a source with frames.")
        for earlier, later in pairwise(self.times):
            if earlier >= later:
                raise ProjectError(
                    f"The times of curves must rise, but {float(later):g} s follows {float(earlier):g} s.",
                    "Sort the rows by time, each time once.",
                )
        object.__setattr__(self, "times", tuple(self.times))
        object.__setattr__(self, "values", _frozen(self.values, np.float32, (count, AU_COUNT)))
        object.__setattr__(self, "confidence", _frozen(confidence, np.float32, (count,)))
        object.__setattr__(self, "success", _frozen(success, np.bool_, (count,)))
        object.__setattr__(self, "aus", tuple(sorted(self.aus, key=au_index)))
        seen = tuple(np.flatnonzero(self.success).tolist())
        object.__setattr__(self, "_seen", seen)
        object.__setattr__(self, "_seen_times", tuple(self.times[index] for index in seen))

    def __len__(self) -> int:
        return len(self.times)

    @property
    def start(self) -> Fraction:
        """Time of the first row."""
        return self.times[0]

    @property
    def end(self) -> Fraction:
        """Time of the last row."""
        return self.times[-1]

    def of(self, number: int) -> FloatArray:
        """The curve of AU `number`: float32 [N]."""
        return self.values[:, au_index(number)]

    def sample(self, time: Fraction) -> AUVector:
        """Return the intensities at `time`: linear between the rows with a face, held before and after them.

        Without any such row, all are 0.
        """
        if not self._seen:
            return AUVector.neutral()
        after = bisect_right(self._seen_times, time)
        if after in (0, len(self._seen)):
            return AUVector(self.values[self._seen[min(after, len(self._seen) - 1)]])
        start, end = self._seen_times[after - 1], self._seen_times[after]
        share = np.float32((time - start) / (end - start))
        before, later = self.values[self._seen[after - 1]], self.values[self._seen[after]]
        return AUVector(before + share * (later - before))

    def presence(self, time: Fraction, bridged: Fraction = BRIDGED, fade: Fraction = FADE) -> float:
        """Return how far the face is there at `time`, 0..1, without any jump over time.

        Args:
            time: seconds.
            bridged: a face that is lost for at most that long counts as seen; one that is lost for longer starts to
                fade out after it.
            fade: seconds that fading out takes, and fading in before it is seen again.
        """
        if not self._seen:
            return 0.0
        after = bisect_right(self._seen_times, time)
        last, following = after - 1, after
        lost_for = time - self._seen_times[last] if last >= 0 else None
        back_in = self._seen_times[following] - time if following < len(self._seen) else None
        if lost_for is not None and back_in is not None:
            neighbours = self._seen[following] - self._seen[last] == 1
            if neighbours or lost_for + back_in <= bridged:
                return 1.0
        gone = 0.0 if lost_for is None else _falling(lost_for - bridged, fade)
        coming = 0.0 if back_in is None else _falling(back_in, fade)
        return max(gone, coming)

    def delayed(self, by: Fraction) -> "AUCurves":
        """The same curves, `by` seconds later; earlier where that is negative."""
        return dataclasses.replace(self, times=tuple(time + by for time in self.times))

    def within(self, start: Fraction, end: Fraction | None) -> "AUCurves":
        """The rows from `start` up to, but without, `end`; with None to the last.

        Raises:
            ProjectError: there are none.
        """
        rows = [index for index, time in enumerate(self.times) if start <= time and (end is None or time < end)]
        if not rows:
            raise ProjectError(
                f"The curves have nothing in that part; they run from {float(self.start):g} to {float(self.end):g} s.",
                "Choose another part.",
            )
        return dataclasses.replace(
            self,
            times=tuple(self.times[row] for row in rows),
            values=self.values[rows],
            confidence=self.confidence[rows],
            success=self.success[rows],
        )

    def only(self, aus: Collection[int]) -> "AUCurves":
        """The same curves with no AUs but those named; of the ones that were measured."""
        kept = tuple(number for number in self.aus if number in aus)
        values = np.zeros_like(self.values)
        indices = [au_index(number) for number in kept]
        values[:, indices] = self.values[:, indices]
        return dataclasses.replace(self, values=values, aus=kept)

    def relative_to(self, neutral: AUVector) -> "AUCurves":
        """How far each row is from the expression `neutral`; what lies below it becomes negative."""
        measured = np.isin(AU_NUMBERS, self.aus)
        return dataclasses.replace(self, values=np.where(measured, self.values - neutral.values, np.float32(0)))

    def seen(self) -> "AUCurves":
        """The rows with a face alone.

        Raises:
            ProjectError: there are none.
        """
        if not self._seen:
            raise ProjectError("The curves show no face at any time.", "Choose a source in which a face is found.")
        rows = list(self._seen)
        return dataclasses.replace(
            self,
            times=self._seen_times,
            values=self.values[rows],
            confidence=self.confidence[rows],
            success=self.success[rows],
        )

    def resampled(self, times: Sequence[Fraction]) -> "AUCurves":
        """The curves at other times, as `sample` gives them; confidence and success are those of the row that shows."""
        rows = [max(0, bisect_right(self.times, time) - 1) for time in times]
        return dataclasses.replace(
            self,
            times=tuple(times),
            values=np.stack([self.sample(time).values for time in times]),
            confidence=self.confidence[rows],
            success=self.success[rows],
        )


def _falling(since: Fraction, fade: Fraction) -> float:
    """1 up to `since` = 0, from there on linearly to 0 at `fade`."""
    if since <= 0:
        return 1.0
    return max(0.0, float(1 - since / fade)) if fade > 0 else 0.0


def _frozen(values: ArrayLike, kind: type[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    array = np.array(values, dtype=kind)
    if array.shape != shape:
        raise ValueError(f"An array of shape {array.shape} where curves need {shape}.")
    array.flags.writeable = False
    return array
