"""E and G in torch, of either variant, behind one interface."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from engine.bundle import ENCODER_WEIGHTS, GENERATOR_WEIGHTS, Architecture, Bundle, LatentArchitecture
from engine.errors import ModelError
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

Arrays: TypeAlias = tuple[Tensor, ...]


class Networks(Protocol):
    """E and G. Pictures are [N, 3, S, S] RGB in 0..1, intensities [N, 17] in 0..5."""

    @property
    def modules(self) -> tuple[nn.Module, nn.Module]:
        """E and G themselves."""

    def encode(self, images: Tensor) -> Arrays:
        """The latents, then what else G needs."""

    def generate(self, images: Tensor, encoded: Arrays, source: Tensor, target: Tensor) -> Arrays:
        """Pictures [N, S, S, 3]; of the detail variant also flow, mask and colour, as `engine.backends.Generated`."""


@dataclass(frozen=True, slots=True)
class LatentNetworks:
    """The paper's."""

    encoder: Encoder
    generator: Generator

    @property
    def modules(self) -> tuple[nn.Module, nn.Module]:
        """E and G themselves."""
        return self.encoder, self.generator

    def encode(self, images: Tensor) -> Arrays:
        """See `Networks`."""
        return (self.encoder(images),)

    def generate(self, images: Tensor, encoded: Arrays, source: Tensor, target: Tensor) -> Arrays:
        """See `Networks`."""
        return (self.generator(encoded[0], target).permute(0, 2, 3, 1),)


@dataclass(frozen=True, slots=True)
class DetailNetworks:
    """The detail variant's."""

    encoder: DetailEncoder
    generator: DetailGenerator

    @property
    def modules(self) -> tuple[nn.Module, nn.Module]:
        """E and G themselves."""
        return self.encoder, self.generator

    def encode(self, images: Tensor) -> Arrays:
        """See `Networks`."""
        encoded: Arrays = self.encoder(images)
        return encoded

    def generate(self, images: Tensor, encoded: Arrays, source: Tensor, target: Tensor) -> Arrays:
        """See `Networks`."""
        edit = self.generator(encoded[0], encoded[1:], source, target)
        pictures = (compose(images, edit), edit.flow, edit.mask, edit.colour)
        composed, flow, mask, colour = (picture.permute(0, 2, 3, 1) for picture in pictures)
        return composed, flow, mask.squeeze(3), colour


def build_networks(architecture: Architecture) -> Networks:
    """Networks of these sizes, with random weights."""
    if isinstance(architecture, LatentArchitecture):
        return LatentNetworks(
            Encoder(EncoderConfig(**architecture.encoder.model_dump())),
            Generator(GeneratorConfig(**architecture.generator.model_dump())),
        )
    sizes = architecture.crop_size, architecture.channels, architecture.latent_size
    return DetailNetworks(
        DetailEncoder(DetailEncoderConfig(*sizes)),
        DetailGenerator(DetailGeneratorConfig(*sizes, architecture.au_count, architecture.condition_size)),
    )


def load_networks(bundle: Bundle, device: torch.device) -> Networks:
    """The networks of a bundle, on a device, for inference.

    Raises:
        ModelError: a weight file is missing or does not fit the architecture on the card.
    """
    networks = build_networks(bundle.card.architecture)
    for network, name in zip(networks.modules, (ENCODER_WEIGHTS, GENERATOR_WEIGHTS), strict=True):
        _load_weights(network, bundle, name)
        network.eval().to(device).to(memory_format=torch.channels_last)
    return networks


def _load_weights(network: nn.Module, bundle: Bundle, name: str) -> None:
    content = bundle.read(name)
    try:
        network.load_state_dict(safetensors.torch.load(content))
    except (SafetensorError, RuntimeError) as error:
        raise ModelError(
            f"The weights {bundle.folder / name} do not fit the architecture on the card: {error}",
            "Export the model again.",
        ) from error
