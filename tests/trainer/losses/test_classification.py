"""Against float64 values worked out from equations 3 and 4."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from trainer.losses.classification import expression_loss, identity_loss, intensity_levels


@pytest.mark.parametrize(
    ("intensity", "level"),
    [(0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2), (4.49, 4), (4.5, 5), (5.0, 5)],
)
def test_an_intensity_goes_to_the_nearest_level_and_halves_go_up(intensity: float, level: int) -> None:
    assert intensity_levels(torch.tensor([[intensity]])).tolist() == [[level]]


def cross_entropy(logits: NDArray[np.float64], chosen: NDArray[np.int64]) -> float:
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return float(-np.log(np.take_along_axis(probabilities, chosen[..., None], axis=-1)).mean())


def test_the_expression_loss_is_equation_3() -> None:
    rng = np.random.default_rng(0)
    logits, intensities = rng.normal(size=(4, 17, 6)), rng.uniform(0, 5, (4, 17))
    expected = cross_entropy(logits, np.floor(intensities + 0.5).astype(int))
    assert float(expression_loss(torch.tensor(logits), torch.tensor(intensities))) == pytest.approx(expected, rel=1e-12)


def test_the_identity_loss_is_equation_4() -> None:
    rng = np.random.default_rng(0)
    logits, people = rng.normal(size=(5, 7)), rng.integers(7, size=5)
    expected = cross_entropy(logits, people)
    assert float(identity_loss(torch.tensor(logits), torch.tensor(people))) == pytest.approx(expected, rel=1e-12)
