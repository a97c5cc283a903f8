"""The axes of a plot: from values to places and back, and where the lines of the grid belong."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_STEPS: Final = (1.0, 2.0, 5.0, 10.0)
_DECADE_PARTS: Final = (1, 2, 5)
_MARGIN: Final = 0.06


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`, which differ; both positive where it is logarithmic."""

    low: float
    high: float
    is_log: bool = False

    def share(self, value: float) -> float:
        """Where a value stands: 0 at `low`, 1 at `high`; what a logarithm cannot show stands below."""
        if not self.is_log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -1.0
        return math.log(value / self.low) / math.log(self.high / self.low)

    def value(self, share: float) -> float:
        """The value at a place."""
        if not self.is_log:
            return self.low + share * (self.high - self.low)
        return float(self.low * (self.high / self.low) ** share)

    def ticks(self, count: int) -> list[float]:
        """About `count` round values between the ends."""
        if not self.is_log:
            return list(_linear_ticks(self.low, self.high, count))
        every = [value for value in _decades(self.low, self.high, _DECADE_PARTS) if self.low <= value <= self.high]
        if len(every) <= count:
            return every if len(every) > 1 else list(_linear_ticks(self.low, self.high, count))
        whole = [value for value in _decades(self.low, self.high, (1,)) if self.low <= value <= self.high]
        return whole[:: max(1, math.ceil(len(whole) / count))] if len(whole) > 1 else every[:: len(every) // count]


def scale_of(values: Sequence[float], *, is_log: bool) -> Scale:
    """The axis that shows all values with a little room; a logarithmic one leaves out what is not positive."""
    shown = [value for value in values if math.isfinite(value) and (value > 0 or not is_log)]
    if not shown:
        return Scale(0.1, 1.0, is_log)
    low, high = min(shown), max(shown)
    if is_log:
        room = max((high / low) ** _MARGIN, 1.05)
        return Scale(low / room, high * room, is_log=True)
    room = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
    return Scale(low - room, high + room)


def thinned(points: Sequence[tuple[int, float]], columns: int) -> Sequence[tuple[int, float]]:
    """As many points as a plot of so many columns can show: of each part the lowest and the highest, in their order."""
    if len(points) <= 2 * columns:
        return points
    kept: list[tuple[int, float]] = []
    for column in range(columns):
        part = points[column * len(points) // columns : (column + 1) * len(points) // columns]
        kept += sorted({min(part, key=lambda point: point[1]), max(part, key=lambda point: point[1])})
    return kept


def number(value: float) -> str:
    """A value as axes and legends show it."""
    if value == 0:
        return "0"
    if abs(value) >= 10_000 or abs(value) < 0.001:
        return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _linear_ticks(low: float, high: float, count: int) -> Iterator[float]:
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(part * power for part in _STEPS if part * power >= rough * 0.999)
    for index in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield index * step


def _decades(low: float, high: float, parts: Sequence[int]) -> Iterator[float]:
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for part in parts:
            yield part * 10.0**power
