"""EGGAN's encoder E and generator G (section 4.1 of the paper), in PyTorch."""

from engine.networks.encoder import Encoder, EncoderConfig
from engine.networks.generator import Generator, GeneratorConfig

__all__ = ["Encoder", "EncoderConfig", "Generator", "GeneratorConfig"]
