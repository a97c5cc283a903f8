"""D_z tells latents from the prior; D_img tells pictures from real ones (section 4.1)."""

from itertools import pairwise

import torch
from torch import Tensor, nn


class LatentDiscriminator(nn.Module):
    """D_z: six fully connected layers, 256-128-64-32-16-1, leaky ReLU between them."""

    def __init__(self, latent_size: int = 256, widths: tuple[int, ...] = (256, 128, 64, 32, 16)) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in pairwise((latent_size, *widths)):
            layers += [nn.Linear(inputs, outputs), nn.LeakyReLU(0.2)]
        self.layers = nn.Sequential(*layers, nn.Linear(widths[-1], 1))

    def forward(self, latents: Tensor) -> Tensor:
        """[N, latent_size] -> logits [N]; high means drawn from the prior."""
        return self.layers(latents).squeeze(1)


class ImageDiscriminator(nn.Module):
    """D_img: six convolutions of stride 2; the last one's map is averaged to one logit.

    Without any normalisation over a batch or a map, since the gradient penalty is taken of each picture by itself.
    """

    def __init__(self, first_channels: int = 16, convolutions: int = 6) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for level in range(convolutions - 1):
            outputs = first_channels * 2**level
            layers += [nn.Conv2d(inputs, outputs, kernel_size=4, stride=2, padding=1), nn.LeakyReLU(0.2)]
            inputs = outputs
        self.layers = nn.Sequential(*layers, nn.Conv2d(inputs, 1, kernel_size=4, stride=2, padding=1))

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> logits [N]; high means real."""
        return torch.flatten(self.layers(images * 2 - 1), 1).mean(dim=1)
