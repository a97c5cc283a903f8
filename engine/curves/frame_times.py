"""The exact times behind rounded ones."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

_NTSC: Final = Fraction(1000, 1001)
USUAL_RATES: Final = tuple(
    Fraction(rate)
    for rate in (24, 24 * _NTSC, 25, 30, 30 * _NTSC, 48, 50, 60, 60 * _NTSC, 120, 120 * _NTSC, 240, 10, 12, 15, 20)
)
"""Frames a second of films, cameras and their fractions."""
_LEAST_STEPS: Final = 4
"""Written times must be this much finer than the frames they tell apart, to tell a rate."""


def exact_times(frames: Sequence[int], written: Sequence[Fraction], unit: Fraction) -> tuple[Fraction, ...]:
    """Return the times of a constant usual rate where `written` are those, rounded or cut off; else `written` itself.

    Args:
        frames: numbers of the frames, rising.
        written: their times in seconds.
        unit: the last digit that was written, for instance 1/1000 s.
    """
    best: tuple[Fraction, ...] = ()
    least = unit
    for rate in USUAL_RATES if len(frames) > 1 else ():
        if unit * _LEAST_STEPS * rate > 1:
            continue
        first = round(written[0] * rate) - frames[0]
        times = tuple((frame + first) / rate for frame in frames)
        error = max(abs(time - other) for time, other in zip(times, written, strict=True))
        if error < least:
            best, least = times, error
    return best or tuple(written)
