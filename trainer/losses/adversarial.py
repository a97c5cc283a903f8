"""The adversarial losses: latents against a prior (equation 1), pictures against real ones (equation 2)."""

from collections.abc import Callable
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

ImageAdversary = Literal["log", "wgan-gp"]
"""How equation 2 is read: as printed (log loss, gradient penalty at real samples) or as its text says (WGAN-GP)."""


def log_critic_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """What a discriminator minimises: -E[log D(real)] - E[log(1 - D(fake))], D the sigmoid of the logits (equations 1 and 2)."""
    return F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()


def log_generator_loss(fake_logits: Tensor) -> Tensor:
    """What the other side minimises, in the non-saturating form -E[log D(fake)] (Goodfellow et al., 2014, section 3)."""
    return F.softplus(-fake_logits).mean()


def wasserstein_critic_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """E[D(fake)] - E[D(real)] (Gulrajani et al., 2017, equation 3, without its penalty)."""
    return fake_logits.mean() - real_logits.mean()


def wasserstein_generator_loss(fake_logits: Tensor) -> Tensor:
    """-E[D(fake)]."""
    return -fake_logits.mean()


def gradient_penalty(critic: Callable[[Tensor], Tensor], samples: Tensor) -> Tensor:
    """E[(||grad D(x)||_2 - 1)^2] at `samples` [N, 3, S, S]; the penalty of equation 2 and of WGAN-GP.

    The graph of the gradient is kept, so the penalty can be minimised.
    """
    samples = samples.detach().requires_grad_(requires_grad=True)
    (gradients,) = torch.autograd.grad(critic(samples).sum(), samples, create_graph=True)
    return (gradients.flatten(1).norm(dim=1) - 1).square().mean()


def between(real: Tensor, fake: Tensor, generator: torch.Generator) -> Tensor:
    """Points drawn uniformly on the lines between real and fake pictures, where WGAN-GP takes its penalty."""
    position = torch.rand(real.shape[0], 1, 1, 1, generator=generator, device=real.device)
    return torch.lerp(real, fake.detach(), position)


def image_critic_loss(
    critic: Callable[[Tensor], Tensor],
    real: Tensor,
    fake: Tensor,
    kind: ImageAdversary,
    penalty_weight: float,
    generator: torch.Generator,
) -> Tensor:
    """What D_img minimises (equation 2).

    Args:
        critic: D_img.
        real, fake: [N, 3, S, S] and [M, 3, S, S] in 0..1; no gradient flows to `fake`.
        kind: how equation 2 is read.
        penalty_weight: lambda_gp.
        generator: source of the positions between real and fake; unused by "log".
    """
    real_logits, fake_logits = critic(real), critic(fake.detach())
    if kind == "log":
        return log_critic_loss(real_logits, fake_logits) + penalty_weight * gradient_penalty(critic, real)
    count = min(real.shape[0], fake.shape[0])
    samples = between(real[:count], fake[:count], generator)
    return wasserstein_critic_loss(real_logits, fake_logits) + penalty_weight * gradient_penalty(critic, samples)


def image_generator_loss(fake_logits: Tensor, kind: ImageAdversary) -> Tensor:
    """What E and G minimise against D_img (equation 2)."""
    return log_generator_loss(fake_logits) if kind == "log" else wasserstein_generator_loss(fake_logits)
