"""The networks E and G in PyTorch: EGGAN's (section 4.1 of the paper), and those of the detail variant."""

from engine.networks.detail import (
    DetailEdit,
    DetailEncoder,
    DetailEncoderConfig,
    DetailGenerator,
    DetailGeneratorConfig,
    compose,
)
from engine.networks.encoder import Encoder, EncoderConfig
from engine.networks.generator import Generator, GeneratorConfig

__all__ = [
    "DetailEdit",
    "DetailEncoder",
    "DetailEncoderConfig",
    "DetailGenerator",
    "DetailGeneratorConfig",
    "Encoder",
    "EncoderConfig",
    "Generator",
    "GeneratorConfig",
    "compose",
]
