"""The 17 action units of OpenFace's intensity output, their vectors, and expression presets.

FACS: Ekman, Friesen & Hager, "Facial Action Coding System", 2002. Order and column names follow OpenFace 2's `AUxx_r`.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import ProjectError

AU_NUMBERS: Final = (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25, 26, 45)
AU_COUNT: Final = len(AU_NUMBERS)
AU_COLUMNS: Final = tuple(f"AU{number:02d}_r" for number in AU_NUMBERS)
AU_DESCRIPTIONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Inner brow raiser",
        2: "Outer brow raiser",
        4: "Brow lowerer",
        5: "Upper lid raiser",
        6: "Cheek raiser",
        7: "Lid tightener",
        9: "Nose wrinkler",
        10: "Upper lip raiser",
        12: "Lip corner puller",
        14: "Dimpler",
        15: "Lip corner depressor",
        17: "Chin raiser",
        20: "Lip stretcher",
        23: "Lip tightener",
        25: "Lips part",
        26: "Jaw drop",
        45: "Blink",
    }
)
UPPER_FACE: Final = (1, 2, 4, 5, 6, 7, 45)
"""The units of brows, lids and cheeks; the others move nose, mouth and jaw (FACS's upper and lower face)."""
LOWER_FACE: Final = tuple(number for number in AU_NUMBERS if number not in UPPER_FACE)
MAX_INTENSITY: Final = 5.0
_INDEX: Final = MappingProxyType({number: index for index, number in enumerate(AU_NUMBERS)})


def au_index(number: int) -> int:
    """Return the position of AU `number` in an `AUVector`; ProjectError for an AU the model does not know."""
    try:
        return _INDEX[number]
    except KeyError:
        known = ", ".join(map(str, AU_NUMBERS))
        raise ProjectError(f"AU {number} is not one the model controls.", f"Choose one of {known}.") from None


@dataclass(frozen=True, slots=True, eq=False)
class AUVector:
    """Intensities of the 17 action units.

    Attributes:
        values: float32 [17] in the order of `AU_NUMBERS`, read-only; 0 is absent, 5 is maximal. Values outside 0..5 are
            legal here (extrapolation); `clipped` brings them back.
    """

    values: NDArray[np.float32]

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float32)
        if values.shape != (AU_COUNT,):
            raise ProjectError(f"An AU vector has {AU_COUNT} values, not an array of shape {values.shape}.")
        values.flags.writeable = False
        object.__setattr__(self, "values", values)

    @classmethod
    def neutral(cls) -> "AUVector":
        """All intensities 0."""
        return cls(np.zeros(AU_COUNT, np.float32))

    @classmethod
    def of(cls, intensities: Mapping[int, float]) -> "AUVector":
        """The AUs named in `intensities` (AU number to intensity), all others 0."""
        return cls.neutral().with_intensities(intensities)

    def with_intensities(self, intensities: Mapping[int, float]) -> "AUVector":
        """A copy in which the AUs named take the intensities given."""
        values = self.values.copy()
        for number, intensity in intensities.items():
            values[au_index(number)] = intensity
        return AUVector(values)

    def clipped(self) -> "AUVector":
        """A copy limited to 0..5."""
        return AUVector(np.clip(self.values, 0.0, MAX_INTENSITY))

    def __getitem__(self, number: int) -> float:
        return float(self.values[au_index(number)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AUVector) and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash(self.values.tobytes())


def interpolate_expression(source: AUVector, target: AUVector, strength: float) -> AUVector:
    """Move an expression from `source` towards `target` (equation 8): u = u_source + α (u_target - u_source).

    Args:
        source, target: intensities 0..5.
        strength: α. 0 keeps the source, 1 reaches the target; values outside 0..1 exaggerate or invert.

    Returns:
        The interpolated intensities, clipped to 0..5.
    """
    return AUVector(source.values + np.float32(strength) * (target.values - source.values)).clipped()


PRESETS: Final[Mapping[str, AUVector]] = MappingProxyType(
    {
        "neutral": AUVector.neutral(),
        "happy": AUVector.of({6: 3.0, 12: 4.0, 25: 3.0}),
        "sad": AUVector.of({1: 4.0, 4: 3.0, 15: 4.0}),
        "surprise": AUVector.of({1: 4.0, 2: 4.0, 5: 4.0, 25: 2.0, 26: 4.0}),
        "fear": AUVector.of({1: 4.0, 2: 3.0, 4: 3.0, 5: 4.0, 20: 4.0, 25: 1.0, 26: 2.0}),
        "anger": AUVector.of({4: 4.5, 5: 3.0, 7: 3.0, 23: 4.0}),
        "disgust": AUVector.of({9: 4.0, 10: 3.0, 17: 3.0}),
        "contempt": AUVector.of({12: 2.0, 14: 4.0}),
        "blink": AUVector.of({45: 5.0}),
    }
)
"""Expressions by FACS prototype (EMFACS combinations); a preset sets all 17 AUs. A dropped jaw parts the lips, so AU25
accompanies AU26."""


def preset(name: str) -> AUVector:
    """Return the preset called `name`, in any case; ProjectError with the nearest names otherwise."""
    found = PRESETS.get(name.strip().lower())
    if found is None:
        near = difflib.get_close_matches(name.lower(), PRESETS, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise ProjectError(f"There is no preset called {name!r}.", f"{hint}Presets: {', '.join(PRESETS)}.")
    return found
