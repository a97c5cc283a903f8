"""Controls together with the performance that drives them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from engine.action_units import AUVector, interpolate_expression


class DriverPlan(Protocol):
    """Says which expression to show by a face that shows one and a driver that shows another; `Controls` does."""

    def evaluate(self, time: Fraction, source: AUVector, driver: AUVector | None = None) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds; without a driver, as `ExpressionPlan` does."""


@dataclass(frozen=True, slots=True)
class DriverExpression:
    """What a driver shows at one moment.

    Attributes:
        expression: how far the driver is from its own neutral face, per AU.
        presence: 0..1, how much of it counts; below 1 while a driver that is lost fades out or one that is found
            again fades in.
    """

    expression: AUVector
    presence: float = 1.0


@dataclass(frozen=True, slots=True)
class DrivenPlan:
    """A plan for the pipeline that asks for the driver's expression at each frame's time.

    Attributes:
        plan: what to make of source and driver.
        driver: returns what the driver shows at a time in seconds, None where there is no driver.
    """

    plan: DriverPlan
    driver: Callable[[Fraction], DriverExpression | None]

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds by a face that shows `source`."""
        driver = self.driver(time)
        if driver is None or driver.presence <= 0.0:
            return self.plan.evaluate(time, source)
        driven = self.plan.evaluate(time, source, driver.expression)
        if driver.presence >= 1.0:
            return driven
        return interpolate_expression(self.plan.evaluate(time, source), driven, driver.presence)
