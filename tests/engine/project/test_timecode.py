from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ProjectError
from engine.project.timecode import format_timecode, parse_timecode
from tests.engine.project.strategies import rates

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("frame", "rate", "drop_frame", "timecode"),
    [
        (0, Fraction(25), False, "00:00:00:00"),
        (90 * 25 + 12, Fraction(25), False, "00:01:30:12"),
        (24, Fraction(24000, 1001), False, "00:00:01:00"),
        (-26, Fraction(25), False, "-00:00:01:01"),
        (119, Fraction(120), False, "00:00:00:119"),
        (100 * 3600 * 24, Fraction(24), False, "100:00:00:00"),
        (1799, NTSC, True, "00:00:59;29"),
        (1800, NTSC, True, "00:01:00;02"),
        (17982, NTSC, True, "00:10:00;00"),
        (107892, NTSC, True, "01:00:00;00"),
        (3600, Fraction(60000, 1001), True, "00:01:00;04"),
    ],
)
def test_known_timecodes(frame: int, rate: Fraction, drop_frame: bool, timecode: str) -> None:
    assert format_timecode(frame, rate, drop_frame=drop_frame) == timecode
    assert parse_timecode(timecode, rate) == frame


def test_drop_frame_counts_as_the_standard_says() -> None:
    """Numbers 0 and 1 of each minute are skipped, but not of each tenth."""
    labels = (
        f"00:{minute:02d}:{second:02d};{number:02d}"
        for minute in range(12)
        for second in range(60)
        for number in range(30)
        if not (second == 0 and number < 2 and minute % 10)
    )
    for frame, label in enumerate(labels):
        assert format_timecode(frame, NTSC, drop_frame=True) == label


@given(st.integers(-(10**8), 10**8), rates)
def test_a_frame_survives_its_timecode(frame: int, rate: Fraction) -> None:
    assert parse_timecode(format_timecode(frame, rate), rate) == frame


@given(st.integers(-(10**8), 10**8), st.sampled_from([NTSC, Fraction(60000, 1001), Fraction(120000, 1001)]))
def test_a_frame_survives_its_drop_frame_timecode(frame: int, rate: Fraction) -> None:
    assert parse_timecode(format_timecode(frame, rate, drop_frame=True), rate) == frame


@pytest.mark.parametrize("text", ["", "12", "00:00:00", "00:60:00:00", "00:00:60:00", "0:0:0:0", "00.00.00.00"])
def test_what_is_no_timecode_is_refused(text: str) -> None:
    with pytest.raises(ProjectError, match="not a timecode"):
        parse_timecode(text, Fraction(25))


def test_a_frame_number_beyond_the_rate_is_refused() -> None:
    with pytest.raises(ProjectError, match="frame 25") as caught:
        parse_timecode("00:00:00:25", Fraction(25))
    assert "0 to 24" in caught.value.remedy


def test_a_skipped_number_is_refused_with_the_one_that_exists() -> None:
    with pytest.raises(ProjectError, match="skips") as caught:
        parse_timecode("00:01:00;01", NTSC)
    assert "00:01:00;02" in caught.value.remedy


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30), Fraction(24000, 1001)])
def test_drop_frame_needs_a_rate_that_drifts(rate: Fraction) -> None:
    with pytest.raises(ProjectError, match="no drop-frame"):
        format_timecode(0, rate, drop_frame=True)
    with pytest.raises(ProjectError, match="no drop-frame"):
        parse_timecode("00:00:00;00", rate)
