"""All networks of a training, built from its configuration."""

from copy import deepcopy

import torch
from torch import Tensor, nn

from engine.networks import Encoder, EncoderConfig, Generator, GeneratorConfig
from trainer.config import ModelConfig
from trainer.networks.classifiers import ExpressionClassifier
from trainer.networks.discriminators import ImageDiscriminator, LatentDiscriminator


class EncoderGenerator(nn.Module):
    """E and G as one module: a picture is encoded once and generated under several expressions in one pass."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        generator = GeneratorConfig(config.latent_size, channels=config.generator_channels)
        self.encoder = Encoder(EncoderConfig(generator.crop_size, config.encoder_channels, config.latent_size))
        self.generator = Generator(generator)

    def forward(self, images: Tensor, *expressions: Tensor) -> tuple[Tensor, ...]:
        """Encode pictures and generate each of them under each expression.

        Args:
            images: [N, 3, S, S] in 0..1.
            expressions: each [N, 17] in 0..5.

        Returns:
            Latents [N, latent_size], then for each expression pictures [N, 3, S, S] in 0..1.
        """
        latents = self.encoder(images)
        pictures = self.generator(latents.repeat(len(expressions), 1), torch.cat(expressions))
        return latents, *pictures.chunk(len(expressions))


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
        self.expressor = EncoderGenerator(config)
        self.average = deepcopy(self.expressor).requires_grad_(False)
        self.latent_discriminator = LatentDiscriminator(config.latent_size)
        self.image_discriminator = ImageDiscriminator(config.discriminator_channels)
        self.expression_classifier = ExpressionClassifier(config.classifier_width)

    @torch.no_grad()
    def update_average(self, decay: float) -> None:
        """Move the average towards E and G by 1 - `decay`."""
        for averaged, current in zip(self.average.parameters(), self.expressor.parameters(), strict=True):
            averaged.lerp_(current, 1 - decay)
