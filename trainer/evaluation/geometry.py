"""Does the face really move? Distances between landmarks, measured on the results.

All measures are ratios within one face, so neither its size nor the picture's resolution matters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.action_units import AUVector
from engine.types import FloatArray

Measure = Callable[[FloatArray], float]


def mouth_width(landmarks: FloatArray) -> float:
    """Distance of the mouth's corners over the distance of the eyes' centres."""
    return _distance(landmarks, 61, 291) / _eye_distance(landmarks)


def lip_gap(landmarks: FloatArray) -> float:
    """Gap between the inner lips over the height of the face from the hairline's point to the chin."""
    return _distance(landmarks, 13, 14) / _distance(landmarks, 10, 152)


def eye_aspect_ratio(landmarks: FloatArray) -> float:
    """Height of the eye opening over its width (Soukupová & Čech, 2016), mean of both eyes."""
    left = (_distance(landmarks, 160, 144) + _distance(landmarks, 158, 153)) / (2 * _distance(landmarks, 33, 133))
    right = (_distance(landmarks, 385, 380) + _distance(landmarks, 387, 373)) / (2 * _distance(landmarks, 362, 263))
    return (left + right) / 2


def brow_height(landmarks: FloatArray) -> float:
    """Distance from the middle of an eye's corners to that of its brow over the distance of the eyes, mean of both."""
    left = _gap(landmarks, (70, 63, 105, 66, 107), (33, 133))
    right = _gap(landmarks, (300, 293, 334, 296, 336), (362, 263))
    return (left + right) / 2 / _eye_distance(landmarks)


@dataclass(frozen=True, slots=True)
class Movement:
    """An expression, what it must move, and by how much.

    Attributes:
        expression: target intensities; every other AU is 0.
        measure: what is measured on the result of the expression and on that of the neutral preset.
        change: from the two values (neutral, expression) to the figure that is compared.
        passes: whether the figure is enough.
        requirement: the same in words.
    """

    expression: AUVector
    measure: Measure
    change: Callable[[float, float], float]
    passes: Callable[[float], bool]
    requirement: str


def _relative(neutral: float, moved: float) -> float:
    return moved / neutral - 1


def _difference(neutral: float, moved: float) -> float:
    return moved - neutral


MOVEMENTS: Final[Mapping[str, Movement]] = MappingProxyType(
    {
        "AU12 mouth width": Movement(AUVector.of({12: 5}), mouth_width, _relative, lambda x: x >= 0.08, "≥ +8 %"),
        "AU26 lip gap": Movement(AUVector.of({26: 5}), lip_gap, _difference, lambda x: x >= 0.06, "≥ +0.06"),
        "AU45 eye aspect": Movement(AUVector.of({45: 5}), eye_aspect_ratio, _relative, lambda x: x <= -0.5, "≤ -50 %"),
        "AU1+2 brow height": Movement(AUVector.of({1: 5, 2: 5}), brow_height, _relative, lambda x: x >= 0.08, "≥ +8 %"),
    }
)

STILLNESS_LIMIT: Final = 0.03


def neutral_changes(source: FloatArray, neutral: FloatArray) -> dict[str, float]:
    """How much the neutral preset changes each measure of a face that was neutral already.

    Ratios change relatively; the lip gap, which is near 0, by its difference.
    """
    return {
        "mouth width": mouth_width(neutral) / mouth_width(source) - 1,
        "lip gap": lip_gap(neutral) - lip_gap(source),
        "eye aspect": eye_aspect_ratio(neutral) / eye_aspect_ratio(source) - 1,
        "brow height": brow_height(neutral) / brow_height(source) - 1,
    }


def _distance(landmarks: FloatArray, a: int, b: int) -> float:
    return float(np.linalg.norm(landmarks[a, :2] - landmarks[b, :2]))


def _gap(landmarks: FloatArray, group: tuple[int, ...], other: tuple[int, ...]) -> float:
    middle, other_middle = landmarks[list(group), :2].mean(axis=0), landmarks[list(other), :2].mean(axis=0)
    return float(np.linalg.norm(middle - other_middle))


def _eye_distance(landmarks: FloatArray) -> float:
    return _gap(landmarks, (33, 133), (362, 263))
