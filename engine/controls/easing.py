"""From one set of controls to the next over a set time, as when a preset is switched live."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from engine.action_units import AUVector
from engine.controls.controls import Controls
from engine.project.easing import EASE_IN_OUT, Easing

_MOST_MIXED: Final = 16
"""Controls that are mixed at once; of more, as after a flurry of switches, those with the least share are let go."""


@dataclass(frozen=True, slots=True)
class MixedControls:
    """Several controls at once, each with its share of the expression.

    Attributes:
        shares: pairs of controls and share; the shares add up to 1.
    """

    shares: tuple[tuple[Controls, float], ...]

    def evaluate(self, time: Fraction, source: AUVector, driver: AUVector | None = None) -> AUVector:
        """Return the shares' weighted mean, within 0..5; the arguments are those of `Controls.evaluate`."""
        parts = [share * controls.evaluate(time, source, driver).values for controls, share in self.shares]
        return AUVector(np.sum(parts, axis=0)).clipped()


@dataclass(frozen=True, slots=True)
class EasedControls:
    """Controls that are being reached. Immutable: `towards` gives the next value, `at` the controls of one moment.

    It may be interrupted: what shows at that moment is where the next easing starts, so the expression never jumps.
    Moments are seconds on any steady clock of the caller's, `time.monotonic` for one; a source that is paused, loops or
    is sought does not disturb them.

    Attributes:
        controls: those being reached.
        earlier: where the way began; empty where the controls are reached at once.
        started_s: when it began.
        duration_s: how long it takes.
        easing: how the share of `controls` grows from 0 to 1.
    """

    controls: Controls
    earlier: tuple[tuple[Controls, float], ...] = ()
    started_s: float = 0.0
    duration_s: float = 0.0
    easing: Easing = EASE_IN_OUT

    def towards(
        self, controls: Controls, now_s: float, duration_s: float, easing: Easing = EASE_IN_OUT
    ) -> "EasedControls":
        """Set out for `controls`, from what shows at `now_s`, to be there `duration_s` later; 0 is at once."""
        if duration_s <= 0.0:
            return EasedControls(controls)
        earlier = _merged(self._shares(now_s))
        return EasedControls(controls, earlier, now_s, duration_s, easing)

    def reached(self, now_s: float) -> bool:
        """Whether the way is over at `now_s`, so that nothing more changes by itself."""
        return not self.earlier or now_s - self.started_s >= self.duration_s

    def at(self, now_s: float) -> Controls | MixedControls:
        """Return what to show at `now_s`: the controls themselves once they are reached."""
        return self.controls if self.reached(now_s) else MixedControls(self._shares(now_s))

    def _shares(self, now_s: float) -> tuple[tuple[Controls, float], ...]:
        if self.reached(now_s):
            return ((self.controls, 1.0),)
        share = self.easing(max(0.0, now_s - self.started_s) / self.duration_s)
        return (*((old, part * (1.0 - share)) for old, part in self.earlier), (self.controls, share))


def _merged(shares: Iterable[tuple[Controls, float]]) -> tuple[tuple[Controls, float], ...]:
    """Shares in which each controls stands once, the largest `_MOST_MIXED` of them, adding up to 1."""
    merged: list[tuple[Controls, float]] = []
    for controls, share in shares:
        known = next((index for index, (other, _) in enumerate(merged) if other == controls), None)
        if known is None:
            merged.append((controls, share))
        else:
            merged[known] = (controls, merged[known][1] + share)
    merged = sorted(merged, key=lambda item: item[1], reverse=True)[:_MOST_MIXED]
    whole = sum(share for _, share in merged)
    return tuple((controls, share / whole) for controls, share in merged)
