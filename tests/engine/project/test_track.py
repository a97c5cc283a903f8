import dataclasses
import math
import pickle
import timeit
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.errors import ProjectError
from engine.project import HOLD, LINEAR, Easing, IntensityRangeError, Keyframe, Track, cubic_bezier
from tests.engine.project.strategies import au_tracks, easings, intensities, times

SMILE = Track(12, (Keyframe(Fraction(1), 1.0), Keyframe(Fraction(3), 5.0, HOLD), Keyframe(Fraction(4), 2.0)))


@pytest.mark.parametrize(
    ("time", "value"),
    [
        (Fraction(-5), 1.0),
        (Fraction(1), 1.0),
        (Fraction(3, 2), 2.0),
        (Fraction(3), 5.0),
        (Fraction(4) - Fraction(1, 10**15), 5.0),
        (Fraction(4), 2.0),
        (Fraction(100), 2.0),
    ],
)
def test_a_keyframes_easing_shapes_what_follows_it(time: Fraction, value: float) -> None:
    assert SMILE.evaluate(time) == value


@given(au_tracks, times)
def test_evaluation_follows_its_definition(track: Track, time: Fraction) -> None:
    assume(track.keyframes)
    before = [keyframe for keyframe in track.keyframes if keyframe.time <= time]
    after = [keyframe for keyframe in track.keyframes if keyframe.time > time]
    if before and after:
        start, end = before[-1], after[0]
        progress = float((time - start.time) / (end.time - start.time))
        expected = start.value + (end.value - start.value) * start.easing(progress)
    else:
        expected = before[-1].value if before else after[0].value
    assert track.evaluate(time) == expected


@given(au_tracks)
def test_keyframes_are_met_exactly(track: Track) -> None:
    assert [track.evaluate(keyframe.time) for keyframe in track.keyframes] == [key.value for key in track.keyframes]


def test_times_that_floats_cannot_tell_apart_are_told_apart() -> None:
    instant = Fraction(1, 2**62)
    track = Track(12, tuple(Keyframe(1 + step * instant, float(step)) for step in range(4)))
    assert [track.evaluate(1 + step * instant / 2) for step in range(7)] == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    assert track.at(1 + 2 * instant) == Keyframe(1 + 2 * instant, 2.0)
    assert track.at(1 + instant / 2) is None


def test_an_empty_track_has_no_value() -> None:
    assert Track(12).evaluate(Fraction(0)) is None
    assert Track(12).at(Fraction(0)) is None


def test_an_overshooting_easing_may_leave_the_range() -> None:
    back = cubic_bezier(0.3, 0.0, 0.3, 3.0)
    value = Track(12, (Keyframe(Fraction(0), 0.0, back), Keyframe(Fraction(1), 5.0))).evaluate(Fraction(1, 2))
    assert value is not None
    assert value > 5.0


def test_keyframes_are_sorted_and_tracks_compare_by_value() -> None:
    assert Track(12, tuple(reversed(SMILE.keyframes))) == SMILE
    assert hash(Track(12, SMILE.keyframes)) == hash(SMILE)
    assert dataclasses.replace(SMILE, au=6) != SMILE
    assert pickle.loads(pickle.dumps(SMILE)) == SMILE


@given(au_tracks, times, intensities, easings)
def test_remove_undoes_insert(track: Track, time: Fraction, value: float, easing: Easing) -> None:
    assume(track.at(time) is None)
    keyframe = Keyframe(time, value, easing)
    inserted = track.insert(keyframe)
    assert inserted.at(time) == keyframe
    assert len(inserted.keyframes) == len(track.keyframes) + 1
    assert inserted.remove(time) == track


@given(au_tracks, st.data())
def test_moving_back_undoes_a_move(track: Track, data: st.DataObject) -> None:
    assume(track.keyframes)
    keyframe = data.draw(st.sampled_from(track.keyframes))
    to = data.draw(times)
    assume(track.at(to) is None)
    moved = track.move(keyframe.time, to)
    assert moved.at(to) == dataclasses.replace(keyframe, time=to)
    assert moved.at(keyframe.time) is None
    assert moved.move(to, keyframe.time) == track


