"""What the options of commands that measure or use AU curves mean."""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from engine.action_units import AU_NUMBERS, au_index
from engine.analysis import Neutral
from engine.analysis.observing import ReportFrames
from engine.controls import DriverMode
from engine.errors import MediaError, ProjectError
from engine.terminal.progress import progress_bar

NeutralOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--neutral",
        help="The person's face at rest: a photo, a time in seconds, auto to learn it from the calmest pictures, or "
        "none. By default auto for videos and none for photos.",
    ),
]
OnlyOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--only", help="The action units that follow the driver, as in 12,6,25; by default all."),
]
GainOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--gain", help="How strongly an action unit follows, as in 12=1.5; repeatable.")
]
ModeOption: TypeAlias = Annotated[
    DriverMode,
    typer.Option(
        "--mode", help="relative adds the driver's to the face's own expression; absolute puts it in its place."
    ),
]
SmoothingOption: TypeAlias = Annotated[
    float,
    typer.Option("--smoothing", min=0, max=10, help="0 for none, 1 for the usual, more for steadier; without any lag."),
]
_MOST_SECONDS: Final = 10**6


def parse_neutral(text: str | None) -> Neutral | None:
    """Read `--neutral`: "auto", "none", seconds such as "2.5", or the path of a photo; None where it is not given.

    Raises:
        MediaError: it is none of these.
    """
    match text:
        case None | "auto" | "none":
            return text
    seconds = _exact(text)
    if seconds is not None:
        return seconds
    if not Path(text).exists():
        raise MediaError(
            f"{text} is no file that could show the neutral face.", "Name a photo, a time in seconds, auto or none."
        )
    return Path(text)


def parse_seconds(text: str, option: str) -> Fraction:
    """Read a number of seconds exactly; ProjectError where it is none."""
    seconds = _exact(text)
    if seconds is None:
        raise ProjectError(f"{text!r} is not a time in seconds.", f"Write a number, as in {option} 0.25.")
    return seconds


def parse_au_list(texts: Iterable[str]) -> list[int]:
    """Read AU numbers from texts such as "12,6" or "AU25"; ProjectError where there is something else."""
    return [_au_number(part) for text in texts for part in text.split(",")]


def parse_factors(texts: Iterable[str], option: str) -> dict[int, float]:
    """Read `NUMBER=VALUE` texts such as "12=1.5"; ranges are checked where the values are used.

    Raises:
        ProjectError: a text is not of that form or names an unknown AU.
    """
    factors = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            factor = float(value)
        except ValueError:
            factor = math.nan
        if math.isnan(factor):
            raise ProjectError(f"{text!r} is not an action unit and a number.", f"Write it as in {option} 12=1.5.")
        factors[_au_number(name)] = factor
    return factors


def parse_driven(only: list[str] | None, gain: Iterable[str]) -> dict[int, float]:
    """What `--only` and `--gain` ask for: how strongly each AU that follows the driver does.

    Raises:
        BadParameter: a gain is that of an AU that does not follow.
        ProjectError: a text is not of its form or names an unknown AU.
    """
    followed = AU_NUMBERS if only is None else parse_au_list(only)
    gains = parse_factors(gain, "--gain")
    unheeded = [number for number in gains if number not in followed]
    if unheeded:
        raise typer.BadParameter(f"AU{unheeded[0]} does not follow the driver; add it to --only", param_hint="--gain")
    return {number: gains.get(number, 1.0) for number in followed}


@contextmanager
def frames_bar(name: str) -> Iterator[ReportFrames]:
    """Show a bar while the faces of a medium are looked for."""
    with progress_bar(f"Reading {name}") as report_progress:

        def report(done: int, total: int | None) -> None:
            report_progress(done, total)

        yield report


def _au_number(text: str) -> int:
    try:
        number = int(text.strip().upper().removeprefix("AU"))
    except ValueError:
        raise ProjectError(f"{text!r} is not an action unit.", "Write numbers separated by commas: 12,6,25.") from None
    au_index(number)
    return number


def _exact(text: str) -> Fraction | None:
    try:
        seconds = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(seconds) if seconds.is_finite() and abs(seconds) < _MOST_SECONDS else None
