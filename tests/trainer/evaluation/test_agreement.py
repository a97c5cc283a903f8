import numpy as np
import pytest

from engine.action_units import AU_COUNT
from trainer.evaluation.agreement import Agreement


def _labels() -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    labels = np.zeros((4, AU_COUNT), np.float32)
    labels[:, 0] = [0, 1, 2, 3]
    return labels


def test_by_hand() -> None:
    estimates = _labels()
    estimates[:, 0] = [1, 2, 3, 4]
    estimates[:, 1] = [0, 0, 2, 2]
    agreement = Agreement.between(estimates, _labels())
    assert agreement.correlation[0] == pytest.approx(1)
    assert agreement.squared_error[:2] == pytest.approx([1, 2])
    assert agreement.absolute_error[:2] == pytest.approx([1, 1])
    assert np.isnan(agreement.correlation[1])
    assert agreement.mean_correlation == pytest.approx(1)
    assert agreement.mean_squared_error == pytest.approx(3 / AU_COUNT)


def test_faces_that_were_lost_are_left_out() -> None:
    estimates = _labels()
    estimates[3] = np.nan
    agreement = Agreement.between(estimates, _labels())
    assert agreement.count == 3
    assert agreement.mean_squared_error == 0
