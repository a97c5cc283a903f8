import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.project.bezier import UnitBezier
from tests.engine.project.strategies import unit

overshooting = st.floats(-10.0, 10.0)


@pytest.mark.parametrize(
    ("control", "x", "y"),
    [
        ((1 / 3, 1 / 3, 2 / 3, 2 / 3), 0.3, 0.3),
        ((0.42, 0.0, 0.58, 1.0), 0.5, 0.5),
        ((0.0, 0.0, 0.0, 1.0), 0.125, 0.5),  # x = t³, t = ½
        ((1.0, 0.0, 1.0, 1.0), 0.875, 0.5),  # x = 1 - (1 - t)³, t = ½
        ((1.0, 0.0, 0.0, 1.0), 0.504, 0.648),  # x = ½ + 4 (t - ½)³, y = 3t² - 2t³, t = 0.6
        ((0.0, 2.0, 1.0, -1.0), 0.15625, 0.71875),  # x = 3t² - 2t³, y = 6t - 15t² + 10t³, t = ¼
    ],
)
def test_values_worked_out_by_hand(control: tuple[float, float, float, float], x: float, y: float) -> None:
    assert UnitBezier(*control)(x) == pytest.approx(y, abs=1e-12)


def bernstein(first: float, second: float, t: float) -> float:
    return 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3


def parameter(x1: float, x2: float, x: float) -> float:
    if not 0.0 < x < 1.0:
        return 0.0 if x <= 0.0 else 1.0
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if bernstein(x1, x2, middle) < x else (low, middle)
    return high


@given(unit, overshooting, unit, overshooting, unit)
@example(1.0, 0.0, 0.0, 1.0, 0.5)
@example(1.0, 0.0, 0.0, 1.0, 0.5 + 1e-12)
@example(0.0, 0.0, 0.0, 0.0, 1e-300)
@example(1.0, 1.0, 1.0, 1.0, 1.0 - 1e-16)
@example(0.0, -10.0, 1.0, 10.0, 5e-324)
def test_the_point_found_is_on_the_curve(x1: float, y1: float, x2: float, y2: float, x: float) -> None:
    """y must be one that the curve takes within 1e-13 of x, as where the curve is vertical x cannot tell more."""
    earliest, latest = parameter(x1, x2, x - 1e-13), parameter(x1, x2, x + 1e-13)
    reachable = [bernstein(y1, y2, earliest + (latest - earliest) * step / 20) for step in range(21)]
    assert min(reachable) - 1e-9 <= UnitBezier(x1, y1, x2, y2)(x) <= max(reachable) + 1e-9


@given(unit, unit, unit, unit, unit, unit)
def test_without_overshoot_it_never_falls(x1: float, y1: float, x2: float, y2: float, a: float, b: float) -> None:
    curve = UnitBezier(x1, y1, x2, y2)
    assert curve(min(a, b)) <= curve(max(a, b)) + 1e-12


def test_it_overshoots_both_ends() -> None:
    curve = UnitBezier(0.68, -0.55, 0.27, 1.55)
    assert curve(0.2) < 0.0
    assert curve(0.8) > 1.0


@pytest.mark.parametrize(("x", "y"), [(-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (2.0, 1.0)])
def test_it_holds_its_ends(x: float, y: float) -> None:
    assert UnitBezier(0.9, 5.0, 0.1, -5.0)(x) == y
