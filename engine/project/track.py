"""Keyframes, and the curve of one action unit or of the strength through them."""

import dataclasses
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import Final, TypeAlias

from engine.action_units import MAX_INTENSITY, au_index
from engine.errors import ProjectError
from engine.project.easing import LINEAR, Easing
from engine.project.exact_time import exact_time, format_time

STRENGTH_LIMIT: Final = 10.0
"""Keyframes of the strength lie within -10..10; the paper's α is within 0..1, more exaggerates and less inverts."""
_Segment: TypeAlias = tuple[int, int, int, int, float, float, Callable[[float], float]]
_BY_TIME: Final = attrgetter("time")


class IntensityRangeError(ProjectError):
    """An AU intensity lies outside 0..5. A front end can offer to clip it: `Keyframe.clipped`, `load_project`."""


def check_intensity(value: float) -> None:
    """Raise IntensityRangeError unless `value` lies within 0..5."""
    if not 0.0 <= value <= MAX_INTENSITY:
        clipped = min(max(value, 0.0), MAX_INTENSITY)
        raise IntensityRangeError(
            f"Intensity {value:g} is outside 0..{MAX_INTENSITY:g}.",
            f"Choose one within that range, or clip it to {clipped:g}.",
        )


def check_strength(value: float) -> None:
    """Raise ProjectError unless `value` lies within -10..10."""
    if not abs(value) <= STRENGTH_LIMIT:
        limits = f"-{STRENGTH_LIMIT:g}..{STRENGTH_LIMIT:g}"
        raise ProjectError(
            f"Strength {value:g} is outside {limits}.", "Choose one within that range; 1 reaches the target."
        )


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A value at a moment.

    Attributes:
        time: seconds from the start of the media, exact; may be negative.
        value: an AU intensity 0..5, or a strength.
        easing: how the value travels from this keyframe to the next one.
    """

    time: Fraction
    value: float
    easing: Easing = LINEAR

    def __post_init__(self) -> None:
        value = float(self.value)
        if not math.isfinite(value):
            raise ProjectError(f"A keyframe's value of {value} is not a finite number.", "Use a finite number.")
        object.__setattr__(self, "time", exact_time(self.time))
        object.__setattr__(self, "value", value)

    def clipped(self) -> "Keyframe":
        """A copy whose value is limited to the intensities 0..5."""
        return dataclasses.replace(self, value=min(max(self.value, 0.0), MAX_INTENSITY))


@dataclass(frozen=True, slots=True)
class Track:
    """The keyframes of one AU, or of the strength α. Edits return a new track.

    Attributes:
        au: number of the AU, or None for the strength.
        keyframes: by ascending time, each time once; given in any order.
    """

    au: int | None
    keyframes: tuple[Keyframe, ...] = ()
    _seconds: tuple[float, ...] = field(init=False, repr=False, compare=False)
    _segments: tuple[_Segment, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.au is not None:
            au_index(self.au)
        keyframes = tuple(sorted(self.keyframes, key=_BY_TIME))
        self._check(keyframes)
        object.__setattr__(self, "keyframes", keyframes)
        object.__setattr__(
            self, "_seconds", tuple(keyframe.time.numerator / keyframe.time.denominator for keyframe in keyframes)
        )
        object.__setattr__(self, "_segments", tuple(_segment(start, end) for start, end in pairwise(keyframes)))

    @property
    def label(self) -> str:
        """What people call the track: "AU12", or "Strength"."""
        return "Strength" if self.au is None else f"AU{self.au}"

    @property
    def seconds(self) -> tuple[float, ...]:
        """Return the times of the keyframes, rounded to floats; for drawing."""
        return self._seconds

    def at(self, time: Fraction) -> Keyframe | None:
        """Return the keyframe at exactly `time`."""
        index = self._last_started(time)
        return self.keyframes[index] if index >= 0 and self.keyframes[index].time == time else None

    def evaluate(self, time: Fraction) -> float | None:
        """Return the value at `time`, or None where the track has no keyframes.

        The first keyframe's value holds before it and the last one's after it; in between, the easing of the keyframe
        that a segment starts at shapes it. An overshooting easing can leave the range that keyframes must keep to.
        """
        if not self.keyframes:
            return None
        index = self._last_started(time)
        if index < 0 or index == len(self._segments):
            return self.keyframes[max(index, 0)].value
        numerator, denominator, end_denominator, span, value, change, easing = self._segments[index]
        time_numerator, time_denominator = time.as_integer_ratio()
        elapsed = time_numerator * denominator - numerator * time_denominator
        return value + change * easing(elapsed * end_denominator / (time_denominator * span))

    def insert(self, keyframe: Keyframe) -> "Track":
        """Add a keyframe at a time that has none; `replace` changes one that exists."""
        return self._with((*self.keyframes, keyframe))

    def remove(self, time: Fraction) -> "Track":
        """Take the keyframe at `time` out."""
        found = self._existing(time)
        return self._with(keyframe for keyframe in self.keyframes if keyframe is not found)

    def replace(self, time: Fraction, keyframe: Keyframe) -> "Track":
        """Put `keyframe` in the place of the one at `time`; its own time may be another, free one."""
        found = self._existing(time)
        return self._with(keyframe if other is found else other for other in self.keyframes)

    def move(self, time: Fraction, to: Fraction) -> "Track":
        """Move the keyframe at `time`, with its value and easing, to a free time; it may pass others on the way."""
        return self.replace(time, dataclasses.replace(self._existing(time), time=to))

    def shift(self, times: Collection[Fraction], by: Fraction) -> "Track":
        """Move all keyframes at `times` by the same number of seconds, as when a selection is dragged."""
        moving = {self._existing(time).time for time in times}
        return self._with(
            dataclasses.replace(keyframe, time=keyframe.time + by) if keyframe.time in moving else keyframe
            for keyframe in self.keyframes
        )

    def _with(self, keyframes: Iterable[Keyframe]) -> "Track":
        return Track(self.au, tuple(keyframes))

    def _existing(self, time: Fraction) -> Keyframe:
        found = self.at(time)
        if found is None:
            raise ProjectError(
                f"{self.label} has no keyframe at {format_time(exact_time(time))} s.", "Insert one first."
            )
        return found

    def _last_started(self, time: Fraction) -> int:
        """Return the index of the last keyframe at or before `time`, -1 before the first.

        Floats narrow the search, as rounding keeps the order of times; only times that round alike compare exactly.
        """
        seconds = time.numerator / time.denominator
        low = bisect_left(self._seconds, seconds)
        high = bisect_right(self._seconds, seconds, low)
        return (low if low == high else bisect_right(self.keyframes, time, low, high, key=_BY_TIME)) - 1

    def _check(self, keyframes: tuple[Keyframe, ...]) -> None:
        check = check_strength if self.au is None else check_intensity
        for keyframe in keyframes:
            try:
                check(keyframe.value)
            except ProjectError as error:
                where = f"{self.label} at {format_time(keyframe.time)} s: "
                raise type(error)(where + error.message, error.remedy) from None
        for start, end in pairwise(keyframes):
            if start.time == end.time:
                raise ProjectError(
                    f"{self.label} cannot have two keyframes at {format_time(start.time)} s.",
                    "Replace the one that is there, or choose another time.",
                )


def _segment(start: Keyframe, end: Keyframe) -> _Segment:
    """Lay out what `Track.evaluate` needs between two keyframes.

    With integers, the share of the span that has passed is exact until the one division that rounds it, and costs far
    less than in `Fraction`s.
    """
    numerator, denominator = start.time.as_integer_ratio()
    end_numerator, end_denominator = end.time.as_integer_ratio()
    span = end_numerator * denominator - numerator * end_denominator
    return numerator, denominator, end_denominator, span, start.value, end.value - start.value, start.easing
