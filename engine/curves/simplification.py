"""Curves into few keyframes that stay within a stated distance of every sample.

Straight lines: Ramer, 1972, and Douglas & Peucker, 1973, with the distance measured in intensity. Bézier curves: after
Schneider, "An Algorithm for Automatically Fitting Digitized Curves", 1990; see `segment_fit`.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.action_units import MAX_INTENSITY
from engine.curves.au_curves import AUCurves
from engine.curves.segment_fit import Fit, bezier_fit, linear_fit
from engine.errors import ProjectError
from engine.project.easing import Easing
from engine.project.track import Keyframe, Track

LEAST_TOLERANCE: Final = 0.001
DEFAULT_TOLERANCE: Final = 0.1
_VALUE_DIGITS: Final = 4
"""Values of keyframes are rounded to so many digits, which is part of the error that is measured."""
_FitSegment: TypeAlias = Callable[[int, int], Fit]


class KeyframeShape(StrEnum):
    """How values travel between the keyframes of a simplified curve."""

    BEZIER = "bezier"
    """Cubic Bézier easings: fewer keyframes, smooth."""
    LINEAR = "linear"
    """Straight lines: more keyframes."""


_FITS: Final = {KeyframeShape.BEZIER: bezier_fit, KeyframeShape.LINEAR: linear_fit}


def simplified_tracks(
    curves: AUCurves,
    tolerance: float = DEFAULT_TOLERANCE,
    shape: KeyframeShape = KeyframeShape.BEZIER,
    aus: Iterable[int] | None = None,
) -> tuple[Track, ...]:
    """Turn curves into tracks of keyframes.

    At the time of every row with a face, a track differs from the curve, limited to 0..5, by at most `tolerance`.

    Args:
        curves: what was measured; rows without a face are left out, so the tracks bridge them.
        tolerance: in units of intensity, 0.001 or more.
        shape: how values travel between keyframes.
        aus: the AUs to take; None takes all that were measured.

    Raises:
        ProjectError: there is no row with a face, or the tolerance is too small.
    """
    seen = curves.seen()
    wanted = curves.aus if aus is None else [number for number in curves.aus if number in set(aus)]
    return tuple(simplified_track(number, seen.times, seen.of(number), tolerance, shape) for number in wanted)


def simplified_track(
    au: int | None,
    times: tuple[Fraction, ...],
    values: NDArray[np.floating[Any]],
    tolerance: float,
    shape: KeyframeShape = KeyframeShape.BEZIER,
) -> Track:
    """Turn one curve into a track that differs from it by at most `tolerance` at each of its times.

    Args:
        au: number of the AU, or None for the strength, which alone may leave 0..5.
        times: seconds, rising.
        values: [N], one at each time.
        tolerance, shape: as for `simplified_tracks`.
    """
    if not tolerance >= LEAST_TOLERANCE:
        raise ProjectError(
            f"A tolerance of {tolerance:g} is too small.", f"Choose {LEAST_TOLERANCE:g} or more; 0.1 is hardly seen."
        )
    curve = np.asarray(values, np.float64)
    if au is not None:
        curve = np.clip(curve, 0.0, MAX_INTENSITY)
    if np.ptp(curve) <= 2.0 * tolerance - LEAST_TOLERANCE:
        resting = 0.0 if np.abs(curve).max() <= tolerance else (curve.max() + curve.min()) / 2.0
        return Track(au, (Keyframe(times[0], _rounded(resting)),))
    seconds = np.array([float(time - times[0]) for time in times])
    rounded = np.round(curve, _VALUE_DIGITS)
    fit = _FITS[shape]

    def fit_segment(start: int, end: int) -> Fit:
        part = slice(start, end + 1)
        return fit(seconds[part], curve[part], rounded[start], rounded[end], tolerance)

    easings = _merged(_split(len(times) - 1, fit_segment), len(times) - 1, fit_segment)
    keyframes = [Keyframe(times[start], _rounded(curve[start]), easing) for start, easing in easings.items()]
    return Track(au, (*keyframes, Keyframe(times[-1], _rounded(curve[-1]))))


def _split(last: int, fit_segment: _FitSegment) -> dict[int, Easing]:
    """Divide the samples 0..`last` until every part fits; returns each part's first sample and its easing, in order."""
    easings: dict[int, Easing] = {}
    waiting = [(0, last)]
    while waiting:
        start, end = waiting.pop()
        fit = fit_segment(start, end)
        if fit.easing is not None:
            easings[start] = fit.easing
            continue
        middle = start + fit.worst
        waiting += [(middle, end), (start, middle)]
    return easings


def _merged(easings: dict[int, Easing], last: int, fit_segment: _FitSegment) -> dict[int, Easing]:
    """Join neighbouring parts wherever one easing fits both: dividing in half leaves some that were not needed."""
    current, *bounds = *easings, last
    easing = easings[current]
    merged: dict[int, Easing] = {}
    for start, end in pairwise(bounds):
        joined = fit_segment(current, end).easing
        if joined is None:
            merged[current] = easing
            current, easing = start, easings[start]
        else:
            easing = joined
    merged[current] = easing
    return merged


def _rounded(value: float) -> float:
    return float(round(value, _VALUE_DIGITS))
