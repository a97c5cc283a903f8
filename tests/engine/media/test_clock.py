from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.media.clock import FrameClock, nominal_rate
from tests.engine.media.clips import NTSC, NTSC_TICK

MILLISECOND = Fraction(1, 1000)
RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(60), Fraction(24000, 1001), NTSC, Fraction(60000, 1001)]


def times(clock: FrameClock, timestamps: list[int | None]) -> list[Fraction]:
    return [clock.time_of(timestamp) * clock.time_base for timestamp in timestamps]


def test_times_count_from_the_first_timestamp() -> None:
    assert times(FrameClock(NTSC_TICK, NTSC), [5005, 6006, 7007]) == [0, Fraction(1001, 30000), Fraction(2002, 30000)]


def test_a_variable_rate_survives_exactly() -> None:
    stamps: list[int | None] = [0, 3000, 7503, 7504, 20000, 90001]
    clock = FrameClock(Fraction(1, 90000), Fraction(540000, 94501))
    assert times(clock, stamps) == [Fraction(stamp or 0, 90000) for stamp in stamps]


@pytest.mark.parametrize("rate", RATES)
def test_a_rate_that_matroska_rounded_is_recovered(rate: Fraction) -> None:
    nanoseconds = int(10**9 / rate)
    assert nominal_rate((10**9 / Fraction(nanoseconds)).limit_denominator(1001)) == rate


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(12), Fraction(30), Fraction(27137, 1000), Fraction(1, 3)])
def test_other_rates_stay_as_they_are(rate: Fraction) -> None:
    assert nominal_rate(rate) == rate


@given(st.sampled_from(RATES), st.integers(0, 10**6), st.integers(2, 400))
def test_a_constant_rate_is_recovered_from_milliseconds(rate: Fraction, delay_us: int, count: int) -> None:
    delay = Fraction(delay_us, 10**6)
    stamps: list[int | None] = [round((delay + index / rate) / MILLISECOND) for index in range(count)]
    assert times(FrameClock(MILLISECOND, rate), stamps) == [index / rate for index in range(count)]


def test_a_constant_rate_is_recovered_from_mpeg_ticks() -> None:
    rate, tick = Fraction(24000, 1001), Fraction(1, 90000)
    stamps: list[int | None] = [126000 + round(index / rate / tick) for index in range(500)]
    assert times(FrameClock(tick, rate), stamps) == [index / rate for index in range(500)]


def test_leaving_the_constant_rate_ends_the_recovery() -> None:
    stamps: list[int | None] = [0, 33, 67, 105, 133, 167]
    assert times(FrameClock(MILLISECOND, NTSC), stamps) == [
        0,
        1 / NTSC,
        2 / NTSC,
        Fraction(105, 1000),
        Fraction(133, 1000),
        Fraction(167, 1000),
    ]


def test_a_missing_timestamp_is_one_frame_after_the_last() -> None:
    stamps: list[int | None] = [0, 1001, None, None, 4004]
    assert times(FrameClock(NTSC_TICK, NTSC), stamps) == [index / NTSC for index in range(5)]


def test_timestamps_may_begin_late() -> None:
    stamps: list[int | None] = [None, None, 50_000, 51_001]
    assert times(FrameClock(NTSC_TICK, NTSC), stamps) == [index / NTSC for index in range(4)]


def test_without_timestamps_the_rate_counts() -> None:
    stamps: list[int | None] = [None] * 4
    assert times(FrameClock(NTSC_TICK, NTSC), stamps) == [index / NTSC for index in range(4)]


def test_a_doubled_timestamp_moves_by_one_tick_and_leaves_the_others() -> None:
    stamps: list[int | None] = [0, 1001, 1001, 2002]
    tick = NTSC_TICK
    assert times(FrameClock(tick, NTSC), stamps) == [0, 1001 * tick, 1002 * tick, 2002 * tick]


@given(
    st.lists(st.none() | st.integers(-(10**9), 10**9), min_size=1, max_size=40),
    st.sampled_from([MILLISECOND, NTSC_TICK, Fraction(1, 90000), Fraction(1, 12800), Fraction(1001, 30000)]),
    st.sampled_from(RATES) | st.fractions(Fraction(1, 10), 400, max_denominator=5000),
)
def test_times_always_rise_from_zero_in_whole_units(stamps: list[int | None], tick: Fraction, rate: Fraction) -> None:
    clock = FrameClock(tick, rate)
    result = [clock.time_of(stamp) for stamp in stamps]
    assert result[0] == 0
    assert all(later > earlier for earlier, later in pairwise(result))
    assert tick % clock.time_base == 0


@given(st.lists(st.integers(1, 10**6), max_size=40), st.sampled_from([NTSC_TICK, Fraction(1, 12800), Fraction(1, 600)]))
def test_rising_timestamps_are_exact_where_ticks_fit_the_rate(steps: list[int], tick: Fraction) -> None:
    stamps = [sum(steps[:count]) for count in range(len(steps) + 1)]
    clock = FrameClock(tick, 1 / (20 * tick))
    assert times(clock, list(stamps)) == [stamp * tick for stamp in stamps]


@pytest.mark.parametrize(
    ("tick", "rate", "time_base"),
    [
        (MILLISECOND, NTSC, NTSC_TICK),
        (MILLISECOND, Fraction(24000, 1001), Fraction(1, 24000)),
        (MILLISECOND, Fraction(25), MILLISECOND),
        (MILLISECOND, Fraction(60), Fraction(1, 3000)),
        (MILLISECOND, Fraction(27137, 1000), MILLISECOND),
        (NTSC_TICK, NTSC, NTSC_TICK),
    ],
)
def test_the_time_base_is_as_fine_as_needed(tick: Fraction, rate: Fraction, time_base: Fraction) -> None:
    assert FrameClock(tick, rate).time_base == time_base
