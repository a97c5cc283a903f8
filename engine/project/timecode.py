"""SMPTE timecode: frame numbers as people read and type them (SMPTE ST 12-1).

Timecode counts frames at the nominal (whole) rate. At 30000/1001 it therefore runs behind the clock by 3.6 s an hour;
drop-frame timecode, written with a semicolon, skips numbers (never frames) to keep up.
"""

import re
from fractions import Fraction
from typing import Final

from engine.errors import ProjectError
from engine.project.exact_time import checked_rate

_PATTERN: Final = re.compile(r"(-?)([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])([:;])([0-9]{2,4})")


def format_timecode(frame: int, rate: Fraction, *, drop_frame: bool = False) -> str:
    """Write the number of a frame as HH:MM:SS:FF, or as HH:MM:SS;FF in drop-frame.

    Args:
        frame: index from 0; before 0 the timecode has a minus sign.
        rate: frames a second.
        drop_frame: skip numbers to follow the clock; only for multiples of 30000/1001.
    """
    nominal = _nominal_rate(rate)
    number = abs(frame)
    if drop_frame:
        dropped = _dropped_numbers(rate)
        tens, rest = divmod(number, nominal * 600 - 9 * dropped)
        minutes = max(rest - dropped, 0) // (nominal * 60 - dropped)
        number += dropped * (9 * tens + minutes)
    seconds, frames = divmod(number, nominal)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    width = max(2, len(str(nominal - 1)))
    sign, separator = "-" if frame < 0 else "", ";" if drop_frame else ":"
    return f"{sign}{hour:02d}:{minute:02d}:{second:02d}{separator}{frames:0{width}d}"


def parse_timecode(text: str, rate: Fraction) -> int:
    """Read HH:MM:SS:FF, or HH:MM:SS;FF in drop-frame, into the index of a frame at `rate` frames a second."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise ProjectError(f"{text!r} is not a timecode.", "Write it as HH:MM:SS:FF, for instance 00:01:30:12.")
    nominal = _nominal_rate(rate)
    hour, minute, second, frames = (int(match[group]) for group in (2, 3, 4, 6))
    if frames >= nominal:
        raise ProjectError(f"Timecode {text!r} has frame {frames}.", f"A second holds frames 0 to {nominal - 1} here.")
    minutes = hour * 60 + minute
    number = (minutes * 60 + second) * nominal + frames
    if match[5] == ";":
        dropped = _dropped_numbers(rate)
        if minute % 10 and second == 0 and frames < dropped:
            raise ProjectError(
                f"Timecode {text!r} is one that drop-frame skips.",
                f"The first frame of that minute is {text.strip()[: match.start(6)]}{dropped:02d}.",
            )
        number -= dropped * (minutes - minutes // 10)
    return -number if match[1] else number


def _nominal_rate(rate: Fraction) -> int:
    return max(1, round(checked_rate(rate)))


def _dropped_numbers(rate: Fraction) -> int:
    """Return how many numbers drop-frame skips at the start of each minute but every tenth."""
    nominal = _nominal_rate(rate)
    if nominal % 30 or rate != Fraction(nominal * 1000, 1001):
        raise ProjectError(
            f"There is no drop-frame timecode at {rate} frames a second.",
            "Write the timecode with a colon: HH:MM:SS:FF.",
        )
    return nominal // 15
