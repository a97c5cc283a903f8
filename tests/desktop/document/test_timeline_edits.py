from fractions import Fraction

from desktop.document.timeline_edits import move_keys, paste_keys, put_key, set_value
from engine.project import EASE_IN, Keyframe, Timeline

HALF = Fraction(1, 2)


def test_a_slider_without_keyframes_holds_its_value_all_the_time() -> None:
    timeline = set_value(Timeline(), 12, 3.0, Fraction(2))
    assert timeline.track(12).keyframes == (Keyframe(Fraction(0), 3.0),)
    timeline = set_value(timeline, 12, 1.0, Fraction(4))
    assert timeline.track(12).keyframes == (Keyframe(Fraction(0), 1.0),)


def test_a_slider_of_an_animated_track_sets_a_keyframe_with_the_easing_it_splits() -> None:
    timeline = Timeline()
    for time, value in ((Fraction(0), 0.0), (Fraction(1), 4.0)):
        timeline = put_key(timeline, 12, Keyframe(time, value, EASE_IN))
    timeline = set_value(timeline, 12, 9.0, HALF)
    assert timeline.track(12).at(HALF) == Keyframe(HALF, 5.0, EASE_IN)
    assert len(timeline.track(12).keyframes) == 3


def test_a_slider_may_animate_a_still_track() -> None:
    timeline = set_value(set_value(Timeline(), None, 0.2, Fraction(0)), None, 1.0, HALF, animate=True)
    assert [keyframe.value for keyframe in timeline.strength.keyframes] == [0.2, 1.0]


def test_a_moved_keyframe_takes_the_place_of_the_one_it_lands_on() -> None:
    timeline = Timeline()
    for seconds in range(3):
        timeline = put_key(timeline, 12, Keyframe(Fraction(seconds), float(seconds)))
    moved, keys = move_keys(timeline, {(12, Fraction(0))}, Fraction(1))
    assert moved.track(12).keyframes == (Keyframe(Fraction(1), 0.0), Keyframe(Fraction(2), 2.0))
    assert keys == {(12, Fraction(1))}


def test_nothing_moves_before_the_start() -> None:
    timeline = Timeline()
    for time in (HALF, Fraction(1)):
        timeline = put_key(timeline, 6, Keyframe(time, 1.0))
    moved, keys = move_keys(timeline, {(6, HALF), (6, Fraction(1))}, Fraction(-2))
    assert keys == {(6, Fraction(0)), (6, HALF)}
    assert [keyframe.time for keyframe in moved.track(6).keyframes] == [0, HALF]


def test_pasting_nothing_changes_nothing() -> None:
    timeline = Timeline.constant({12: 1.0})
    assert paste_keys(timeline, (), Fraction(1)) == (timeline, frozenset())
