import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.action_units import AU_COUNT, AU_NUMBERS, PRESETS, AUVector
from engine.errors import ProjectError
from engine.project import (
    EASE_IN,
    EASE_IN_OUT,
    HOLD,
    LINEAR,
    IntensityRangeError,
    Keyframe,
    Timeline,
    Track,
    cubic_bezier,
)
from tests.engine.project.strategies import au_tracks, timelines, times

SOURCE = AUVector(np.linspace(0.0, 4.0, AU_COUNT, dtype=np.float32))
sources = st.lists(st.floats(0.0, 5.0, width=32), min_size=AU_COUNT, max_size=AU_COUNT).map(
    lambda values: AUVector(np.array(values, np.float32))
)


def still(au: int | None, value: float) -> Track:
    return Track(au, (Keyframe(Fraction(0), value),))


@settings(max_examples=40)
@given(timelines, times, sources)
def test_evaluation_is_equation_8(timeline: Timeline, time: Fraction, source: AUVector) -> None:
    strength = timeline.strength.evaluate(time)
    alpha = 1.0 if strength is None else strength
    result = timeline.evaluate(time, source)
    for number in AU_NUMBERS:
        track_value = timeline.track(number).evaluate(time)
        target = source[number] if track_value is None else track_value
        expected = min(max(source[number] + alpha * (target - source[number]), 0.0), 5.0)
        assert result[number] == pytest.approx(expected, rel=1e-5, abs=1e-4)


@given(times, sources)
def test_an_empty_timeline_follows_the_source(time: Fraction, source: AUVector) -> None:
    assert Timeline().evaluate(time, source) == source


@pytest.mark.parametrize(
    ("alpha", "expected"), [(0.0, 1.0), (0.5, 2.0), (1.0, 3.0), (1.5, 4.0), (-0.25, 0.5), (9.0, 5.0)]
)
def test_strength_moves_between_source_and_target(alpha: float, expected: float) -> None:
    timeline = Timeline((still(12, 3.0),), still(None, alpha))
    source = AUVector.of({12: 1.0, 45: 2.0})
    assert timeline.evaluate(Fraction(7), source) == AUVector.of({12: expected, 45: 2.0})


def test_strength_is_animated() -> None:
    strength = Track(None, (Keyframe(Fraction(0), 0.0), Keyframe(Fraction(2), 1.0)))
    timeline = Timeline((still(12, 4.0),), strength)
    values = [timeline.evaluate(Fraction(half, 2), AUVector.neutral())[12] for half in range(5)]
    assert values == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_what_overshoots_is_clipped_at_the_end() -> None:
    back = cubic_bezier(0.3, 0.0, 0.3, 3.0)
    timeline = Timeline((Track(12, (Keyframe(Fraction(0), 0.0, back), Keyframe(Fraction(1), 5.0))),))
    assert timeline.evaluate(Fraction(1, 2), AUVector.neutral())[12] == 5.0


def test_constant_holds_the_aus_named_and_leaves_the_others() -> None:
    timeline = Timeline.constant({12: 4.0, 6: 3.0}, strength=0.5)
    for time in (Fraction(0), Fraction(1000)):
        result = timeline.evaluate(time, AUVector.of({12: 2.0, 1: 1.5}))
        assert result == AUVector.of({12: 3.0, 6: 1.5, 1: 1.5})


def test_poses_are_met_and_eased_between() -> None:
    poses = [
        (Fraction(0), PRESETS["neutral"], EASE_IN_OUT),
        (Fraction(1), PRESETS["happy"], HOLD),
        (Fraction(2), PRESETS["surprise"], LINEAR),
    ]
    timeline = Timeline.from_poses(poses)
    for time, expression, _ in poses:
        np.testing.assert_allclose(timeline.evaluate(time, SOURCE).values, expression.values, atol=1e-6)
    assert timeline.evaluate(Fraction(1, 10), SOURCE)[12] < 0.1 * PRESETS["happy"][12]
    assert timeline.evaluate(Fraction(19, 10), SOURCE)[12] == pytest.approx(PRESETS["happy"][12], abs=1e-6)
    assert timeline.end == 2


@given(sources)
def test_poses_keep_their_float32_values(expression: AUVector) -> None:
    timeline = Timeline.from_poses([(Fraction(0), expression, LINEAR)])
    stored = [timeline.track(number).keyframes[0].value for number in AU_NUMBERS]
    assert AUVector(np.array(stored, np.float32)) == expression


def test_poses_read_as_people_wrote_them() -> None:
    timeline = Timeline.from_poses([(Fraction(0), AUVector.of({12: 0.1}), LINEAR)])
    assert timeline.track(12).keyframes[0].value == 0.1


def test_a_pose_outside_the_range_is_refused() -> None:
    with pytest.raises(IntensityRangeError, match="AU12"):
        Timeline.from_poses([(Fraction(0), AUVector.of({12: 6.0}), LINEAR)])


@settings(max_examples=40)
@given(timelines, au_tracks)
def test_with_track_puts_one_track_in_place(timeline: Timeline, track: Track) -> None:
    assert track.au is not None
    changed = timeline.with_track(track)
    assert changed.track(track.au) == track
    assert changed.with_track(timeline.track(track.au)) == timeline


def test_with_track_replaces_the_strength() -> None:
    assert Timeline().with_track(still(None, 0.5)).strength == still(None, 0.5)


def test_tracks_are_sorted_and_empty_ones_left_out() -> None:
    timeline = Timeline((still(12, 1.0), Track(4), still(1, 1.0)))
    assert timeline.tracks == (still(1, 1.0), still(12, 1.0))
    assert timeline == Timeline((still(1, 1.0), still(12, 1.0)))
    assert pickle.loads(pickle.dumps(timeline)) == timeline


def test_the_end_is_the_last_keyframe_of_any_track() -> None:
    assert Timeline().end == 0
    strength = Track(None, (Keyframe(Fraction(0), 0.0, EASE_IN), Keyframe(Fraction(9, 2), 1.0)))
    assert Timeline((still(12, 1.0),), strength).end == Fraction(9, 2)


@pytest.mark.parametrize(
    ("tracks", "strength", "fault"),
    [
        ((still(12, 1.0), still(12, 2.0)), Track(None), "two tracks of AU12"),
        ((Track(None),), Track(None), "cannot be one of the AU tracks"),
        ((), Track(12), "AU12 cannot be the strength"),
    ],
)
def test_each_track_has_its_place(tracks: tuple[Track, ...], strength: Track, fault: str) -> None:
    with pytest.raises(ProjectError, match=fault):
        Timeline(tracks, strength)
