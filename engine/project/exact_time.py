"""Exact time: seconds as `Fraction`, so that a frame at 30000/1001 frames a second never drifts."""

import math
import re
from fractions import Fraction
from typing import Final

from engine.errors import ProjectError

TIME_LIMIT: Final = 2**63 - 1
"""Largest numerator or denominator of a stored time: any language can read it into 64-bit integers."""
_TIME_PATTERN: Final = re.compile(r"(-?[0-9]{1,19})/([0-9]{1,19})")


def exact_time(value: Fraction | int) -> Fraction:
    """Return `value` as a time in seconds that a project file can hold; a float is refused, as it is not exact."""
    if isinstance(value, bool) or not isinstance(value, Fraction | int):
        raise TypeError(f"A time is a Fraction or an int, not {type(value).__name__}.")
    time = Fraction(value)
    if max(abs(time.numerator), time.denominator) > TIME_LIMIT:
        raise ProjectError(
            "A time needs more than 64 bits for its numerator or denominator.",
            "Round it to a frame or to a fraction of a second with a smaller denominator.",
        )
    return time


def parse_time(text: str) -> Fraction:
    """Read a time in seconds from its stored form "num/den", for instance "1001/30000"."""
    match = _TIME_PATTERN.fullmatch(text)
    if match is None or int(match[2]) == 0:
        raise ProjectError(
            f"{text!r} is not a time.", 'Write seconds as a fraction of whole numbers, for instance "3/2" or "2/1".'
        )
    return exact_time(Fraction(int(match[1]), int(match[2])))


def format_time(time: Fraction) -> str:
    """Write a time in its stored form "num/den", in lowest terms: 2 seconds are "2/1"."""
    return f"{time.numerator}/{time.denominator}"


def frame_time(index: int, rate: Fraction) -> Fraction:
    """Return when frame `index` of a stream of `rate` frames a second starts to show, in seconds."""
    return index / checked_rate(rate)


def frame_at(time: Fraction, rate: Fraction) -> int:
    """Return the index of the frame that shows at `time`: the last one that started at or before it."""
    return math.floor(time * checked_rate(rate))


def nearest_frame(time: Fraction, rate: Fraction) -> int:
    """Return the index of the frame that starts nearest to `time`, the later of two equally near: for snapping."""
    return math.floor(time * checked_rate(rate) + Fraction(1, 2))


def checked_rate(rate: Fraction) -> Fraction:
    """Return `rate`, in frames a second; ProjectError unless it is positive."""
    if rate <= 0:
        raise ProjectError(f"A frame rate of {rate} frames a second is not positive.", "Use the rate of the media.")
    return rate
