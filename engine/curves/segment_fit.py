"""One easing for the samples between two keyframes.

A cubic Bézier's handles are found by linear least squares once its time handles x1 and x2 are chosen (Schneider's step
for the lengths of tangents): those are tried from a small grid. An easing counts only if it keeps the bound at every
sample as the timeline will evaluate it, its numbers rounded as they are stored.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.project.easing import (
    EASE_IN,
    EASE_IN_OUT,
    EASE_OUT,
    LINEAR,
    OVERSHOOT_LIMIT,
    Easing,
    cubic_bezier,
)

Samples = NDArray[np.float64]
"""float64 [N]."""
_HANDLE_DIGITS: Final = 3
_MOST_TRIED: Final = 3
"""Candidates whose bound is checked exactly, those that fit best first."""


class Fit(NamedTuple):
    """What came of fitting.

    Attributes:
        easing: one that keeps the bound, None where none was found.
        worst: index, within the segment and not at its ends, of the sample that is missed most; where to divide.
    """

    easing: Easing | None
    worst: int


class _Handles(NamedTuple):
    """A choice of x1 and x2, with t tabulated over x(t)."""

    x1: float
    x2: float
    x: Samples
    t: Samples


def _handles(x1: float, x2: float) -> _Handles:
    t = np.linspace(0.0, 1.0, 257)
    return _Handles(x1, x2, ((1 + 3 * x1 - 3 * x2) * t + 3 * x2 - 6 * x1) * t * t + 3 * x1 * t, t)


_GRID: Final = tuple(_handles(x1, x2) for x1 in (0.12, 0.333, 0.6) for x2 in (0.4, 0.667, 0.88))
_NAMED: Final = (LINEAR, EASE_IN_OUT, EASE_IN, EASE_OUT)


def linear_fit(seconds: Samples, values: Samples, start: float, end: float, tolerance: float) -> Fit:
    """Fit a straight line from `start` to `end`.

    Args:
        seconds: times of the samples, rising; the first and the last are the keyframes'.
        values: of the samples.
        start, end: values of the keyframes.
        tolerance: how far a sample may be missed.
    """
    errors = np.abs(start + (end - start) * _progress(seconds) - values)
    return Fit(LINEAR if errors.max() <= tolerance else None, _worst(errors))


def bezier_fit(seconds: Samples, values: Samples, start: float, end: float, tolerance: float) -> Fit:
    """Fit an easing that has a name, else a cubic Bézier; the arguments are those of `linear_fit`."""
    straight = linear_fit(seconds, values, start, end, tolerance)
    if straight.easing is not None or end == start:
        return straight
    progress = _progress(seconds)
    for easing in _NAMED[1:]:
        if _error(easing, progress, values, start, end) <= tolerance:
            return Fit(easing, straight.worst)
    shares = (values - start) / (end - start)
    tried = sorted((_least_squares(handles, progress, shares) for handles in _GRID), key=lambda item: item[0].max())
    for errors, control in tried[:_MOST_TRIED]:
        # Rounding the handles costs little: what misses by more than that cannot be saved by checking it exactly.
        if errors.max() * abs(end - start) > 1.1 * tolerance or max(map(abs, control)) > OVERSHOOT_LIMIT:
            continue
        easing = cubic_bezier(*control)
        if _error(easing, progress, values, start, end) <= tolerance:
            return Fit(easing, straight.worst)
    return Fit(None, _worst(tried[0][0]))


def _least_squares(
    handles: _Handles, progress: Samples, shares: Samples
) -> tuple[Samples, tuple[float, float, float, float]]:
    """Return the errors at the samples and the rounded control points of the best y1 and y2 for the given x1 and x2."""
    t = np.interp(progress, handles.x, handles.t)
    first, second, third = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
    rest = shares - third
    a, b, c = float(first @ first), float(first @ second), float(second @ second)
    d, e = float(first @ rest), float(second @ rest)
    determinant = a * c - b * b
    if determinant > 1e-9 * a * c:
        y1, y2 = (c * d - b * e) / determinant, (a * e - b * d) / determinant
    else:  # a single sample between the keyframes fixes but one of the two
        y1 = y2 = (d + e) / (a + 2 * b + c)
    y1, y2 = round(y1, _HANDLE_DIGITS), round(y2, _HANDLE_DIGITS)
    return np.abs(y1 * first + y2 * second - rest), (handles.x1, y1, handles.x2, y2)


def _error(easing: Easing, progress: Samples, values: Samples, start: float, end: float) -> float:
    """The largest distance from the samples, evaluated as `Track.evaluate` does."""
    change = end - start
    shown = np.array([start + change * easing(share) for share in progress.tolist()])
    return float(np.abs(shown - values).max())


def _progress(seconds: Samples) -> Samples:
    return np.asarray((seconds - seconds[0]) / (seconds[-1] - seconds[0]), np.float64)


def _worst(errors: Samples) -> int:
    return 1 + int(errors[1:-1].argmax()) if len(errors) > 2 else 0
