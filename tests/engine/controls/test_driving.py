from fractions import Fraction

from engine.action_units import AUVector
from engine.controls import Controls, DrivenPlan


def test_the_driver_is_asked_for_each_frames_time() -> None:
    plan = DrivenPlan(Controls(), lambda time: AUVector.of({12: float(time)}) if time < 3 else None)
    source = AUVector.of({12: 1.0})
    assert plan.evaluate(Fraction(2), source) == AUVector.of({12: 3.0})
    assert plan.evaluate(Fraction(3), source) == source