def test_a_selection_moves_together_and_may_pass_others() -> None:
    shifted = SMILE.shift([Fraction(1), Fraction(3)], Fraction(2))
    assert [(keyframe.time, keyframe.value) for keyframe in shifted.keyframes] == [
        (Fraction(3), 1.0),
        (Fraction(4), 2.0),
        (Fraction(5), 5.0),
    ]
    assert shifted.shift([Fraction(3), Fraction(5)], Fraction(-2)) == SMILE


def test_moving_to_the_same_time_changes_nothing() -> None:
    assert SMILE.move(Fraction(3), Fraction(3)) == SMILE


def test_replace_changes_a_keyframe_in_place_or_moves_it() -> None:
    replaced = SMILE.replace(Fraction(3), Keyframe(Fraction(3), 4.0, LINEAR))
    assert replaced.at(Fraction(3)) == Keyframe(Fraction(3), 4.0, LINEAR)
    assert replaced.replace(Fraction(3), Keyframe(Fraction(9), 1.0)).keyframes[-1] == Keyframe(Fraction(9), 1.0)
    assert SMILE.at(Fraction(3)) == Keyframe(Fraction(3), 5.0, HOLD)


@pytest.mark.parametrize(
    "edit",
    [
        lambda: SMILE.insert(Keyframe(Fraction(3), 1.0)),
        lambda: SMILE.move(Fraction(1), Fraction(3)),
        lambda: SMILE.shift([Fraction(1)], Fraction(2)),
        lambda: SMILE.replace(Fraction(1), Keyframe(Fraction(3), 1.0)),
        lambda: Track(12, (*SMILE.keyframes, Keyframe(Fraction(3), 1.0))),
    ],
)
def test_two_keyframes_cannot_share_a_time(edit: Callable[[], Track]) -> None:
    with pytest.raises(ProjectError, match=r"AU12 cannot have two keyframes at 3/1 s\."):
        edit()


@pytest.mark.parametrize(
    "edit",
    [
        lambda: SMILE.remove(Fraction(2)),
        lambda: SMILE.move(Fraction(2), Fraction(5)),
        lambda: SMILE.shift([Fraction(2)], Fraction(2)),
        lambda: SMILE.replace(Fraction(2), Keyframe(Fraction(2), 1.0)),
    ],
)
def test_only_existing_keyframes_can_be_changed(edit: Callable[[], Track]) -> None:
    with pytest.raises(ProjectError, match=r"AU12 has no keyframe at 2/1 s\."):
        edit()


@pytest.mark.parametrize(("value", "clipped"), [(5.01, 5.0), (-0.5, 0.0)])
def test_an_intensity_outside_the_range_is_refused_with_an_offer_to_clip(value: float, clipped: float) -> None:
    keyframe = Keyframe(Fraction(3, 2), value)
    with pytest.raises(IntensityRangeError, match=r"AU12 at 3/2 s: Intensity .* outside 0\.\.5") as caught:
        Track(12, (keyframe,))
    assert f"clip it to {clipped:g}" in caught.value.remedy
    assert Track(12, (keyframe.clipped(),)).evaluate(Fraction(0)) == clipped


def test_strength_may_exaggerate_and_invert_within_limits() -> None:
    assert Track(None, (Keyframe(Fraction(0), -1.5),)).evaluate(Fraction(0)) == -1.5
    with pytest.raises(ProjectError, match=r"Strength at 0/1 s: Strength 11 is outside -10\.\.10"):
        Track(None, (Keyframe(Fraction(0), 11.0),))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_is_finite(value: float) -> None:
    with pytest.raises(ProjectError, match="not a finite number"):
        Keyframe(Fraction(0), value)


def test_an_au_must_be_one_the_model_controls() -> None:
    with pytest.raises(ProjectError, match="AU 3"):
        Track(3)


def test_evaluation_cost_hardly_grows_with_keyframes() -> None:
    def cost(count: int) -> float:
        track = Track(12, tuple(Keyframe(Fraction(step * 1001, 30000), 1.0) for step in range(count)))
        moments = [Fraction(count * 1001 * step, 30000 * 97) for step in range(97)]
        return min(timeit.repeat(lambda: [track.evaluate(moment) for moment in moments], number=5, repeat=20))

    assert cost(2000) < 4 * cost(2)
