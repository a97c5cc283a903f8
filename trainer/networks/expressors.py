"""E and G of each variant as one module: from a picture and an expression to the picture that shows it."""

from dataclasses import asdict
from typing import NamedTuple, TypeAlias

import torch
from torch import Tensor, nn

from engine.backends.torch_networks import DetailNetworks, LatentNetworks, Networks
from engine.bundle import (
    Architecture,
    DetailArchitecture,
    EncoderArchitecture,
    GeneratorArchitecture,
    LatentArchitecture,
)
from engine.networks import (
    DetailEncoder,
    DetailEncoderConfig,
    DetailGenerator,
    DetailGeneratorConfig,
    Encoder,
    EncoderConfig,
    Generator,
    GeneratorConfig,
    compose,
)
from trainer.config import ModelConfig


class Generated(NamedTuple):
    """What E and G made of a batch.

    Attributes:
        latents: l = E(x), float32 [B, latent_size].
        reconstruction: G(l, u_source), float32 [B, 3, S, S] in 0..1.
        edited: G(l, u_target), likewise.
        flow: float32 [B, 2, S, S] in pixels, of the edit; the detail variant only.
        mask: float32 [B, 1, S, S] in 0..1, likewise.
    """

    latents: Tensor
    reconstruction: Tensor
    edited: Tensor
    flow: Tensor | None = None
    mask: Tensor | None = None


class LatentExpressor(nn.Module):
    """The paper's E and G: the whole picture comes out of the latent."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        generator = GeneratorConfig(config.latent_size, channels=config.generator_channels)
        self.encoder = Encoder(EncoderConfig(generator.crop_size, config.encoder_channels, config.latent_size))
        self.generator = Generator(generator)

    def forward(self, seen: Tensor, images: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, ...]:
        """Encode pictures, and generate each under its own and under its target expression.

        Args:
            seen: what E sees of the pictures, [N, 3, S, S] in 0..1.
            images: the pictures, likewise; this variant does not look at them.
            source, target: u_source and u_target, [N, 17] in 0..5.

        Returns:
            The values of `Generated`, without flow and mask.
        """
        latents = self.encoder(seen)
        pictures = self.generator(latents.repeat(2, 1), torch.cat([source, target]))
        return latents, *pictures.chunk(2)

    def edit(self, images: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """G(E(images), target), [N, 3, S, S] in 0..1; the source expression plays no part."""
        return self.generator(self.encoder(images), target)


class DetailExpressor(nn.Module):
    """The detail variant's E and G. Under its own expression a picture is what it was, by the generator's gate."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        sizes = config.crop_size, config.detail_channels, config.latent_size
        self.encoder = DetailEncoder(DetailEncoderConfig(*sizes))
        self.generator = DetailGenerator(DetailGeneratorConfig(*sizes))

    def forward(self, seen: Tensor, images: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, ...]:
        """As the other variant's; flow and mask are found in what is seen and applied to the pictures themselves."""
        latents, *maps = self.encoder(seen)
        edit = self.generator(latents, tuple(maps), source, target)
        return latents, images, compose(images, edit), edit.flow, edit.mask

    def edit(self, images: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """The pictures [N, 3, S, S] in 0..1 under the target expression."""
        latents, *maps = self.encoder(images)
        return compose(images, self.generator(latents, tuple(maps), source, target))


Expressor: TypeAlias = LatentExpressor | DetailExpressor
AnyEncoder: TypeAlias = Encoder | DetailEncoder
AnyGenerator: TypeAlias = Generator | DetailGenerator


def build_expressor(config: ModelConfig) -> Expressor:
    """The variant that the configuration names, freshly initialised."""
    return LatentExpressor(config) if config.variant == "eggan" else DetailExpressor(config)


def networks_of(encoder: AnyEncoder, generator: AnyGenerator) -> Networks:
    """E and G of one variant behind the interface that backends use."""
    if isinstance(encoder, Encoder) and isinstance(generator, Generator):
        return LatentNetworks(encoder, generator)
    assert isinstance(encoder, DetailEncoder)
    assert isinstance(generator, DetailGenerator)
    return DetailNetworks(encoder, generator)


def architecture_of(encoder: AnyEncoder, generator: AnyGenerator) -> Architecture:
    """What a card says of the sizes of networks."""
    if isinstance(generator, DetailGenerator):
        return DetailArchitecture(**asdict(generator.config))
    assert isinstance(encoder, Encoder)
    return LatentArchitecture(
        encoder=EncoderArchitecture(**asdict(encoder.config)),
        generator=GeneratorArchitecture(**asdict(generator.config)),
    )
