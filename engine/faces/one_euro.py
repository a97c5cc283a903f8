"""The One-Euro filter: steady where a signal rests, quick where it moves.

Casiez, Roussel & Vogel, "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive Systems", 2012.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.floating[Any]]

_SPEED_CUTOFF_HZ: Final = 1.0


@dataclass(frozen=True, slots=True)
class OneEuroSettings:
    """How a filter weighs steadiness against lag.

    Attributes:
        rest_cutoff_hz: cutoff frequency at rest; lower is steadier.
        speed_gain: by how much the cutoff rises with speed, in Hz over units a second; higher lags less.
    """

    rest_cutoff_hz: float
    speed_gain: float


class OneEuroFilter:
    """Filters an array of numbers, vector by vector. Owned by one thread.

    Args:
        settings: of all numbers.

    The last axis of a signal holds vectors: what is fast in one of its components moves freely in all.
    """

    def __init__(self, settings: OneEuroSettings) -> None:
        self._settings = settings
        self._value: Signal | None = None
        self._speed: Signal | None = None

    def update(self, value: Signal, elapsed_s: float) -> Signal:
        """The filtered value, given the next one of the signal, `elapsed_s` > 0 seconds after the one before."""
        if self._value is None or self._speed is None:
            self._value, self._speed = value, np.zeros_like(value)
            return value
        speed = (value - self._value) / elapsed_s
        self._speed = self._speed + _share(_SPEED_CUTOFF_HZ, elapsed_s) * (speed - self._speed)
        fastest = np.sqrt((self._speed**2).sum(axis=-1, keepdims=True))
        cutoff_hz = self._settings.rest_cutoff_hz + self._settings.speed_gain * fastest
        self._value = self._value + _share(cutoff_hz, elapsed_s) * (value - self._value)
        return self._value


def _share(cutoff_hz: Any, elapsed_s: float) -> Any:
    """How much of a new value a low-pass filter of first order takes."""
    turn = 2 * np.pi * cutoff_hz * elapsed_s
    return turn / (turn + 1)
