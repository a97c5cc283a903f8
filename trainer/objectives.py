"""What each network minimises in one step (section 3 of the paper); equation 7 sums the terms for E and G."""

from collections.abc import Callable
from functools import partial
from typing import Final

import torch
from torch import Tensor, nn

from trainer.config import LossConfig
from trainer.data.batches import Batch
from trainer.hardware import Hardware
from trainer.losses.adversarial import image_critic_loss, image_generator_loss, log_critic_loss, log_generator_loss
from trainer.losses.classification import expression_loss, identity_loss
from trainer.losses.flow import flow_smoothness, mask_sparsity
from trainer.losses.perceptual import perceptual_loss
from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import Generated
from trainer.networks.vgg19 import Vgg19Features
from trainer.randomness import Draws

_SQRT_12: Final = 12**0.5


class Objectives:
    """The losses of one training, and the frozen networks that some of them look through.

    Args:
        config: weights and readings; a term of weight 0 is not computed.
        hardware: runs the networks.
        networks: those that are trained.
        identity_classifier: C_id, frozen; None where the identity term is off.
        features: VGG19, frozen; None where the perceptual term is off.
    """

    def __init__(
        self,
        config: LossConfig,
        hardware: Hardware,
        networks: Networks,
        identity_classifier: nn.Module | None,
        features: Vgg19Features | None,
    ) -> None:
        self._config = config
        self._identity_classifier = (
            None if identity_classifier is None else partial(hardware.apply, identity_classifier)
        )
        self._features = None if features is None else partial(hardware.apply, features)
        self._latent_discriminator = partial(hardware.apply, networks.latent_discriminator)
        self._image_discriminator = partial(hardware.apply, networks.image_discriminator)
        self._expression_classifier = partial(hardware.apply, networks.expression_classifier)

    def generator_terms(self, batch: Batch, made: Generated, step: int) -> dict[str, Tensor]:
        """The terms of equation 7 that are on in this step, unweighted, by the names of their weights."""
        config = self._config
        terms: dict[str, Tensor] = {}
        if config.reconstruction:
            terms["reconstruction"] = reconstruction_loss(made.reconstruction, batch.before)
        if config.latent_adversarial:
            logits = self._latent_discriminator(made.latents)
            terms["latent_adversarial"] = log_generator_loss(logits, config.generator_form)
        if config.image_adversarial:
            logits = self._image_discriminator(made.edited)
            terms["image_adversarial"] = image_generator_loss(logits, config.image_adversary, config.generator_form)
        if config.expression:
            terms["expression"] = expression_loss(self._expression_classifier(made.edited), batch.target)
        if self._identity_classifier:
            terms["identity"] = identity_loss(self._identity_classifier(made.edited), batch.identities)
        if self._features and step % config.perceptual_every == 0:
            terms["perceptual"] = self._perceptual(self._features, batch, made)
        if config.uses_pairs:
            terms |= self._paired_terms(batch, made)
        if config.flow_smoothness and made.flow is not None:
            terms["flow_smoothness"] = flow_smoothness(made.flow)
        if config.mask_sparsity and made.mask is not None:
            terms["mask_sparsity"] = mask_sparsity(made.mask)
        return terms

    def generator_total(self, terms: dict[str, Tensor]) -> Tensor:
        """The weighted sum of equation 7; a perceptual term that is taken every n-th step counts n times."""
        weights: dict[str, float] = {name: getattr(self._config, name) for name in terms}
        if "perceptual" in weights:
            weights["perceptual"] *= self._config.perceptual_every
        return torch.stack([weights[name] * term for name, term in terms.items()]).sum()

    def latent_critic(self, latents: Tensor, draws: Draws) -> Tensor:
        """What D_z minimises (equation 1): latents against draws from the prior."""
        prior = self._draw_prior(len(latents), latents.shape[1], draws)
        return log_critic_loss(self._latent_discriminator(prior), self._latent_discriminator(latents.detach()))

    def image_critic(self, batch: Batch, made: Generated, draws: Draws) -> Tensor:
        """What D_img minimises (equation 2): edited pictures against real ones."""
        return image_critic_loss(
            self._image_discriminator,
            batch.before,
            made.edited,
            self._config.image_adversary,
            self._config.gradient_penalty,
            self._config.gradient_penalty_at,
            draws,
        )

    def expression_classifier(self, batch: Batch) -> Tensor:
        """What C_exp minimises (equation 3): the levels of real pictures."""
        return expression_loss(self._expression_classifier(batch.before), batch.intensities)

    def _draw_prior(self, count: int, size: int, draws: Draws) -> Tensor:
        """Latents of mean 0 and variance 1, float32 [count, size]."""
        if self._config.latent_prior == "normal":
            return draws.normal(count, size)
        return (draws.uniform(count, size) - 0.5) * _SQRT_12

    def _paired_terms(self, batch: Batch, made: Generated) -> dict[str, Tensor]:
        """What true pairs allow beyond the paper, means over those pictures of the batch that have an after-picture."""
        config, after, before = self._config, batch.after, batch.before
        terms: dict[str, Tensor] = {}
        if config.paired:
            each = paired_loss(made.edited, after, before, config.paired_emphasis, config.eye_emphasis)
            terms["paired"] = (each * batch.pair_weights).mean()
        if config.change:
            each = change_loss(made.edited, made.reconstruction, after, before, config.paired_emphasis)
            terms["change"] = (each * batch.pair_weights).mean()
        return terms

    def _perceptual(self, features: Callable[[Tensor], Tensor], batch: Batch, made: Generated) -> Tensor:
        """Both terms of equation 5: the reconstruction and the edit, each against its reference picture.

        The detail variant's reconstruction is the source itself, so its term is 0.
        """
        after, rebuilds = self._config.perceptual_reference == "after", made.flow is None
        with torch.no_grad():
            reference = features(batch.after if after else batch.before)
            source = features(batch.before) if after and rebuilds else reference
        if not rebuilds:
            return perceptual_loss(features(made.edited), reference)
        reconstructed, edited = features(torch.cat([made.reconstruction, made.edited])).chunk(2)
        return perceptual_loss(reconstructed, source) + perceptual_loss(edited, reference)
