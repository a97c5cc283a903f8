"""Controls together with the performance that drives them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from engine.action_units import AUVector


class DriverPlan(Protocol):
    """Says which expression to show by a face that shows one and a driver that shows another; `Controls` does."""

    def evaluate(self, time: Fraction, source: AUVector, driver: AUVector | None = None) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds; without a driver, as `ExpressionPlan` does."""


@dataclass(frozen=True, slots=True)
class DrivenPlan:
    """A plan for the pipeline that asks for the driver's expression at each frame's time.

    Attributes:
        plan: what to make of source and driver.
        driver: returns how far the driver is from its neutral face at a time in seconds, None where it is not seen.
    """

    plan: DriverPlan
    driver: Callable[[Fraction], AUVector | None]

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the intensities, 0..5, to show at `time` seconds by a face that shows `source`."""
        return self.plan.evaluate(time, source, self.driver(time))
