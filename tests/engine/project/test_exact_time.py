from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ProjectError
from engine.project.exact_time import (
    TIME_LIMIT,
    exact_time,
    format_time,
    frame_at,
    frame_time,
    nearest_frame,
    parse_time,
)
from tests.engine.project.strategies import rates, times


@given(times)
def test_a_time_survives_its_stored_form(time: Fraction) -> None:
    assert parse_time(format_time(time)) == time


@pytest.mark.parametrize(("text", "time"), [("3/2", Fraction(3, 2)), ("-6/4", Fraction(-3, 2)), ("0/1", Fraction(0))])
def test_stored_forms(text: str, time: Fraction) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text", ["", "1", "1.5", "1/0", "1/-2", "+1/2", " 1/2", "1/2\n", "1 / 2", "٣/2", "1e3/1", "9" * 20 + "/1"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ProjectError, match="is not a time") as caught:
        parse_time(text)
    assert '"3/2"' in caught.value.remedy


@pytest.mark.parametrize("text", [f"{TIME_LIMIT + 1}/1", f"1/{TIME_LIMIT + 1}", f"-{TIME_LIMIT + 2}/1"])
def test_times_stay_within_64_bits(text: str) -> None:
    with pytest.raises(ProjectError, match="64 bits"):
        parse_time(text)


@pytest.mark.parametrize("inexact", [0.5, "1/2", True, None])
def test_only_exact_numbers_are_times(inexact: object) -> None:
    with pytest.raises(TypeError, match="Fraction"):
        exact_time(inexact)  # type: ignore[arg-type]


@given(st.integers(-(10**9), 10**9), rates)
def test_a_frame_is_found_again_at_its_time(index: int, rate: Fraction) -> None:
    assert frame_at(frame_time(index, rate), rate) == index
    assert nearest_frame(frame_time(index, rate), rate) == index


def test_a_frame_shows_until_the_next_one_starts() -> None:
    rate = Fraction(30000, 1001)
    assert frame_time(30, rate) == Fraction(1001, 1000)
    assert frame_at(Fraction(1001, 1000) - Fraction(1, 10**15), rate) == 29
    assert frame_at(Fraction(1001, 1000), rate) == 30
    assert frame_at(Fraction(-1, 100), rate) == -1


def test_half_way_between_frames_snaps_to_the_later() -> None:
    assert nearest_frame(Fraction(1, 50), Fraction(25)) == 1
    assert nearest_frame(Fraction(1, 50) - Fraction(1, 10**15), Fraction(25)) == 0


@pytest.mark.parametrize("rate", [Fraction(0), Fraction(-25)])
def test_a_rate_is_positive(rate: Fraction) -> None:
    with pytest.raises(ProjectError, match="not positive"):
        frame_time(1, rate)
