"""Exact times for the frames of a stream, from the timestamps that its container stores."""

import math
from fractions import Fraction
from typing import Final

_NTSC_DENOMINATOR: Final = 1001
_RATE_TOLERANCE: Final = Fraction(1, 10**6)


class FrameClock:
    """Turns timestamps, in presentation order, into whole numbers of `time_base` that rise strictly from 0.

    A timestamp is counted from the first one, so variable frame rates survive exactly. Three things are put right:

    - A missing timestamp is one nominal frame after the time before; one that does not rise is one tick after it, so
      that later frames stay in place.
    - A container may count in ticks that no frame of a constant rate falls on: Matroska stores whole milliseconds, in
      which 30000/1001 frames a second become 33, 67, 100 ms. As long as each timestamp lies within a tick of the
      rate's own grid, the grid's time is given: n · 1001/30000. The first that does not ends this for good.

    Args:
        tick: seconds that a timestamp of 1 stands for.
        rate: frames a second, as far as the container knows.

    Attributes:
        time_base: seconds that a time of 1 stands for; `tick`, or the part of it that the grid needs.
    """

    def __init__(self, tick: Fraction, rate: Fraction) -> None:
        interval = 1 / rate
        is_on_grid = rate.denominator in (1, _NTSC_DENOMINATOR) and interval > 2 * tick and interval % tick != 0
        self.time_base: Final = _common_measure(tick, interval) if is_on_grid else tick
        self._units_a_tick: Final = int(tick / self.time_base)
        self._interval: Final = max(1, round(interval / self.time_base))
        self._is_on_grid = is_on_grid
        self._offset: int | None = None
        self._last: int | None = None

    def time_of(self, timestamp: int | None) -> int:
        """Return the time of the next frame, in units of `time_base`."""
        after_last = 0 if self._last is None else self._last + self._interval
        if timestamp is None:
            time = after_last
        elif self._offset is None:
            self._offset = after_last - timestamp * self._units_a_tick
            time = after_last
        else:
            time = self._placed(timestamp * self._units_a_tick + self._offset)
        if self._last is not None and time <= self._last:
            time = self._last + self._units_a_tick
        self._last = time
        return time

    def _placed(self, time: int) -> int:
        """Move `time` onto the grid of the constant rate while the stream keeps to it."""
        if not self._is_on_grid:
            return time
        on_grid = (2 * time + self._interval) // (2 * self._interval) * self._interval
        if abs(on_grid - time) <= self._units_a_tick:
            return on_grid
        self._is_on_grid = False
        return time


def nominal_rate(rate: Fraction) -> Fraction:
    """Return the rate of the NTSC family, such as 60000/1001, that a container has rounded, or `rate` itself."""
    ntsc = Fraction(round(rate * _NTSC_DENOMINATOR / 1000) * 1000, _NTSC_DENOMINATOR)
    return ntsc if abs(ntsc - rate) < rate * _RATE_TOLERANCE else rate


def _common_measure(a: Fraction, b: Fraction) -> Fraction:
    """Return the largest time of which both are whole multiples."""
    return Fraction(math.gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator)
