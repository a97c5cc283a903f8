from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.action_units import AU_NUMBERS, PRESETS, AUVector
from engine.commands.options import constant_timeline, parse_intensities
from engine.errors import ProjectError
from engine.project import IntensityRangeError

START = Fraction(0)


@pytest.mark.parametrize("text", ["12=4", "AU12=4", "au12=4.0", " 12 = 4", "AU012=4"])
def test_an_intensity(text: str) -> None:
    assert parse_intensities([text], clip=False) == {12: 4.0}


def test_the_last_one_counts() -> None:
    assert parse_intensities(["12=4", "6=1", "12=2.5"], clip=False) == {12: 2.5, 6: 1.0}


@pytest.mark.parametrize(
    "text", ["", "=", "12", "12=", "=4", "12=four", "twelve=4", "12=nan", "12:4", "1.5=2", "12=4=5"]
)
@pytest.mark.parametrize("clip", [False, True])
def test_what_is_no_intensity(text: str, *, clip: bool) -> None:
    with pytest.raises(ProjectError, match="is not an action unit's intensity") as caught:
        parse_intensities([text], clip=clip)
    assert "--au 12=4" in caught.value.remedy


def test_an_au_that_there_is_not() -> None:
    with pytest.raises(ProjectError, match="AU 3 is not one the model controls"):
        parse_intensities(["3=1"], clip=True)


@pytest.mark.parametrize(("text", "nearest"), [("12=5.5", 5), ("12=-0.1", 0), ("12=inf", 5), ("12=-inf", 0)])
def test_intensities_beyond_their_range_are_refused_or_clipped(text: str, nearest: float) -> None:
    with pytest.raises(IntensityRangeError, match=r"AU12=\S+ is outside 0\.\.5") as caught:
        parse_intensities([text], clip=False)
    assert f"--clip to take {nearest}" in caught.value.remedy
    assert parse_intensities([text], clip=True) == {12: nearest}


@given(st.dictionaries(st.sampled_from(AU_NUMBERS), st.floats(0, 5)))
def test_every_intensity_is_read_as_it_was_written(intensities: dict[int, float]) -> None:
    texts = [f"{number}={value!r}" for number, value in intensities.items()]
    assert parse_intensities(texts, clip=False) == intensities


def test_aus_alone_leave_the_others_to_the_source() -> None:
    source = AUVector.of({6: 2.0, 12: 1.0})
    assert constant_timeline({12: 4.0}, None, 1.0).evaluate(START, source) == AUVector.of({6: 2.0, 12: 4.0})


def test_a_preset_sets_all_aus_but_those_named() -> None:
    source = AUVector.of({2: 5.0, 12: 1.0})
    timeline = constant_timeline({12: 1.5}, "Happy", 1.0)
    assert timeline.evaluate(START, source) == PRESETS["happy"].with_intensities({12: 1.5})


def test_the_strength_says_how_far() -> None:
    source = AUVector.of({12: 1.0})
    assert constant_timeline({12: 4.0}, None, 0.5).evaluate(START, source) == AUVector.of({12: 2.5})


@pytest.mark.parametrize("strength", [float("nan"), float("inf"), 11.0, -11.0])
def test_a_strength_beyond_all_bounds(strength: float) -> None:
    with pytest.raises(ProjectError):
        constant_timeline({12: 4.0}, None, strength)


def test_a_preset_that_there_is_not() -> None:
    with pytest.raises(ProjectError, match="no preset called 'hapy'") as caught:
        constant_timeline({}, "hapy", 1.0)
    assert "Did you mean 'happy'?" in caught.value.remedy
