from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.action_units import AUVector
from engine.controls import Controls, EasedControls
from engine.project import EASE_IN_OUT, LINEAR

START = Fraction(0)
NEUTRAL = AUVector.neutral()
CALM, SMILE, ANGER = Controls(), Controls.preset("happy"), Controls.preset("anger")


def shown(eased: EasedControls, now_s: float) -> AUVector:
    return eased.at(now_s).evaluate(START, NEUTRAL)


def test_a_switch_eases_over_its_duration_and_then_is_the_controls_themselves() -> None:
    eased = EasedControls(CALM).towards(SMILE, now_s=100.0, duration_s=0.5, easing=LINEAR)
    assert shown(eased, 100.0) == NEUTRAL
    assert shown(eased, 100.25)[12] == pytest.approx(2.0)
    assert eased.at(100.5) is SMILE
    assert [eased.reached(now) for now in (100.0, 100.49, 100.5)] == [False, False, True]


def test_easing_shapes_the_way() -> None:
    eased = EasedControls(CALM).towards(SMILE, 0.0, 1.0)
    assert shown(eased, 0.2)[12] == pytest.approx(4.0 * EASE_IN_OUT(0.2))


def test_without_a_duration_the_switch_is_at_once() -> None:
    assert EasedControls(CALM).towards(SMILE, 5.0, 0.0).at(5.0) is SMILE


def test_a_clock_that_has_not_reached_the_start_shows_the_earlier_controls() -> None:
    assert shown(EasedControls(CALM).towards(SMILE, 5.0, 1.0), 4.0) == NEUTRAL


@settings(max_examples=40)
@given(times=st.lists(st.floats(0.01, 0.4), min_size=1, max_size=30))
def test_interrupted_ways_never_jump(times: list[float]) -> None:
    eased, now, targets = EasedControls(CALM), 0.0, (SMILE, ANGER, CALM)
    for index, passed in enumerate(times):
        before = shown(eased, now)
        eased = eased.towards(targets[index % 3], now, 0.5)
        np.testing.assert_allclose(shown(eased, now).values, before.values, atol=1e-5)
        now += passed


@settings(max_examples=10)
@given(switches=st.integers(1, 60))
def test_a_flurry_of_switches_stays_cheap(switches: int) -> None:
    eased = EasedControls(CALM)
    for index in range(switches):
        eased = eased.towards(Controls(sliders={12: index / 50}), index / 60, 0.3)
    assert len(eased.earlier) <= 16
    assert sum(share for _, share in eased.earlier) == pytest.approx(1.0)


def test_gains_ease_with_the_source_still_followed() -> None:
    eased = EasedControls(CALM).towards(Controls(gain={12: 2.0}), 0.0, 1.0, LINEAR)
    source = AUVector.of({12: 2.0})
    assert eased.at(0.5).evaluate(START, source)[12] == pytest.approx(3.0)
