import math
import pickle

import pytest
from hypothesis import given

from engine.errors import ProjectError
from engine.project import EASE_IN, EASE_IN_OUT, EASE_OUT, EASINGS, HOLD, LINEAR, Easing, cubic_bezier
from engine.project.easing import format_easing, parse_easing
from tests.engine.project.strategies import easings, unit


@given(unit)
def test_the_named_easings_are_those_of_css(progress: float) -> None:
    assert LINEAR(progress) == progress
    assert EASE_IN(progress) == cubic_bezier(0.42, 0, 1, 1)(progress)
    assert EASE_OUT(progress) == cubic_bezier(0, 0, 0.58, 1)(progress)
    assert EASE_IN_OUT(progress) == cubic_bezier(0.42, 0, 0.58, 1)(progress)


def test_eases_are_slow_where_their_names_say() -> None:
    assert EASE_IN(0.1) < 0.1 < EASE_OUT(0.1)
    assert EASE_IN(0.9) < 0.9 < EASE_OUT(0.9)
    assert EASE_IN_OUT(0.1) < 0.1 < 0.9 < EASE_IN_OUT(0.9)


@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_hold_stays_at_the_start(progress: float) -> None:
    assert HOLD(progress) == 0.0


@given(easings)
def test_an_easing_survives_its_stored_form(easing: Easing) -> None:
    assert parse_easing(format_easing(easing)) == easing
    assert pickle.loads(pickle.dumps(easing)) == easing


def test_stored_forms() -> None:
    assert set(EASINGS) == {"hold", "linear", "ease-in", "ease-out", "ease-in-out"}
    assert parse_easing("ease-in-out") is EASE_IN_OUT
    assert parse_easing({"cubic-bezier": [0, -1, 1, 2]}) == cubic_bezier(0, -1, 1, 2)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        3,
        "",
        "cubic-bezier",
        [],
        {},
        {"cubic-bezier": [0, 0, 1]},
        {"cubic-bezier": [0, 0, 1, "1"]},
        {"cubic-bezier": [0, 0, 1, True]},
        {"cubic-bezier": [0, 0, 1, 1], "linear": 1},
    ],
)
def test_what_is_no_easing_is_refused(stored: object) -> None:
    with pytest.raises(ProjectError, match="not an easing") as caught:
        parse_easing(stored)
    assert "ease-in-out" in caught.value.remedy


def test_a_misspelt_easing_is_answered_with_the_nearest() -> None:
    with pytest.raises(ProjectError) as caught:
        parse_easing("ease_in_out")
    assert 'Did you mean "ease-in-out"?' in caught.value.remedy


@pytest.mark.parametrize(
    ("control", "fault"),
    [
        ((-0.1, 0.0, 1.0, 1.0), "backwards"),
        ((0.0, 0.0, 1.1, 1.0), "backwards"),
        ((0.0, 10.5, 1.0, 1.0), "overshoots too far"),
        ((0.0, 0.0, 1.0, -11.0), "overshoots too far"),
        ((0.0, math.nan, 1.0, 1.0), "not finite"),
        ((0.0, 0.0, math.inf, 1.0), "not finite"),
    ],
)
def test_control_points_have_limits(control: tuple[float, float, float, float], fault: str) -> None:
    with pytest.raises(ProjectError, match=fault):
        cubic_bezier(*control)


def test_a_number_beyond_floats_is_refused() -> None:
    with pytest.raises(ProjectError, match="not finite"):
        parse_easing({"cubic-bezier": [0, 10**400, 1, 1]})


@pytest.mark.parametrize(
    ("name", "control"), [("bounce", None), ("linear", (0.0, 0.0, 1.0, 1.0)), ("cubic-bezier", None)]
)
def test_an_easing_cannot_be_made_up(name: str, control: tuple[float, float, float, float] | None) -> None:
    with pytest.raises(ProjectError, match="no easing"):
        Easing(name, control)
