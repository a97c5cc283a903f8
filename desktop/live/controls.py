"""From what sliders and choices say to the engine's controls."""

from collections.abc import Mapping

from desktop.live.choices import DriverKind, LiveChoices
from engine.action_units import AU_NUMBERS
from engine.controls import Controls, DriverMode


def controls_of(intensities: Mapping[int, float], strength: float, choices: LiveChoices) -> Controls:
    """Return what to make of the face.

    Args:
        intensities: AU number to 0..5, of the AUs that are set; the others follow the face or its driver.
        strength: of the whole.
        choices: whether intensities are added to what the face does, and who drives it, how much.
    """
    amounts = dict.fromkeys(AU_NUMBERS, choices.amount)
    return Controls(
        sliders={} if choices.adds else intensities,
        offset=intensities if choices.adds else {},
        gain=amounts if choices.driver is DriverKind.SAME else {},
        strength=strength,
        driven=amounts,
        driver_mode=DriverMode.ABSOLUTE if choices.takes_place else DriverMode.RELATIVE,
    )
