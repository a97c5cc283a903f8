"""The unit cubic Bézier curve that CSS and animation editors shape easings with."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

_SAMPLES: Final = 16
_NEWTON_TOLERANCE: Final = 1e-8
"""A Newton step in t this small leaves an error in x of about its square, 1e-16, however flat the curve is."""
_BRACKET_TOLERANCE: Final = 1e-15


@dataclass(frozen=True, slots=True)
class UnitBezier:
    """A cubic Bézier from (0, 0) to (1, 1) as a function of x (CSS Easing Functions Level 1, cubic-bezier).

    Attributes:
        x1, y1, x2, y2: the two control points. With x1 and x2 in 0..1, x never runs backwards, so that each x has one
            y; y may overshoot.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    _coefficients: tuple[float, float, float, float, float, float] = field(init=False, repr=False, compare=False)
    _samples: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        x_linear, y_linear = 3.0 * self.x1, 3.0 * self.y1
        x_square, y_square = 3.0 * (self.x2 - self.x1) - x_linear, 3.0 * (self.y2 - self.y1) - y_linear
        x_cube, y_cube = 1.0 - x_linear - x_square, 1.0 - y_linear - y_square
        inner = (step / _SAMPLES for step in range(1, _SAMPLES))
        samples = (0.0, *(((x_cube * t + x_square) * t + x_linear) * t for t in inner), 1.0)
        object.__setattr__(self, "_coefficients", (x_cube, x_square, x_linear, y_cube, y_square, y_linear))
        object.__setattr__(self, "_samples", samples)

    def __call__(self, x: float) -> float:
        """Return y at `x`; 0 before the curve and 1 after it.

        Solves x(t) = x by Newton's method inside a shrinking bracket, bisecting wherever Newton would leave it or
        closes in slowly: Newton alone fails where the curve stands still in x (x1 = 1 and x2 = 0), bisection alone
        takes 50 steps. Samples of x(t) give the first bracket and guess.
        """
        if x <= 0.0:
            return 0.0
        if x >= 1.0:
            return 1.0
        cube, square, linear, y_cube, y_square, y_linear = self._coefficients
        end = bisect_right(self._samples, x)
        before, after = self._samples[end - 1], self._samples[end]
        low, high = (end - 1) / _SAMPLES, end / _SAMPLES
        t = low + (x - before) / (after - before) / _SAMPLES
        step = 1.0
        while high - low > _BRACKET_TOLERANCE:
            error = ((cube * t + square) * t + linear) * t - x
            if error < 0.0:
                low = t
            else:
                high = t
            slope = (3.0 * cube * t + 2.0 * square) * t + linear
            previous, step = step, error / slope if slope > 0.0 else 1.0
            if low <= t - step <= high and abs(step) < 0.5 * abs(previous):
                t -= step
                if abs(step) < _NEWTON_TOLERANCE:
                    break
            else:
                step = 0.5 * (high - low)
                t = low + step
        return ((y_cube * t + y_square) * t + y_linear) * t
