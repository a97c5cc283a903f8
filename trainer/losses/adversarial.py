"""The adversarial losses: latents against a prior (equation 1), pictures against real ones (equation 2)."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor

from trainer.randomness import Draws

ImageAdversary: TypeAlias = Literal["log", "wgan-gp"]
"""How equation 2 is read: the log loss that it prints, or the Wasserstein loss that its text names."""

PenaltyPlace: TypeAlias = Literal["auto", "real", "between"]
"""Where the gradient penalty is taken: at real pictures, or on the lines between real and made ones.

"auto" is "real" for the log loss, as equation 2 prints it, and "between" for WGAN-GP, as Gulrajani et al. do.
"""

GeneratorForm: TypeAlias = Literal["non-saturating", "saturating"]
"""What E and G minimise against a log loss: -log D(fake), or log(1 - D(fake)) as the min-max is printed."""


def log_critic_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """-E[log D(real)] - E[log(1 - D(fake))], D the sigmoid of the logits: what D minimises (equations 1 and 2)."""
    return F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()


def log_generator_loss(fake_logits: Tensor, form: GeneratorForm = "non-saturating") -> Tensor:
    """What the other side minimises: -E[log D(fake)] (Goodfellow et al., 2014, section 3), or E[log(1 - D(fake))]."""
    if form == "saturating":
        return -F.softplus(fake_logits).mean()
    return F.softplus(-fake_logits).mean()


def wasserstein_critic_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """E[D(fake)] - E[D(real)] (Gulrajani et al., 2017, equation 3, without its penalty)."""
    return fake_logits.mean() - real_logits.mean()


def wasserstein_generator_loss(fake_logits: Tensor) -> Tensor:
    """-E[D(fake)]."""
    return -fake_logits.mean()


def gradient_penalty(critic: Callable[[Tensor], Tensor], samples: Tensor) -> Tensor:
    """E[(||∇D(x)||₂ - 1)²], the penalty of equation 2 and of WGAN-GP.

    The graph of the gradient is kept, so the penalty can be minimised.

    Args:
        critic: [N, 3, S, S] -> logits [N], each from its own picture alone.
        samples: x, [N, 3, S, S]; no gradient flows to them.
    """
    samples = samples.detach().requires_grad_()
    (gradients,) = torch.autograd.grad(critic(samples).sum(), samples, create_graph=True)
    return (gradients.flatten(1).norm(dim=1) - 1).square().mean()


def points_between(real: Tensor, fake: Tensor, draws: Draws) -> Tensor:
    """Points drawn uniformly on the lines between real and made pictures, [N, 3, S, S]; one line a picture."""
    position = draws.uniform(real.shape[0], 1, 1, 1).to(real.dtype)
    return torch.lerp(real, fake.detach(), position)


def image_critic_loss(
    critic: Callable[[Tensor], Tensor],
    real: Tensor,
    fake: Tensor,
    adversary: ImageAdversary,
    penalty_weight: float,
    penalty_place: PenaltyPlace,
    draws: Draws,
) -> Tensor:
    """What D_img minimises (equation 2).

    Args:
        critic: D_img, [N, 3, S, S] -> logits [N].
        real, fake: [N, 3, S, S] in 0..1; no gradient flows to them.
        adversary: how equation 2 is read.
        penalty_weight: λ_gp; 0 leaves the penalty out.
        penalty_place: where the penalty is taken.
        draws: for the positions between real and fake.
    """
    loss = log_critic_loss if adversary == "log" else wasserstein_critic_loss
    value = loss(critic(real), critic(fake.detach()))
    if not penalty_weight:
        return value
    at_real = penalty_place == "real" or (penalty_place == "auto" and adversary == "log")
    samples = real if at_real else points_between(real, fake, draws)
    return value + penalty_weight * gradient_penalty(critic, samples)


def image_generator_loss(fake_logits: Tensor, adversary: ImageAdversary, form: GeneratorForm) -> Tensor:
    """What E and G minimise against D_img (equation 2); `form` concerns the log loss alone."""
    return log_generator_loss(fake_logits, form) if adversary == "log" else wasserstein_generator_loss(fake_logits)
