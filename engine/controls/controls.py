"""The controls of one moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.action_units import AU_COUNT, AU_NUMBERS, MAX_INTENSITY, AUVector, au_index, interpolate_expression, preset
from engine.errors import ProjectError
from engine.project.timeline import Timeline
from engine.project.track import check_intensity, check_strength
from engine.types import FloatArray

GAIN_LIMIT: Final = 10.0
"""Gains lie within -10..10."""
OFFSET_LIMIT: Final = 5.0
"""Offsets lie within -5..5: the whole range of an intensity, up or down."""


class DriverMode(StrEnum):
    """What a driver's intensities do to a face."""

    RELATIVE = "relative"
    """They are added to the face's own expression: a driver at rest leaves it as it is."""
    ABSOLUTE = "absolute"
    """They take its place: a driver at rest brings the face to rest."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What to make of a face's expression. A change makes a new value, with `dataclasses.replace`.

    `evaluate` applies, in this order: the driver, gain and offset, the timeline's tracks, the sliders, the strength.
    What comes later overrules what came before, so that a hand on a slider always wins.

    Attributes:
        timeline: AU tracks and the strength's track over time; None animates nothing.
        sliders: AU number to intensity 0..5, for the AUs that are set whatever the source shows.
        gain, offset: AU number to a factor -10..10 and to a shift -5..5 of what the source and the driver show:
            u = gain u + offset. They leave an AU alone that a slider or a track sets. Gain 0 mutes an AU.
        strength: α of the whole, times the timeline's. 0 keeps the source's expression, 1 reaches the asked one.
        driven: AU number to the gain of the driver, -10..10, for the AUs that follow the driver where there is one;
            all of them with gain 1 unless said otherwise.
        driver_mode: how they follow it.
        own_share: AU number to the most, 0..5, that counts of the face's own intensity where a driver is added to it:
            a face that smiles fully leaves no room for more of a smile. AUs that are not named count in full.
    """

    timeline: Timeline | None = None
    sliders: Mapping[int, float] = field(default_factory=dict)
    gain: Mapping[int, float] = field(default_factory=dict)
    offset: Mapping[int, float] = field(default_factory=dict)
    strength: float = 1.0
    driven: Mapping[int, float] = field(default_factory=lambda: dict.fromkeys(AU_NUMBERS, 1.0))
    driver_mode: DriverMode = DriverMode.RELATIVE
    own_share: Mapping[int, float] = field(default_factory=dict)
    _gain: FloatArray = field(init=False, repr=False, compare=False)
    _offset: FloatArray = field(init=False, repr=False, compare=False)
    _driver_gain: FloatArray = field(init=False, repr=False, compare=False)
    _most_own: FloatArray = field(init=False, repr=False, compare=False)
    _sliders: tuple[list[int], list[float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_strength(self.strength)
        for name, check in _CHECKS.items():
            object.__setattr__(self, name, _checked(getattr(self, name), name, check))
        object.__setattr__(self, "driver_mode", DriverMode(self.driver_mode))
        object.__setattr__(self, "_gain", _dense(self.gain, 1.0))
        object.__setattr__(self, "_offset", _dense(self.offset, 0.0))
        object.__setattr__(self, "_driver_gain", _dense(self.driven, 0.0))
        most_own = dict.fromkeys(self.driven, 0.0) if self.driver_mode is DriverMode.ABSOLUTE else self.own_share
        object.__setattr__(self, "_most_own", _dense(most_own, MAX_INTENSITY))
        object.__setattr__(self, "_sliders", ([au_index(number) for number in self.sliders], [*self.sliders.values()]))

    @classmethod
    def preset(cls, name: str, strength: float = 1.0) -> "Controls":
        """All 17 AUs as the preset called `name` has them; ProjectError with the nearest names if there is none."""
        expression = preset(name)
        return cls(sliders={number: expression[number] for number in AU_NUMBERS}, strength=strength)

    @property
    def is_constant(self) -> bool:
        """Whether time changes nothing: the timeline has no keyframes."""
        return self.timeline is None or not (self.timeline.tracks or self.timeline.strength.keyframes)

    def evaluate(self, time: Fraction, source: AUVector, driver: AUVector | None = None) -> AUVector:
        """Return the expression to show at `time`, within 0..5.

        Args:
            time: seconds from the start of the media.
            source: intensities of the face at that time.
            driver: how far the driver is from its own neutral face, per AU; None where there is no driver or it is
                not seen: every AU then follows the source.
        """
        values = source.values
        if driver is not None:
            values = np.minimum(values, self._most_own) + self._driver_gain * driver.values
        target = AUVector(self._gain * values + self._offset)
        strength = self.strength
        if self.timeline is not None:
            target = self.timeline.target(time, target)
            strength *= self.timeline.strength_at(time)
        indices, intensities = self._sliders
        if indices:
            with_sliders = target.values.copy()
            with_sliders[indices] = intensities
            target = AUVector(with_sliders)
        return interpolate_expression(source, target, strength)


def _check_gain(value: float) -> None:
    if not abs(value) <= GAIN_LIMIT:
        raise ProjectError(
            f"Gain {value:g} is outside -{GAIN_LIMIT:g}..{GAIN_LIMIT:g}.", "Choose one within that range; 1 is natural."
        )


def _check_offset(value: float) -> None:
    if not abs(value) <= OFFSET_LIMIT:
        raise ProjectError(
            f"Offset {value:g} is outside -{OFFSET_LIMIT:g}..{OFFSET_LIMIT:g}.", "Choose one within that range."
        )


_CHECKS: Final[Mapping[str, Callable[[float], None]]] = MappingProxyType(
    {
        "sliders": check_intensity,
        "gain": _check_gain,
        "offset": _check_offset,
        "driven": _check_gain,
        "own_share": check_intensity,
    }
)


def _checked(values: Mapping[int, float], name: str, check: Callable[[float], None]) -> Mapping[int, float]:
    """A read-only copy by ascending AU; ProjectError where an AU is unknown or a value is not allowed."""
    checked = {}
    for number in sorted(values):
        au_index(number)
        value = float(values[number])
        try:
            check(value)
        except ProjectError as error:
            raise type(error)(f"AU{number} in {name}: {error.message}", error.remedy) from None
        checked[number] = value
    return MappingProxyType(checked)


def _dense(values: Mapping[int, float], default: float) -> FloatArray:
    """float32 [17], read-only: the values given, `default` for the other AUs."""
    dense = np.full(AU_COUNT, default, np.float32)
    for number, value in values.items():
        dense[au_index(number)] = value
    dense.flags.writeable = False
    return dense
