"""E and G in the form that ONNX Runtime computes fastest on a CPU: equal functions of the same weights.

Pictures go in and out as NHWC, uint8 and float32, so the conversions are part of the graph. What differs inside:

- A 3×3 convolution after nearest doubling meets each source pixel several times. The phase of an output pixel, its
  place within its source pixel, decides which of the nine weights fall on the same one; their sums make a 2×2 kernel
  for each of the four phases, and 4/9 of the multiplications (after the sub-pixel convolution of Shi et al., "Real-Time
  Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network", 2016).
- PReLU is max(x, a x) as long as no slope a exceeds 1; ONNX Runtime computes PRelu one value at a time.
- The last convolution has three output channels, and ONNX Runtime computes eight at once: one position makes four
  neighbouring pixels, twelve channels.

The kernels are derived inside the graph and folded when ONNX Runtime loads it, so a file holds each weight once.
"""

from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks import Encoder, Generator
from engine.networks.generator import UpsamplingResidualBlock

_RUN: Final = 4
"""Neighbouring pixels that the last convolution makes at one position; divides the side of every crop from 4 px on."""


class DeployedEncoder(nn.Module):
    """E, from uint8 crops."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            *(_deployed(layer) if isinstance(layer, nn.PReLU) else layer for layer in encoder.convolutions)
        )
        self.to_latent = encoder.to_latent

    def forward(self, crops: Tensor) -> Tensor:
        """uint8 [N, S, S, 3] RGB -> latents, float [N, latent_size]."""
        features = self.convolutions(crops.permute(0, 3, 1, 2).float() * (2 / 255) - 1)
        latents: Tensor = self.to_latent(torch.flatten(features, 1))
        return latents


class DeployedGenerator(nn.Module):
    """G, to NHWC pictures."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.first_channels = generator.first_channels
        self.from_condition = generator.from_condition
        self.blocks = nn.ModuleList(
            _DeployedBlock(block) for block in generator.blocks if isinstance(block, UpsamplingResidualBlock)
        )
        self.norm = generator.norm
        self.activation = _deployed(generator.activation)
        self.to_rgb = generator.to_rgb

    def forward(self, latents: Tensor, intensities: Tensor) -> Tensor:
        """Latents [N, latent_size] and intensities [N, au_count] in 0..5 -> float [N, S, S, 3] RGB in 0..1."""
        maps: Tensor = self.from_condition(torch.cat([latents, intensities], dim=1)).reshape(
            -1, self.first_channels, 2, 2
        )
        for block in self.blocks:
            maps = block(maps)
        return torch.sigmoid(self._to_rgb(self.activation(self.norm(maps))))

    def _to_rgb(self, maps: Tensor) -> Tensor:
        """The last convolution: [N, C, S, S] -> [N, S, S, 3]."""
        size = maps.shape[3]
        shifted = [F.pad(self.to_rgb.weight, (shift, _RUN - 1 - shift)) for shift in range(_RUN)]  # each [3, C, 3, 6]
        biases = None if self.to_rgb.bias is None else self.to_rgb.bias.repeat(_RUN)
        runs: Tensor = F.conv2d(maps, torch.cat(shifted), biases, stride=(1, _RUN), padding=1)  # [N, 4 * 3, S, S / 4]
        return runs.permute(0, 2, 3, 1).reshape(-1, size, size, 3)


class _DeployedBlock(nn.Module):
    def __init__(self, block: UpsamplingResidualBlock) -> None:
        super().__init__()
        self.norm1 = block.norm1
        self.activation1 = _deployed(block.activation1)
        self.convolution1 = block.convolution1
        self.norm2 = block.norm2
        self.activation2 = _deployed(block.activation2)
        self.convolution2 = block.convolution2
        self.shortcut = block.shortcut

    def forward(self, maps: Tensor) -> Tensor:
        """[N, inputs, S, S] -> [N, outputs, 2S, 2S]."""
        hidden = convolve_doubled(self.activation1(self.norm1(maps)), self.convolution1)
        hidden = self.convolution2(self.activation2(self.norm2(hidden)))
        summed: Tensor = hidden + F.interpolate(self.shortcut(maps), scale_factor=2.0, mode="nearest")
        return summed


class _MaxPReLU(nn.Module):
    """PReLU whose slopes are at most 1."""

    def __init__(self, weight: nn.Parameter) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, maps: Tensor) -> Tensor:
        return torch.maximum(maps, maps * self.weight.view(-1, 1, 1))


def _deployed(activation: nn.PReLU) -> nn.Module:
    return _MaxPReLU(activation.weight) if bool((activation.weight <= 1).all()) else activation


def convolve_doubled(maps: Tensor, convolution: nn.Conv2d) -> Tensor:
    """Double maps [N, C, S, S] by repetition and convolve with 3×3 kernels and padding 1, phase by phase."""
    size = 2 * maps.shape[3]
    bands = []
    for below, kernels in enumerate(_phase_kernels(convolution.weight, dim=2)):
        columns = [
            F.conv2d(F.pad(maps, (1 - right, right, 1 - below, below)), kernel, convolution.bias)
            for right, kernel in enumerate(_phase_kernels(kernels, dim=3))
        ]
        bands.append(torch.stack(columns, dim=4).flatten(3))  # [N, C, S, 2S]
    return torch.cat(bands, dim=3).reshape(-1, convolution.out_channels, size, size)  # rows of the two bands in turn


def _phase_kernels(weight: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Shorten kernels from 3 to 2 along `dim`: for the first of two repeated pixels, and for the second."""
    before, here, after = (weight.narrow(dim, index, 1) for index in range(3))
    return torch.cat([before, here + after], dim), torch.cat([before + here, after], dim)
