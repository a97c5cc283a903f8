"""What each network minimises in one step (section 3 of the paper); equation 7 sums the terms for E and G."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainer.config import LossConfig
from trainer.data.batches import Batch
from trainer.losses.adversarial import image_critic_loss, image_generator_loss, log_critic_loss, log_generator_loss
from trainer.losses.classification import expression_loss, identity_loss
from trainer.losses.perceptual import perceptual_loss
from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss
from trainer.networks.ensemble import Networks
from trainer.networks.vgg19 import Vgg19Features


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """What E and G made of a batch.

    Attributes:
        latents: l = E(x), [B, latent_size].
        reconstruction: G(l, u_source), [B, 3, S, S].
        edited: G(l, u_target), [B, 3, S, S].
    """

    latents: Tensor
    reconstruction: Tensor
    edited: Tensor


class Objectives:
    """The losses of one training, with the frozen networks that they look through.

    Args:
        config: weights and readings; a term of weight 0 is neither computed nor logged.
        networks: the trained networks.
        identity_classifier: C_id, frozen; None where the identity term is off.
        features: VGG19, frozen; None where the perceptual term is off.
    """

    def __init__(
        self,
        config: LossConfig,
        networks: Networks,
        identity_classifier: nn.Module | None,
        features: Vgg19Features | None,
    ) -> None:
        self.config = config
        self._networks = networks
        self._identity_classifier = identity_classifier
        self._features = features

    def generator_terms(self, batch: Batch, made: Generated, step: int) -> dict[str, Tensor]:
        """The unweighted terms of equation 7 that are on in this step."""
        weights, networks = self.config, self._networks
        terms: dict[str, Tensor] = {}
        if weights.reconstruction:
            terms["reconstruction"] = reconstruction_loss(made.reconstruction, batch.before)
        if weights.latent_adversarial:
            terms["latent_adversarial"] = log_generator_loss(networks.latent_discriminator(made.latents))
        if weights.image_adversarial:
            logits = networks.image_discriminator(made.edited)
            terms["image_adversarial"] = image_generator_loss(logits, weights.image_adversary)
        if weights.expression:
            terms["expression"] = expression_loss(networks.expression_classifier(made.edited), batch.target)
        if self._identity_classifier is not None:
            terms["identity"] = identity_loss(self._identity_classifier(made.edited), batch.identities)
        if self._features is not None and step % weights.perceptual_every == 0:
            terms["perceptual"] = self._perceptual(self._features, batch, made)
        if bool(batch.has_after.any()):
            terms |= self._paired_terms(batch, made)
        return terms

    def generator_total(self, terms: dict[str, Tensor]) -> Tensor:
        """Equation 7: the weighted sum."""
        weights = self.config.model_dump() | {"perceptual": self.config.perceptual * self.config.perceptual_every}
        return torch.stack([weights[name] * term.float() for name, term in terms.items()]).sum()

    def latent_critic(self, latents: Tensor, prior: Tensor) -> Tensor:
        """What D_z minimises (equation 1); `prior` is drawn from N(0, 1), [B, latent_size]."""
        discriminator = self._networks.latent_discriminator
        return log_critic_loss(discriminator(prior), discriminator(latents.detach()))

    def image_critic(self, batch: Batch, made: Generated, generator: torch.Generator) -> Tensor:
        """What D_img minimises (equation 2)."""
        return image_critic_loss(
            self._networks.image_discriminator,
            batch.before,
            made.edited,
            self.config.image_adversary,
            self.config.gradient_penalty,
            generator,
        )

    def expression_classifier(self, batch: Batch) -> Tensor:
        """What C_exp minimises: the levels of real pictures (equation 3)."""
        return expression_loss(self._networks.expression_classifier(batch.before), batch.intensities)

    def _perceptual(self, features: Vgg19Features, batch: Batch, made: Generated) -> Tensor:
        """Both terms of equation 5: the reconstruction and the edit, each against its reference picture."""
        with torch.no_grad():
            source = features(batch.before)
            reference = features(batch.after) if self.config.perceptual_reference == "after" else source
        reconstructed, edited = features(torch.cat([made.reconstruction, made.edited])).chunk(2)
        return perceptual_loss(reconstructed, source) + perceptual_loss(edited, reference)

    def _paired_terms(self, batch: Batch, made: Generated) -> dict[str, Tensor]:
        """What true pairs allow beyond the paper, over those rows of the batch that have an after-picture."""
        weights, pair = self.config, batch.has_after
        edited, after, before = made.edited[pair], batch.after[pair], batch.before[pair]
        terms: dict[str, Tensor] = {}
        if weights.paired:
            terms["paired"] = paired_loss(edited, after, before, weights.paired_emphasis)
        if weights.change:
            terms["change"] = change_loss(edited, made.reconstruction[pair], after, before, weights.paired_emphasis)
        return terms
