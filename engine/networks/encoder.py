"""The encoder E: a face crop to one latent vector."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of E.

    Attributes:
        crop_size: side of the input in pixels, a multiple of 2 to the number of convolutions.
        channels: output channels of each convolution; the paper's are 16-32-64-128-256.
        latent_size: length of l.
    """

    crop_size: int = 128
    channels: tuple[int, ...] = (16, 32, 64, 128, 256)
    latent_size: int = 256


class Encoder(nn.Module):
    """Five convolutions of stride 2, then one fully connected layer (section 4.1)."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        stride = 2 ** len(config.channels)
        if config.crop_size % stride:
            raise ValueError(f"crop_size {config.crop_size} is not a multiple of {stride}")
        layers: list[nn.Module] = []
        for inputs, outputs in zip((3, *config.channels), config.channels, strict=False):
            layers += [nn.Conv2d(inputs, outputs, kernel_size=4, stride=2, padding=1), nn.PReLU(outputs)]
        self.convolutions = nn.Sequential(*layers)
        self.to_latent = nn.Linear(config.channels[-1] * (config.crop_size // stride) ** 2, config.latent_size)

    def forward(self, images: Tensor) -> Tensor:
        """Encode crops.

        Args:
            images: float [N, 3, S, S] RGB in 0..1.

        Returns:
            Latents l, float [N, latent_size].
        """
        features = self.convolutions(images * 2 - 1)  # [N, 256, S/32, S/32]
        latents: Tensor = self.to_latent(torch.flatten(features, 1))
        return latents
