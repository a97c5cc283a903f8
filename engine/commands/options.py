"""Options that several commands share, and what their texts mean."""

import math
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from engine.action_units import AU_NUMBERS, MAX_INTENSITY, au_index, preset
from engine.errors import ProjectError
from engine.project import Timeline

Model: TypeAlias = Annotated[str, typer.Option("--model", help="A bundled model's name, or a model's folder.")]
BackendOption: TypeAlias = Annotated[str, typer.Option("--backend", help="auto, onnx or torch.")]
DeviceOption: TypeAlias = Annotated[
    str, typer.Option("--device", help="auto, cpu, cuda, tensorrt, directml, coreml or mps.")
]
Overwrite: TypeAlias = Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")]
Compositing: TypeAlias = Annotated[
    str, typer.Option("--compositing", help="detail moves the original pixels; replace pastes the generated face.")
]
OutputFolder: TypeAlias = Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")]


def parse_intensities(texts: list[str], *, clip: bool) -> dict[int, float]:
    """Read `NUMBER=INTENSITY` texts such as "12=4" or "AU12=4".

    Args:
        texts: one each AU; the last one counts where an AU stands twice.
        clip: bring intensities outside 0..5 to the nearest end instead of refusing them.

    Raises:
        ProjectError: a text is not of that form, names an unknown AU, or an intensity outside 0..5.
    """
    return dict(_parse_intensity(text, clip=clip) for text in texts)


def _parse_intensity(text: str, *, clip: bool) -> tuple[int, float]:
    name, equals, value = text.partition("=")
    try:
        number, intensity = int(name.strip().upper().removeprefix("AU")), float(value)
    except ValueError:
        raise ProjectError(
            f"{text!r} is not an action unit's intensity.", "Write NUMBER=INTENSITY, as in --au 12=4."
        ) from None
    au_index(number)
    if not equals or not math.isfinite(intensity):
        raise ProjectError(f"{text!r} is not an action unit's intensity.", "Write NUMBER=INTENSITY, as in --au 12=4.")
    if not 0 <= intensity <= MAX_INTENSITY and not clip:
        raise ProjectError(
            f"AU {number}={intensity:g} is outside 0..5.", "Choose 0..5, or add --clip to take the nearest."
        )
    return number, min(max(intensity, 0.0), MAX_INTENSITY)


def constant_plan(intensities: dict[int, float], preset_name: str | None, strength: float) -> Timeline:
    """The timeline of `--preset`, `--au` and `--strength`: a preset sets all AUs, those named in `intensities` override it."""
    if not math.isfinite(strength):
        raise ProjectError(f"The strength {strength} is not a number.", "Choose 0..1; more exaggerates.")
    base = {} if preset_name is None else {number: preset(preset_name)[number] for number in AU_NUMBERS}
    return Timeline.constant(base | intensities, strength)
