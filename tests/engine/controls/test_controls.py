import dataclasses
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.action_units import AU_NUMBERS, AUVector, preset
from engine.controls import Controls, DriverMode
from engine.errors import ProjectError
from engine.project import IntensityRangeError, Keyframe, Timeline, Track

START = Fraction(0)
SOURCE = AUVector.of({1: 0.5, 6: 1.0, 12: 2.0, 45: 0.25})
intensities = st.lists(st.floats(0, 5, width=32), min_size=17, max_size=17).map(
    lambda values: AUVector(np.array(values, np.float32))
)


def smile_track(*pairs: tuple[int, float]) -> Timeline:
    return Timeline((Track(12, tuple(Keyframe(Fraction(time), value) for time, value in pairs)),))


@settings(max_examples=40)
@given(source=intensities, time=st.fractions())
def test_untouched_controls_leave_every_expression_bit_for_bit(source: AUVector, time: Fraction) -> None:
    assert Controls().evaluate(time, source) == source


def test_sliders_set_their_aus_and_no_others() -> None:
    shown = Controls(sliders={12: 4.0, 45: 0.0}).evaluate(START, SOURCE)
    assert shown == SOURCE.with_intensities({12: 4.0, 45: 0.0})


def test_gain_exaggerates_and_mutes_and_offset_shifts() -> None:
    shown = Controls(gain={12: 1.5, 6: 0.0}, offset={1: 1.0}).evaluate(START, SOURCE)
    assert shown == SOURCE.with_intensities({12: 3.0, 6: 0.0, 1: 1.5})


def test_gain_and_offset_leave_aus_alone_that_a_slider_or_a_track_sets() -> None:
    controls = Controls(smile_track((0, 3.0)), {6: 2.0}, gain={12: 2.0, 6: 2.0}, offset={12: 1.0, 6: 1.0})
    assert controls.evaluate(START, SOURCE) == SOURCE.with_intensities({12: 3.0, 6: 2.0})


def test_a_slider_overrules_the_timeline() -> None:
    controls = Controls(smile_track((0, 0.0), (1, 5.0)), sliders={12: 1.0})
    assert controls.evaluate(Fraction(1, 2), SOURCE)[12] == 1.0


@settings(max_examples=40)
@given(source=intensities, time=st.fractions(0, 2), value=st.floats(0, 5), strength=st.floats(-2, 3))
def test_a_timeline_alone_is_evaluated_as_it_is(
    source: AUVector, time: Fraction, value: float, strength: float
) -> None:
    timeline = smile_track((0, value), (2, 5 - value)).with_track(Track(None, (Keyframe(START, strength),)))
    np.testing.assert_allclose(
        Controls(timeline).evaluate(time, source).values, timeline.evaluate(time, source).values, atol=1e-6
    )


def test_strengths_of_controls_and_timeline_multiply() -> None:
    timeline = smile_track((0, 4.0)).with_track(Track(None, (Keyframe(START, 0.5),)))
    assert Controls(timeline, strength=0.5).evaluate(START, SOURCE)[12] == 2.0 + 0.25 * (4.0 - 2.0)


@settings(max_examples=40)
@given(source=intensities, driver=intensities)
def test_strength_zero_keeps_the_source(source: AUVector, driver: AUVector) -> None:
    assert Controls.preset("anger", strength=0.0).evaluate(START, source, driver) == source


def test_a_preset_sets_all_aus() -> None:
    assert Controls.preset("Surprise").evaluate(START, SOURCE) == preset("surprise")


def test_a_relative_driver_adds_to_the_face() -> None:
    driver = AUVector.of({12: 1.0, 25: 2.0})
    shown = Controls(driven={12: 2.0, 25: 1.0}).evaluate(START, SOURCE, driver)
    assert shown == SOURCE.with_intensities({12: 4.0, 25: 2.0})


def test_an_absolute_driver_takes_the_place_of_the_face() -> None:
    driver = AUVector.of({12: 1.0})
    shown = Controls(driven={12: 1.0, 6: 1.0}, driver_mode=DriverMode.ABSOLUTE).evaluate(START, SOURCE, driver)
    assert shown == SOURCE.with_intensities({12: 1.0, 6: 0.0})


def test_a_relative_driver_can_be_given_room() -> None:
    controls = Controls(driven={12: 1.0}, own_share={12: 0.5, 6: 0.0})
    assert controls.evaluate(START, SOURCE, AUVector.of({12: 3.0})) == SOURCE.with_intensities({12: 3.5, 6: 0.0})
    assert controls.evaluate(START, SOURCE, None) == SOURCE


def test_aus_outside_the_mask_do_not_follow_the_driver() -> None:
    driver = AUVector(np.full(17, 2.0, np.float32))
    assert Controls(driven={45: 1.0}).evaluate(START, SOURCE, driver) == SOURCE.with_intensities({45: 2.25})


def test_gain_applies_to_what_the_driver_brings() -> None:
    shown = Controls(gain={12: 0.5}).evaluate(START, AUVector.neutral(), AUVector.of({12: 4.0}))
    assert shown == AUVector.of({12: 2.0})


@settings(max_examples=40)
@given(source=intensities, mode=st.sampled_from(DriverMode))
def test_without_a_driver_every_au_follows_the_source(source: AUVector, mode: DriverMode) -> None:
    assert Controls(driver_mode=mode).evaluate(START, source, None) == source


@settings(max_examples=40)
@given(
    source=intensities,
    driver=st.none() | intensities,
    gain=st.dictionaries(st.sampled_from(AU_NUMBERS), st.floats(-10, 10)),
    offset=st.dictionaries(st.sampled_from(AU_NUMBERS), st.floats(-5, 5)),
    strength=st.floats(-10, 10),
)
def test_what_shows_stays_within_the_range(
    source: AUVector, driver: AUVector | None, gain: dict[int, float], offset: dict[int, float], strength: float
) -> None:
    shown = Controls(gain=gain, offset=offset, strength=strength).evaluate(START, source, driver)
    assert 0.0 <= shown.values.min() <= shown.values.max() <= 5.0


def test_controls_are_values() -> None:
    sliders = {12: 3.0}
    controls = Controls(sliders=sliders)
    sliders[12] = 5.0
    assert controls == Controls(sliders={12: 3.0})
    assert controls != dataclasses.replace(controls, gain={12: 2.0})
    with pytest.raises(TypeError):
        controls.sliders[12] = 1.0  # type: ignore[index]


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (lambda: Controls(sliders={12: 5.5}), "AU12 in sliders: Intensity 5.5 is outside 0..5"),
        (lambda: Controls(gain={12: float("nan")}), "AU12 in gain"),
        (lambda: Controls(offset={4: 6.0}), "AU4 in offset"),
        (lambda: Controls(driven={13: 1.0}), "AU 13 is not one"),
        (lambda: Controls(strength=11.0), "Strength 11 is outside"),
        (lambda: Controls.preset("hapy"), "hapy"),
    ],
)
def test_faults_are_named(faulty: object, said: str) -> None:
    assert callable(faulty)
    with pytest.raises(ProjectError, match=said):
        faulty()


def test_an_intensity_out_of_range_can_be_told_apart() -> None:
    with pytest.raises(IntensityRangeError):
        Controls(sliders={12: -1.0})


def test_constant_controls_say_so() -> None:
    assert Controls.preset("happy").is_constant
    assert Controls(Timeline()).is_constant
    assert not Controls(smile_track((0, 1.0))).is_constant
