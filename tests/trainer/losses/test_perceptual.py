import numpy as np
import pytest
import torch

from trainer.losses.perceptual import perceptual_loss


def test_it_is_a_term_of_equation_5() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 3, 4, 5, 6))
    norms = [np.sqrt(((x - y) ** 2).sum()) for x, y in zip(a, b, strict=True)]  # not squared
    expected = np.mean(norms) / (4 * 5 * 6)
    assert float(perceptual_loss(torch.tensor(a), torch.tensor(b))) == pytest.approx(expected, rel=1e-12)


def test_equal_pictures_have_none_and_a_finite_gradient() -> None:
    features = torch.rand(2, 4, 3, 3, requires_grad=True)
    loss = perceptual_loss(features, features.detach().clone())
    loss.backward()
    assert float(loss.detach()) == 0
    assert features.grad is not None
    assert bool(features.grad.isfinite().all())
