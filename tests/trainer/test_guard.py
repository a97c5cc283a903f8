from collections.abc import Mapping
from typing import Any

import pytest

from trainer.config import LossConfig
from trainer.guard import DivergenceGuard


def faults(values: list[float], factor: float = 10, earlier: Mapping[str, Any] | None = None) -> list[int]:
    """The entries, from 0, at which the guard complains."""
    guard = DivergenceGuard(LossConfig(), factor, earlier)
    return [number for number, value in enumerate(values) if guard.fault({"total": value})]


def test_a_falling_loss_with_single_spikes_is_sound() -> None:
    assert faults([5.0, 4.0, 3.0, 900.0, 2.0, 1.0, 900.0, 1.0, 1.0, 0.9]) == []


def test_a_loss_that_stays_high_is_not() -> None:
    assert faults([1.0] * 5 + [11.0] * 5) == [7, 8, 9]  # the third makes the median
    assert faults([1.0] * 5 + [9.0] * 5) == []


def test_an_earlier_call_is_remembered_and_0_lets_everything_pass() -> None:
    guard = DivergenceGuard(LossConfig(), 10)
    for value in (1.0, 1.0, 1.0, 1.0, 1.0, 50.0, 50.0):
        guard.fault({"total": value})
    assert guard.state == {"lowest": 1.0, "recent": [1.0, 1.0, 1.0, 50.0, 50.0]}
    assert faults([50.0], earlier=guard.state) == [0]
    assert faults([1.0] * 5 + [1e9] * 5, factor=0) == []


def test_adversarial_terms_do_not_count() -> None:
    guard = DivergenceGuard(LossConfig(reconstruction=100, expression=10), 10)
    for critic in (0.1, 0.1, 0.1, 0.1, 0.1, 99.0, 99.0, 99.0, 99.0):
        sound = {"reconstruction": 0.2, "expression": 1.0, "image_adversarial": critic, "total": 30 + critic}
        assert guard.fault(sound) == ""
    assert guard.state["lowest"] == pytest.approx(30)
