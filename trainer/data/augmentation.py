"""Random changes to a batch on its device: mirror, small affine, colour, occluders; both pictures of a pair alike."""

import math
from dataclasses import replace
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from trainer.config import AugmentationConfig
from trainer.data.batches import Batch
from trainer.data.degradation import degrade
from trainer.data.occluders import draw_occluders
from trainer.randomness import Draws


class _Colour(NamedTuple):
    """Factors around 1, each [B, 1, 1, 1]."""

    brightness: Tensor
    contrast: Tensor
    saturation: Tensor


def augment(batch: Batch, config: AugmentationConfig, draws: Draws) -> Batch:
    """Return the batch with its pictures changed.

    Intensities are means of both sides of the face, so mirroring leaves the labels as they are.
    """
    count, _, size, _ = batch.before.shape
    grid = F.affine_grid(_affine(count, size, config, draws), [count, 3, size, size], align_corners=False)
    colour = _Colour(*(1 + _uniform(count, config.colour, draws).view(-1, 1, 1, 1) for _ in _Colour._fields))
    before, after = _change(batch.before, grid, colour), _change(batch.after, grid, colour)
    if config.occlusion:
        before, after = draw_occluders(config.occlusion, draws, before, after)
    seen = degrade(before, config.degradation, draws) if config.degradation else before
    return replace(batch, before=before, after=after, seen=seen)


def _uniform(count: int, extent: float, draws: Draws) -> Tensor:
    """Float32 [count] in -extent..extent."""
    return (draws.uniform(count) * 2 - 1) * extent


def _affine(count: int, size: int, config: AugmentationConfig, draws: Draws) -> Tensor:
    """Similarities [count, 2, 3], some with a mirror, from the changed picture to the original; sides are -1..1."""
    angle = _uniform(count, math.radians(config.rotation_deg), draws)
    scale = 1 + _uniform(count, config.scale, draws)
    shift_x, shift_y = (_uniform(count, config.shift_px * 2 / size, draws) for _ in "xy")
    mirror = torch.where(_uniform(count, 1.0, draws) < 0, -1.0, 1.0) if config.flip else torch.ones_like(angle)
    cosine, sine = torch.cos(angle) * scale, torch.sin(angle) * scale
    rows = (torch.stack([cosine * mirror, -sine, shift_x], 1), torch.stack([sine * mirror, cosine, shift_y], 1))
    return torch.stack(rows, dim=1)


def _change(pictures: Tensor, grid: Tensor, colour: _Colour) -> Tensor:
    moved = F.grid_sample(pictures, grid, mode="bilinear", padding_mode="border", align_corners=False)
    grey = moved.mean(dim=1, keepdim=True)
    saturated = grey + (moved - grey) * colour.saturation
    return (((saturated - 0.5) * colour.contrast + 0.5) * colour.brightness).clamp(0, 1)
