"""How alike two performances are, and how much later one comes than the other."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import au_index
from engine.curves.au_curves import AUCurves
from engine.errors import ProjectError

LONGEST_LAG: Final = Fraction(2)
"""Seconds that two performances are looked for apart."""
_STEP: Final = Fraction(1, 100)
_LEAST_SAMPLES: Final = 10
_LEAST_SPREAD: Final = 1e-6


def correlations(first: AUCurves, second: AUCurves, aus: Iterable[int]) -> dict[int, float | None]:
    """Pearson's correlation of each AU's two curves, at the times of `first` at which both show a face.

    Returns:
        AU number to correlation, -1..1; None where one of the two curves does not move or hardly any times are shared.
    """
    shared = [
        row
        for row, time in enumerate(first.times)
        if first.success[row] and second.presence(time, bridged=Fraction(0), fade=Fraction(0))
    ]
    one = first.values[shared].astype(np.float64)
    other = np.array([second.sample(first.times[row]).values for row in shared], np.float64).reshape(one.shape)
    return {number: _correlation(one[:, au_index(number)], other[:, au_index(number)]) for number in aus}


def best_lag(first: AUCurves, second: AUCurves, longest: Fraction = LONGEST_LAG) -> Fraction:
    """How much later `second` shows the performance of `first`, in whole hundredths of a second; negative if earlier.

    The lag at which the curves of all AUs that both measured correlate best, each in proportion to how much it moves.

    Args:
        first, second: curves of two takes.
        longest: seconds to look in either direction.

    Raises:
        ProjectError: the two have hardly any time in common, or nothing moves in one of them.
    """
    aus = [au_index(number) for number in first.aus if number in second.aus]
    one, other = _gridded(first, aus), _gridded(second, aus)
    steps = int(longest / _STEP)
    offset = round((second.start - first.start) / _STEP)
    scores = {lag: _likeness(one, other, lag - offset) for lag in range(-steps, steps + 1)}
    found = {lag: score for lag, score in scores.items() if score is not None}
    if not found:
        raise ProjectError(
            "The delay between the two performances cannot be measured: they hardly overlap, or do not move.",
            "Give the delay in seconds.",
        )
    return max(found, key=lambda lag: (found[lag], -abs(lag))) * _STEP


def _gridded(curves: AUCurves, aus: list[int]) -> NDArray[np.float64]:
    """Curves at every `_STEP` from their start, float64 [T, len(aus)]."""
    seen = curves.seen()
    seconds = np.array([float(time - curves.start) for time in seen.times])
    grid = np.arange(0.0, float(curves.end - curves.start) + 1e-9, float(_STEP))
    return np.stack([np.interp(grid, seconds, seen.values[:, index]) for index in aus], axis=1)


def _likeness(
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    shift: int,
) -> float | None:
    """Correlation over all AUs of one[t] with other[t + shift], where at least half of the shorter one is shared."""
    start, end = max(0, -shift), min(len(one), len(other) - shift)
    if end - start < max(_LEAST_SAMPLES, min(len(one), len(other)) // 2):
        return None
    first, second = one[start:end], other[start + shift : end + shift]
    first, second = first - first.mean(axis=0), second - second.mean(axis=0)
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size > _LEAST_SPREAD else None


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    if len(one) < _LEAST_SAMPLES or min(one.std(), other.std()) < _LEAST_SPREAD:
        return None
    return float(np.corrcoef(one, other)[0, 1])
