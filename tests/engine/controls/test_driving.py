from fractions import Fraction

import pytest

from engine.action_units import AUVector
from engine.controls import Controls, DrivenPlan, DriverExpression, DriverMode

SOURCE = AUVector.of({12: 1.0})


def test_the_driver_is_asked_for_each_frames_time() -> None:
    plan = DrivenPlan(Controls(), lambda time: DriverExpression(AUVector.of({12: float(time)})) if time < 3 else None)
    assert plan.evaluate(Fraction(2), SOURCE) == AUVector.of({12: 3.0})
    assert plan.evaluate(Fraction(3), SOURCE) == SOURCE


@pytest.mark.parametrize(("presence", "smile"), [(0.0, 1.0), (0.25, 1.75), (1.0, 4.0)])
def test_a_driver_that_comes_or_goes_counts_by_its_presence(presence: float, smile: float) -> None:
    controls = Controls(driver_mode=DriverMode.ABSOLUTE)
    plan = DrivenPlan(controls, lambda _: DriverExpression(AUVector.of({12: 4.0}), presence))
    assert plan.evaluate(Fraction(0), SOURCE) == AUVector.of({12: smile})
