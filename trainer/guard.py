"""Notices that a training diverges while its numbers are still finite."""

from collections import deque
from collections.abc import Mapping
from statistics import median
from typing import Any, Final

from trainer.config import LossConfig

_WINDOW: Final = 5
_STEADY: Final = ("reconstruction", "expression", "identity", "paired", "change")


class DivergenceGuard:
    """Compares the loss of E and G with the lowest that it has been, both smoothed by the median of five entries.

    What counts are the weighted terms that are taken in every step and never negative. A critic that gains ground
    raises the adversarial ones in a sound training, too.

    Args:
        config: the weights of the terms.
        factor: how many times its lowest value the loss may reach; 0 lets everything pass.
        earlier: the `state` of an earlier call.
    """

    def __init__(self, config: LossConfig, factor: float, earlier: Mapping[str, Any] | None = None) -> None:
        earlier = earlier or {}
        self._config = config
        self._factor = factor
        self._recent: deque[float] = deque(earlier.get("recent", ()), maxlen=_WINDOW)
        self._lowest: float | None = earlier.get("lowest")

    @property
    def state(self) -> dict[str, Any]:
        """What a resumed training goes on from."""
        return {"lowest": self._lowest, "recent": list(self._recent)}

    def fault(self, losses: Mapping[str, float]) -> str:
        """Take in an entry of the log; returns what is wrong, or "" where nothing is."""
        steady = [getattr(self._config, name) * losses[name] for name in _STEADY if name in losses]
        self._recent.append(sum(steady) if steady else losses["total"])
        if len(self._recent) < _WINDOW:
            return ""
        now = median(self._recent)
        if self._lowest is None or now < self._lowest:
            self._lowest = now
        if not self._factor or now <= self._factor * self._lowest:
            return ""
        return f"the loss, its adversarial terms left out, has grown from {self._lowest:.3g} to {now:.3g}"
