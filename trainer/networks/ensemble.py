"""All networks of a training, built from its configuration."""

from copy import deepcopy

import torch
from torch import nn

from trainer.config import ModelConfig
from trainer.networks.classifiers import ExpressionClassifier
from trainer.networks.discriminators import ImageDiscriminator, LatentDiscriminator
from trainer.networks.expressors import build_expressor


class Networks(nn.Module):
    """Everything that is trained but C_id, which is trained before and then frozen.

    Attributes:
        expressor: E and G.
        average: the exponential moving average of E and G, the one that is shipped.
        latent_discriminator: D_z.
        image_discriminator: D_img.
        expression_classifier: C_exp.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.expressor = build_expressor(config)
        self.average = deepcopy(self.expressor).requires_grad_(False)
        self.latent_discriminator = LatentDiscriminator(config.latent_size)
        self.image_discriminator = ImageDiscriminator(config.discriminator_channels)
        self.expression_classifier = ExpressionClassifier(config.classifier_width, config.crop_size)

    @torch.no_grad()
    def update_average(self, decay: float) -> None:
        """Move the average towards E and G by 1 - `decay`."""
        for averaged, current in zip(self.average.parameters(), self.expressor.parameters(), strict=True):
            averaged.lerp_(current, 1 - decay)
