"""The generator G: a latent and action-unit intensities to a face crop."""

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class GeneratorConfig:
    """Sizes of G.

    Attributes:
        latent_size: length of l.
        au_count: length of u.
        channels: width of the first map, then of the output of each residual block; every block doubles the side, which
            starts at 2. Six blocks give 128 pixels.
    """

    latent_size: int = 256
    au_count: int = 17
    channels: tuple[int, ...] = (512, 512, 256, 128, 64, 32, 16)

    @property
    def crop_size(self) -> int:
        """Side of the generated crop in pixels."""
        return int(2 ** len(self.channels))


class UpsamplingResidualBlock(nn.Module):
    """Double the side: two convolutions with Instance Norm and PReLU before each, and a 1x1 shortcut.

    Args:
        inputs, outputs: channels.
        input_norm: what normalises the input; Instance Norm by default.
    """

    def __init__(self, inputs: int, outputs: int, input_norm: nn.Module | None = None) -> None:
        super().__init__()
        self.norm1 = input_norm or nn.InstanceNorm2d(inputs, affine=True)
        self.activation1 = nn.PReLU(inputs)
        self.convolution1 = nn.Conv2d(inputs, outputs, kernel_size=3, padding=1)
        self.norm2 = nn.InstanceNorm2d(outputs, affine=True)
        self.activation2 = nn.PReLU(outputs)
        self.convolution2 = nn.Conv2d(outputs, outputs, kernel_size=3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, kernel_size=1) if inputs != outputs else nn.Identity()

    def forward(self, maps: Tensor) -> Tensor:
        """[N, inputs, S, S] -> [N, outputs, 2S, 2S]."""
        hidden = _double(self.activation1(self.norm1(maps)))
        hidden = self.convolution1(hidden)
        hidden = self.convolution2(self.activation2(self.norm2(hidden)))
        # A 1x1 convolution commutes with repeating pixels; before the repetition it costs a quarter.
        return hidden + _double(self.shortcut(maps))


class Generator(nn.Module):
    """Six up-sampling residual blocks with Instance Norm and PReLU, from (l, u) (section 4.1)."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        first, last = config.channels[0], config.channels[-1]
        self.first_channels = first
        self.from_condition = nn.Linear(config.latent_size + config.au_count, first * 2 * 2)
        # Over the four values of a 2x2 map, Instance Norm would wipe out most of what (l, u) says;
        # measured, learning starts more than twice as slowly.
        norms = (nn.Identity(), *[None] * len(config.channels))
        self.blocks = nn.ModuleList(
            UpsamplingResidualBlock(a, b, norm) for (a, b), norm in zip(pairwise(config.channels), norms, strict=False)
        )
        self.norm = nn.InstanceNorm2d(last, affine=True)
        self.activation = nn.PReLU(last)
        self.to_rgb = nn.Conv2d(last, 3, kernel_size=3, padding=1)

    def forward(self, latents: Tensor, intensities: Tensor) -> Tensor:
        """Generate crops.

        Args:
            latents: l, float [N, latent_size].
            intensities: u, float [N, au_count] in 0..5.

        Returns:
            Images, float [N, 3, S, S] RGB in 0..1.
        """
        maps = self.from_condition(torch.cat([latents, intensities], dim=1)).unflatten(
            1, (self.first_channels, 2, 2)
        )  # [N, C0, 2, 2]
        for block in self.blocks:
            maps = block(maps)
        return torch.sigmoid(self.to_rgb(self.activation(self.norm(maps))))


def _double(maps: Tensor) -> Tensor:
    return F.interpolate(maps, scale_factor=2.0, mode="nearest")
