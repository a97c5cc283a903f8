"""A bundle's weights as the start of a training."""

from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from engine.bundle import ENCODER_WEIGHTS, GENERATOR_WEIGHTS, Architecture, Bundle, DetailArchitecture
from engine.errors import ModelError
from trainer.checkpoint import save_checkpoint
from trainer.config import ModelConfig
from trainer.networks.ensemble import Networks


def model_of(architecture: Architecture, like: ModelConfig) -> ModelConfig:
    """The [model] section for a bundle's E and G; what a bundle does not hold, as D_img's size, is that of `like`."""
    if isinstance(architecture, DetailArchitecture):
        sizes: dict[str, Any] = {"variant": "eggan-detail", "detail_channels": architecture.channels}
        return like.model_copy(update={**sizes, "latent_size": architecture.latent_size})
    sizes = {"encoder_channels": architecture.encoder.channels, "generator_channels": architecture.generator.channels}
    return like.model_copy(update={"variant": "eggan", **sizes, "latent_size": architecture.latent_size})


def networks_of_bundle(bundle: Bundle, model: ModelConfig, seed: int = 0) -> Networks:
    """All networks of a training: E, G and their average from a bundle, the others freshly made.

    Raises:
        ModelError: the bundle lacks its weights, or they do not fit.
    """
    torch.manual_seed(seed)
    networks = Networks(model)
    for expressor in (networks.expressor, networks.average):
        for network, name in ((expressor.encoder, ENCODER_WEIGHTS), (expressor.generator, GENERATOR_WEIGHTS)):
            weights = {key: value.float() for key, value in safetensors.torch.load(bundle.read(name)).items()}
            try:
                network.load_state_dict(weights)
            except RuntimeError as error:
                raise ModelError(
                    f"{name} of {bundle.folder} does not fit the networks: {str(error).splitlines()[0]}",
                    "Choose another bundle.",
                ) from error
    return networks


def save_initial(path: Path, bundle: Bundle, model: ModelConfig, seed: int = 0) -> None:
    """Write a checkpoint that `run_training` takes as `initial`."""
    save_checkpoint(path, {"networks": networks_of_bundle(bundle, model, seed).state_dict()})
