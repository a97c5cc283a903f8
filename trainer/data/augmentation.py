"""Random changes to a batch on its device: mirror, small affine, colour. Both pictures of a pair change alike."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from trainer.config import AugmentationConfig
from trainer.data.batches import Batch


def augment(batch: Batch, config: AugmentationConfig, generator: torch.Generator) -> Batch:
    """Return the batch with its pictures changed.

    Intensities are means of both sides of the face, so mirroring leaves the labels as they are; it applies to a pair as a whole,
    since the left and right of one person differ.
    """
    size = batch.before.shape[-1]
    count = batch.before.shape[0]
    grid = F.affine_grid(_affine(count, size, config, generator), [count, 3, size, size], align_corners=False)
    colour = _colour(count, config.colour, generator)
    before, after = (_change(pictures, grid, colour) for pictures in (batch.before, batch.after))
    return Batch(before, batch.intensities, batch.target, after, batch.has_after, batch.identities)


def _uniform(count: int, extent: float, generator: torch.Generator) -> Tensor:
    return (torch.rand(count, generator=generator, device=generator.device) * 2 - 1) * extent


def _affine(count: int, size: int, config: AugmentationConfig, generator: torch.Generator) -> Tensor:
    angle = _uniform(count, math.radians(config.rotation_deg), generator)
    scale = 1 + _uniform(count, config.scale, generator)
    shift_x, shift_y = (_uniform(count, config.shift_px * 2 / size, generator) for _ in range(2))
    mirror = torch.where(_uniform(count, 1.0, generator) < 0, -1.0, 1.0) if config.flip else torch.ones_like(angle)
    cosine, sine = torch.cos(angle) * scale, torch.sin(angle) * scale
    rows = [torch.stack([cosine * mirror, -sine, shift_x], dim=1), torch.stack([sine * mirror, cosine, shift_y], dim=1)]
    return torch.stack(rows, dim=1)  # [N, 2, 3], output to input


def _colour(count: int, extent: float, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    brightness, contrast, saturation = (1 + _uniform(count, extent, generator).view(-1, 1, 1, 1) for _ in range(3))
    return brightness, contrast, saturation


def _change(pictures: Tensor, grid: Tensor, colour: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    moved = F.grid_sample(pictures, grid, mode="bilinear", padding_mode="border", align_corners=False)
    brightness, contrast, saturation = colour
    grey = moved.mean(dim=1, keepdim=True)
    moved = grey + (moved - grey) * saturation
    return (((moved - 0.5) * contrast + 0.5) * brightness).clamp(0, 1)
