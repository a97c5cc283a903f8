"""What the options mean that name a part of a clip."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from engine.errors import ProjectError
from engine.media import Span, open_source
from engine.project.exact_time import frame_time
from engine.project.timecode import parse_timecode
from engine.rendering import STILL_RATE

_MOMENT: Final = "Seconds (12.5), minutes (1:02.5) or a timecode (00:01:02:12)"
FromOption: TypeAlias = Annotated[
    str | None, typer.Option("--from", metavar="TIME", help=f"Where the part to take begins. {_MOMENT}.")
]
ToOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--to", metavar="TIME", help="Where it ends; what shows from then on is left out."),
]
DriverFromOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--from", metavar="TIME", help=f"Where the driver's part begins, which SRC starts with. {_MOMENT}."),
]
_CLOCK: Final = re.compile(r"(?:(?:([0-9]{1,6}):)?([0-5]?[0-9]):)?([0-9]{1,9}(?:\.[0-9]{1,9})?)")
_COLONS_OF_A_TIMECODE: Final = 3
_SECONDS_A_MINUTE: Final = 60


def parse_span(source: Path, start: str | None, end: str | None) -> Span:
    """Read `--from` and `--to`; a timecode counts frames of `source`.

    Raises:
        ProjectError: one of them is no time.
        MediaError: nothing lies between them, or the source, whose frame rate is needed, cannot be read.
    """
    return Span(*(None if text is None else _parse_moment(text, source) for text in (start, end)))


def _parse_moment(text: str, source: Path) -> Fraction:
    if text.count(":") + text.count(";") == _COLONS_OF_A_TIMECODE:
        with open_source(source, rate=STILL_RATE) as opened:
            rate = opened.info.average_rate
        return frame_time(parse_timecode(text, rate), rate)
    match = _CLOCK.fullmatch(text.strip())
    if match is None or (match[2] is not None and Decimal(match[3]) >= _SECONDS_A_MINUTE):
        raise ProjectError(f"{text!r} is not a time.", "Write seconds (12.5), minutes (1:02.5) or HH:MM:SS:FF.")
    hours, minutes, seconds = match.groups()
    whole_minutes = int(hours or 0) * 60 + int(minutes or 0)
    return whole_minutes * _SECONDS_A_MINUTE + Fraction(Decimal(seconds))
