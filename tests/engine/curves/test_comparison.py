from fractions import Fraction

import numpy as np
import pytest

from engine.action_units import au_index
from engine.curves import AUCurves, best_lag, correlations
from engine.errors import ProjectError


def performance(rate: Fraction, seconds: int, shift: float = 0.0, seed: int = 3) -> AUCurves:
    """Ten seconds and more of AU12 and AU4 in slow waves, `shift` seconds later than without one."""
    phases = np.random.default_rng(seed).uniform(0, 6, (2, 6))
    times = tuple(index / rate for index in range(int(seconds * rate)))
    moments = np.array([float(time) for time in times]) - shift
    values = np.zeros((len(times), 17), np.float32)
    for number, row in ((12, phases[0]), (4, phases[1])):
        waves = [np.sin(moments * frequency + phase) for frequency, phase in enumerate(row, start=1)]
        values[:, au_index(number)] = np.clip(2.0 + 0.5 * np.sum(waves, axis=0), 0, 5)
    return AUCurves(times, values)


def test_a_performance_agrees_with_itself_and_with_its_inverse_it_does_not() -> None:
    first = performance(Fraction(30), 10)
    inverse = AUCurves(first.times, 5 - first.values)
    assert correlations(first, first, [12, 4]) == pytest.approx({12: 1.0, 4: 1.0})
    assert correlations(first, inverse, [12]) == pytest.approx({12: -1.0})


def test_what_does_not_move_has_no_correlation() -> None:
    first = performance(Fraction(30), 10)
    assert correlations(first, first, [45]) == {45: None}


def test_rates_may_differ() -> None:
    result = correlations(performance(Fraction(24000, 1001), 10), performance(Fraction(60), 10), [12])[12]
    assert result is not None
    assert result > 0.999


def test_only_rows_with_a_face_are_compared() -> None:
    first = performance(Fraction(30), 10)
    spoilt = first.values.copy()
    spoilt[100:200] = 0
    success = np.ones(len(first), np.bool_)
    success[100:200] = False
    result = correlations(first, AUCurves(first.times, spoilt, success=success), [12])[12]
    assert result == pytest.approx(1.0)


@pytest.mark.parametrize("shift", [-0.75, 0.0, 0.12, 1.5])
def test_a_delay_is_measured(shift: float) -> None:
    lag = best_lag(performance(Fraction(24000, 1001), 12), performance(Fraction(30), 12, shift))
    assert float(lag) == pytest.approx(shift, abs=0.011)


def test_the_delay_counts_from_a_common_clock() -> None:
    first = performance(Fraction(30), 10)
    assert best_lag(first, first.delayed(Fraction(1, 2))) == Fraction(1, 2)


def test_a_delay_that_cannot_be_measured_is_told() -> None:
    still = AUCurves((Fraction(0), Fraction(5)), np.ones((2, 17), np.float32))
    with pytest.raises(ProjectError, match="cannot be measured"):
        best_lag(still, performance(Fraction(30), 5))
