"""The time axis: which moment is at which pixel, and the lines of the ruler."""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from engine.project.exact_time import frame_time, nearest_frame

_LEAST_SCALE: Final = 0.5
_GREATEST_SCALE: Final = 4000.0
_TICKS_PER_SECOND: Final = 1_000_000
"""Moments between frames are kept to a microsecond."""
_STEPS_FRAMES: Final = (1, 2, 5, 10)
_STEPS_SECONDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the ruler: when, and whether it has a label."""

    time: Fraction
    is_major: bool


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Maps seconds to pixels and back. Changes give a new axis.

    Attributes:
        scale: pixels a second.
        origin: the second at pixel 0; it may be a little negative, so that the first keyframe is not at the edge.
    """

    scale: float = 100.0
    origin: float = 0.0

    def x_of(self, time: Fraction | float) -> float:
        """Return the pixel of a moment."""
        return (float(time) - self.origin) * self.scale

    def seconds_at(self, x: float) -> float:
        """Return the moment of a pixel, as it is."""
        return self.origin + x / self.scale

    def time_at(self, x: float) -> Fraction:
        """Return the moment of a pixel, to a microsecond."""
        return Fraction(round(self.seconds_at(x) * _TICKS_PER_SECOND), _TICKS_PER_SECOND)

    def frame_near(self, x: float, rate: Fraction) -> Fraction:
        """Return when the frame starts that starts nearest to a pixel, 0 at the earliest."""
        return frame_time(max(0, nearest_frame(self.time_at(x), rate)), rate)

    def zoomed(self, factor: float, about_x: float) -> "TimeAxis":
        """Show `factor` times the detail; the moment at `about_x` stays there."""
        scale = min(max(self.scale * factor, _LEAST_SCALE), _GREATEST_SCALE)
        return TimeAxis(scale, self.seconds_at(about_x) - about_x / scale)

    def scrolled(self, by_px: float) -> "TimeAxis":
        """Show what is `by_px` pixels further right."""
        return dataclasses.replace(self, origin=self.origin + by_px / self.scale)

    def ticks(self, width: float, rate: Fraction, label_px: float) -> Iterator[Tick]:
        """Yield the lines of a ruler of `width` pixels, whose labels need `label_px` each."""
        major, minor = self._steps(rate, label_px)
        index = max(0, math.floor(self.origin / minor))
        while (time := index * minor) <= self.seconds_at(width):
            yield Tick(time, time % major == 0)
            index += 1

    def _steps(self, rate: Fraction, label_px: float) -> tuple[Fraction, Fraction]:
        frame = 1 / rate
        choices = [step * frame for step in _STEPS_FRAMES if step * frame < 1]
        choices += [Fraction(step) for step in _STEPS_SECONDS]
        major = next((step for step in choices if step * Fraction(self.scale) >= label_px), choices[-1])
        minor = next((step for step in choices if major % step == 0 and step * Fraction(self.scale) >= 6), major)
        return major, minor


def fitted(duration: Fraction, width: float, margin_px: float) -> TimeAxis:
    """Return the axis that shows 0..`duration` between margins in `width` pixels."""
    scale = min(max((width - 2 * margin_px) / max(float(duration), 0.1), _LEAST_SCALE), _GREATEST_SCALE)
    return TimeAxis(scale, -margin_px / scale)
