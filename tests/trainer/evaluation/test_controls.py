import numpy as np
import pytest

from engine.action_units import AU_COUNT, au_index
from tests.trainer.evaluation.made_up_findings import perfect_responses
from trainer.evaluation.controls import STEPS, Responses


def test_perfect_control() -> None:
    responses = Responses(perfect_responses())
    assert responses.monotone.all()
    np.testing.assert_allclose(responses.slopes, np.eye(AU_COUNT), atol=1e-6)
    assert responses.off_target == pytest.approx(np.zeros(AU_COUNT))


def test_a_step_back_is_not_monotone_and_neither_is_hardly_any_movement() -> None:
    estimates = perfect_responses()
    smile, blink = au_index(12), au_index(45)
    estimates[smile, 3, :, smile] = 1.0  # after 2
    estimates[blink, :, :, blink] = STEPS[:, None] / 100
    monotone = Responses(estimates).monotone
    assert monotone.sum() == AU_COUNT - 2
    assert not monotone[[smile, blink]].any()


def test_off_target_change_by_hand() -> None:
    estimates = perfect_responses()
    jaw, lips = au_index(26), au_index(25)
    estimates[jaw, -1, 0, lips] = 4.0  # of one person of two, and one AU of sixteen
    off_target = Responses(estimates).off_target
    assert off_target[jaw] == pytest.approx(4 / 2 / 16)
    assert off_target.sum() == pytest.approx(off_target[jaw])


def test_lost_faces_are_left_out_of_the_means() -> None:
    estimates = perfect_responses()
    estimates[:, 1:, 1] = np.nan
    responses = Responses(estimates)
    assert np.isfinite(responses.curves).all()
    assert responses.monotone.all()
