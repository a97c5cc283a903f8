"""Against float64 values worked out from equations 1 and 2, and penalties against analytic gradients."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.losses.adversarial import (
    ImageAdversary,
    PenaltyPlace,
    gradient_penalty,
    image_critic_loss,
    image_generator_loss,
    log_critic_loss,
    log_generator_loss,
    points_between,
    wasserstein_critic_loss,
    wasserstein_generator_loss,
)
from trainer.randomness import Draws

REAL = np.array([2.0, -0.5, 0.1])
FAKE = np.array([-1.0, 0.7, 3.0])


def probability(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-logits)))


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def draws() -> Draws:
    return Draws(generator())


def test_the_log_loss_of_a_critic_is_equation_1() -> None:
    expected = -np.log(probability(REAL)).mean() - np.log(1 - probability(FAKE)).mean()
    assert float(log_critic_loss(torch.tensor(REAL), torch.tensor(FAKE))) == pytest.approx(expected, rel=1e-12)


def test_the_other_side_minimises_either_form() -> None:
    fake = torch.tensor(FAKE)
    assert float(log_generator_loss(fake)) == pytest.approx(-np.log(probability(FAKE)).mean(), rel=1e-12)
    saturating = np.log(1 - probability(FAKE)).mean()
    assert float(log_generator_loss(fake, "saturating")) == pytest.approx(saturating, rel=1e-12)


def test_log_losses_stay_finite_where_the_sigmoid_is_0_or_1() -> None:
    far = torch.tensor([200.0, -200.0])
    assert float(log_critic_loss(far, far)) == pytest.approx(200.0)
    assert float(log_generator_loss(far)) == pytest.approx(100.0)


def test_wasserstein_losses_are_differences_of_means() -> None:
    real, fake = torch.tensor(REAL), torch.tensor(FAKE)
    assert float(wasserstein_critic_loss(real, fake)) == pytest.approx(FAKE.mean() - REAL.mean())
    assert float(wasserstein_generator_loss(fake)) == pytest.approx(-FAKE.mean())


def test_the_penalty_of_a_linear_critic_is_that_of_its_weights() -> None:
    weights = torch.randn(3, 4, 4, dtype=torch.float64, generator=generator())
    penalty = gradient_penalty(lambda x: (x * weights).sum(dim=(1, 2, 3)), torch.rand(5, 3, 4, 4).double())
    assert float(penalty.detach()) == pytest.approx((np.linalg.norm(weights.numpy()) - 1) ** 2, rel=1e-12)


def test_the_penalty_of_a_quadratic_critic_is_taken_picture_by_picture() -> None:
    pictures = torch.rand(5, 3, 4, 4, dtype=torch.float64, generator=generator())
    norms = np.linalg.norm(pictures.flatten(1).numpy(), axis=1)  # the gradient of x²/2 is x
    penalty = gradient_penalty(lambda x: x.square().sum(dim=(1, 2, 3)) / 2, pictures)
    assert float(penalty.detach()) == pytest.approx(((norms - 1) ** 2).mean(), rel=1e-12)


def test_the_penalty_can_be_minimised() -> None:
    scale = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    gradient_penalty(lambda x: scale * x[:, 0, 0, 0], torch.zeros(2, 3, 2, 2).double()).backward()
    assert scale.grad is not None
    assert float(scale.grad) == pytest.approx(2 * (3.0 - 1))  # of (|s| - 1)²


def test_a_constant_critic_has_penalty_1_and_a_finite_gradient() -> None:
    scale = torch.tensor(0.0, requires_grad=True)
    penalty = gradient_penalty(lambda x: scale * x.sum(dim=(1, 2, 3)), torch.rand(2, 3, 2, 2))
    penalty.backward()
    assert float(penalty.detach()) == 1.0
    assert scale.grad is not None
    assert bool(scale.grad.isfinite())


def test_points_between_lie_on_one_line_a_picture() -> None:
    real, fake = torch.zeros(64, 3, 2, 2), torch.ones(64, 3, 2, 2)
    points = points_between(real, fake, draws())
    assert bool((points == points[:, :1, :1, :1]).all())
    positions = points[:, 0, 0, 0]
    assert 0 <= float(positions.min()) < 0.1
    assert 0.9 < float(positions.max()) <= 1


def quadratic(pictures: Tensor) -> Tensor:
    return pictures.square().sum(dim=(1, 2, 3)) / 2


def log_loss(real: Tensor, fake: Tensor) -> float:
    real_logits, fake_logits = quadratic(real).numpy(), quadratic(fake).numpy()
    return float(-np.log(probability(real_logits)).mean() - np.log(1 - probability(fake_logits)).mean())


def wasserstein_loss(real: Tensor, fake: Tensor) -> float:
    return float(quadratic(fake).mean() - quadratic(real).mean())


@pytest.mark.parametrize(
    ("adversary", "place", "loss", "at_real"),
    [
        ("log", "auto", log_loss, True),
        ("log", "between", log_loss, False),
        ("wgan-gp", "auto", wasserstein_loss, False),
        ("wgan-gp", "real", wasserstein_loss, True),
    ],
)
def test_equation_2_in_each_reading(
    adversary: ImageAdversary, place: PenaltyPlace, loss: Callable[[Tensor, Tensor], float], at_real: bool
) -> None:
    real = torch.rand(4, 3, 2, 2, dtype=torch.float64, generator=generator())
    fake = torch.rand(4, 3, 2, 2, dtype=torch.float64, generator=generator()).sqrt()
    samples = real if at_real else points_between(real, fake, draws())
    penalty = ((np.linalg.norm(samples.flatten(1).numpy(), axis=1) - 1) ** 2).mean()
    value = image_critic_loss(quadratic, real, fake, adversary, 20.0, place, draws()).detach()
    assert float(value) == pytest.approx(loss(real, fake) + 20 * penalty, rel=1e-12)
    without = image_critic_loss(quadratic, real, fake, adversary, 0.0, place, draws())
    assert float(without) == pytest.approx(loss(real, fake), rel=1e-12)


def test_no_gradient_of_the_critics_loss_reaches_the_made_pictures() -> None:
    fake = torch.rand(2, 3, 2, 2, requires_grad=True)
    scale = torch.ones((), requires_grad=True)
    image_critic_loss(lambda x: scale * quadratic(x), fake.detach(), fake, "wgan-gp", 20.0, "auto", draws()).backward()
    assert fake.grad is None
    assert scale.grad is not None


def test_what_the_generator_minimises_depends_on_the_reading() -> None:
    fake = torch.tensor(FAKE)
    assert image_generator_loss(fake, "log", "non-saturating") == log_generator_loss(fake)
    assert image_generator_loss(fake, "log", "saturating") == log_generator_loss(fake, "saturating")
    assert image_generator_loss(fake, "wgan-gp", "saturating") == wasserstein_generator_loss(fake)
