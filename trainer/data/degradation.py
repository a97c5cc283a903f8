"""What poor cameras do to a picture: light from a side, blur, noise, compression."""

from math import pi, sqrt
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from trainer.randomness import Draws

_LIGHT: Final = 0.35
_SHRINK: Final = 3.0
_NOISE: Final = 0.06
_BLOCK: Final = 8
_QUANTUM: Final = 0.09
"""Largest step of the lowest frequencies of a block, on 0..1; JPEG of quality 20 or so."""


def degrade(pictures: Tensor, share: float, draws: Draws) -> Tensor:
    """Degrade some of the pictures, each in several ways and to its own degree.

    Args:
        pictures: [N, 3, S, S] in 0..1, S a multiple of 8.
        share: 0..1, how many of them.
        draws: for which of them, and how far.
    """
    count = len(pictures)

    def draw(*shape: int) -> Tensor:
        return draws.uniform(count, *shape)

    def amount() -> Tensor:
        """Mostly little, sometimes all: [N, 1, 1, 1] in 0..1."""
        return draw(1, 1, 1).square()

    poor = _lit_from_a_side(pictures, draw(1, 1, 1) * 2 * pi, amount() * _LIGHT)
    poor = torch.lerp(poor, _coarse(poor), amount())
    noise = draws.normal(*pictures.shape)
    poor = poor + noise * amount() * _NOISE
    poor = _compressed(poor, amount() * _QUANTUM + 1e-3).clamp(0, 1)
    return torch.where(draw(1, 1, 1) < share, poor, pictures)


def _lit_from_a_side(pictures: Tensor, direction: Tensor, strength: Tensor) -> Tensor:
    size = pictures.shape[-1]
    slope = torch.linspace(-1, 1, size, device=pictures.device)
    ramp = direction.cos() * slope + direction.sin() * slope[:, None]
    return pictures * (1 + strength * ramp)


def _coarse(pictures: Tensor) -> Tensor:
    size = pictures.shape[-1]
    small = F.interpolate(pictures, (round(size / _SHRINK),) * 2, mode="bilinear", antialias=True)
    return F.interpolate(small, (size, size), mode="bilinear")


def _compressed(pictures: Tensor, quantum: Tensor) -> Tensor:
    """Round the cosine transform of each block of 8 x 8 pixels, high frequencies more coarsely, as JPEG does."""
    cosines = _cosine_transform(pictures.device)
    blocks = pictures.unflatten(3, (-1, _BLOCK)).unflatten(2, (-1, _BLOCK)).transpose(3, 4)  # [N, 3, S/8, S/8, 8, 8]
    waves = cosines @ blocks @ cosines.T
    frequency = torch.arange(_BLOCK, device=pictures.device)
    steps = quantum[..., None, None] * (1 + (frequency + frequency[:, None]) / 2)
    rounded = torch.round(waves / steps) * steps
    return (cosines.T @ rounded @ cosines).transpose(3, 4).flatten(4, 5).flatten(2, 3)


def _cosine_transform(device: torch.device) -> Tensor:
    """The orthonormal DCT-II, [8, 8]."""
    places = torch.arange(_BLOCK, device=device)
    waves = torch.cos((places + 0.5) * places[:, None] * pi / _BLOCK) * sqrt(2 / _BLOCK)
    waves[0] /= sqrt(2)
    return waves
