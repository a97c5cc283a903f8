from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.action_units import AUVector
from engine.curves import AUCurves, KeyframeShape, simplified_track, simplified_tracks
from engine.errors import ProjectError
from engine.project import EASE_IN_OUT, LINEAR, Keyframe, Timeline, Track

shapes = st.sampled_from(KeyframeShape)
tolerances = st.floats(0.01, 1.0)
rates = st.sampled_from([Fraction(24000, 1001), Fraction(30), Fraction(60)])


@st.composite
def performances(draw: st.DrawFn) -> AUCurves:
    """Curves from smooth to wild, at a constant rate or not, some rows without a face."""
    count = draw(st.integers(1, 60))
    rate = draw(rates)
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    smoothing = draw(st.integers(1, 15))
    steps = np.cumsum(rng.integers(1, draw(st.integers(2, 6)), count))
    wild = rng.normal(0, draw(st.floats(0.05, 6)), (count + smoothing, 17))
    values = np.stack([wild[offset : offset + count] for offset in range(smoothing)]).mean(axis=0) + rng.uniform(0, 3)
    success = rng.uniform(size=count) > 0.1
    success[0] = True
    return AUCurves(
        tuple(int(step) / rate for step in steps), np.clip(values, 0, 5).astype(np.float32), success=success
    ).only((1, 12, 45))


@settings(max_examples=40)
@given(performance=performances(), tolerance=tolerances, shape=shapes)
def test_the_timeline_differs_from_the_curves_by_at_most_the_bound_at_every_sample(
    performance: AUCurves, tolerance: float, shape: KeyframeShape
) -> None:
    timeline = Timeline(simplified_tracks(performance, tolerance, shape))
    for row in np.flatnonzero(performance.success).tolist():
        shown = timeline.evaluate(performance.times[row], AUVector.neutral())
        assert np.abs(shown.values - performance.values[row]).max() <= tolerance + 1e-6


@settings(max_examples=40)
@given(
    values=st.lists(st.floats(-10, 10), min_size=1, max_size=30),
    tolerance=st.floats(0.001, 2),
    shape=shapes,
    rate=rates,
)
def test_the_bound_holds_for_the_strength_and_for_the_smallest_tolerances(
    values: list[float], tolerance: float, shape: KeyframeShape, rate: Fraction
) -> None:
    times = tuple(index / rate for index in range(len(values)))
    track = simplified_track(None, times, np.array(values), tolerance, shape)
    shown = np.array([track.evaluate(time) for time in times])
    np.testing.assert_allclose(shown, np.array(values), atol=tolerance + 1e-9)


@pytest.mark.parametrize("shape", KeyframeShape)
def test_a_curve_that_rests_needs_one_keyframe(shape: KeyframeShape) -> None:
    times = tuple(Fraction(index, 30) for index in range(4))
    assert simplified_track(12, times, np.array([2.0, 2.1, 2.0, 1.9]), 0.11, shape).keyframes == (
        Keyframe(Fraction(0), 2.0),
    )
    assert simplified_track(12, times, np.array([0.05, 0.0, 0.09, 0.0]), 0.1, shape).keyframes[0].value == 0.0


def test_straight_lines_are_found_again() -> None:
    drawn = Track(12, (Keyframe(Fraction(0), 1.0), Keyframe(Fraction(1), 4.0), Keyframe(Fraction(3), 0.0)))
    times = tuple(Fraction(index, 30) for index in range(91))
    values = np.array([drawn.evaluate(time) for time in times])
    assert simplified_track(12, times, values, 0.01, KeyframeShape.LINEAR) == drawn
    assert simplified_track(12, times, values, 0.01, KeyframeShape.BEZIER) == drawn


def test_a_named_easing_is_found_again() -> None:
    drawn = Track(12, (Keyframe(Fraction(0), 1.0, EASE_IN_OUT), Keyframe(Fraction(2), 4.0, LINEAR)))
    times = tuple(Fraction(index, 30) for index in range(61))
    values = np.array([drawn.evaluate(time) for time in times])
    assert simplified_track(12, times, values, 0.01) == drawn


def test_bezier_curves_take_fewer_keyframes_than_lines_for_a_performance() -> None:
    seconds = np.arange(240) / 24
    values = 2.5 + 2.0 * np.sin(seconds * 2.0) + 0.3 * np.sin(seconds * 5.0)
    times = tuple(Fraction(index, 24) for index in range(240))
    lines = simplified_track(12, times, values, 0.1, KeyframeShape.LINEAR)
    curves = simplified_track(12, times, values, 0.1, KeyframeShape.BEZIER)
    assert len(curves.keyframes) < 0.6 * len(lines.keyframes)


def test_only_measured_and_wanted_aus_become_tracks() -> None:
    performance = AUCurves((Fraction(0), Fraction(1)), np.ones((2, 17), np.float32)).only([4, 12])
    assert [track.au for track in simplified_tracks(performance)] == [4, 12]
    assert [track.au for track in simplified_tracks(performance, aus=[12, 45])] == [12]


def test_values_outside_the_range_are_brought_to_its_ends() -> None:
    times = (Fraction(0), Fraction(1))
    track = simplified_track(12, times, np.array([-1.0, 7.0]), 0.1)
    assert [keyframe.value for keyframe in track.keyframes] == [0.0, 5.0]


@pytest.mark.parametrize("tolerance", [0.0, -1.0, float("nan")])
def test_a_tolerance_that_cannot_be_kept_is_refused(tolerance: float) -> None:
    with pytest.raises(ProjectError, match="too small"):
        simplified_track(12, (Fraction(0),), np.array([1.0]), tolerance)
