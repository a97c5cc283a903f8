"""What the options of `animate` and its like mean."""

import math
from collections.abc import Iterable, Mapping
from typing import Annotated, Final, TypeAlias

import typer

from engine.action_units import AU_NUMBERS, MAX_INTENSITY, PRESETS, au_index, preset
from engine.errors import ProjectError
from engine.project import IntensityRangeError, Timeline

AuOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--au", help="An action unit and its intensity 0..5, as in 12=4; repeatable.")
]
PresetOption: TypeAlias = Annotated[
    str | None, typer.Option("--preset", help=f"An expression that sets all action units: {', '.join(PRESETS)}.")
]
ClipFlag: TypeAlias = Annotated[bool, typer.Option("--clip", help="Bring intensities outside 0..5 to the nearest end.")]
OverwriteFlag: TypeAlias = Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")]
_INTENSITY_FORM: Final = "Write NUMBER=INTENSITY, as in --au 12=4."


def parse_intensities(texts: Iterable[str], *, clip: bool) -> dict[int, float]:
    """Read `NUMBER=INTENSITY` texts such as "12=4" or "AU12=4".

    Args:
        texts: one each AU; the last one counts where an AU stands twice.
        clip: bring intensities outside 0..5 to the nearest end instead of refusing them.

    Raises:
        ProjectError: a text is not of that form, names an unknown AU, or an intensity outside 0..5.
    """
    return dict(_parse_intensity(text, clip=clip) for text in texts)


def _parse_intensity(text: str, *, clip: bool) -> tuple[int, float]:
    name, _, value = text.partition("=")
    try:
        number, intensity = int(name.strip().upper().removeprefix("AU")), float(value)
    except ValueError:
        intensity = math.nan
    if math.isnan(intensity):
        raise ProjectError(f"{text!r} is not an action unit's intensity.", _INTENSITY_FORM)
    au_index(number)
    if not 0 <= intensity <= MAX_INTENSITY and not clip:
        raise IntensityRangeError(
            f"AU{number}={intensity:g} is outside 0..{MAX_INTENSITY:g}.",
            f"Choose an intensity within that range, or add --clip to take {_clipped(intensity):g}.",
        )
    return number, _clipped(intensity)


def _clipped(intensity: float) -> float:
    return min(max(intensity, 0.0), MAX_INTENSITY)


def constant_timeline(intensities: Mapping[int, float], preset_name: str | None, strength: float) -> Timeline:
    """The timeline of `--preset`, `--au` and `--strength`: a preset sets all AUs, of which `intensities` override some.

    Raises:
        ProjectError: there is no such preset, or the strength is outside -10..10.
    """
    base = {} if preset_name is None else {number: preset(preset_name)[number] for number in AU_NUMBERS}
    return Timeline.constant({**base, **intensities}, strength)
