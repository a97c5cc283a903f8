"""E and G small enough for tests, with weights that make every layer matter."""

import torch
from torch import nn

from engine.networks import Encoder, EncoderConfig, Generator, GeneratorConfig

ENCODER = EncoderConfig(crop_size=16, channels=(8, 8), latent_size=12)
GENERATOR = GeneratorConfig(latent_size=12, au_count=17, channels=(16, 16, 8, 8))


def make_networks(
    encoder_config: EncoderConfig = ENCODER, generator_config: GeneratorConfig = GENERATOR, seed: int = 0
) -> tuple[Encoder, Generator]:
    torch.manual_seed(seed)
    encoder, generator = Encoder(encoder_config).eval(), Generator(generator_config).eval()
    for module in (*encoder.modules(), *generator.modules()):
        if isinstance(module, nn.InstanceNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
        if isinstance(module, nn.PReLU):
            nn.init.uniform_(module.weight, -0.2, 0.8)
    return encoder, generator
