"""Sample grids: fixed faces of the test split under fixed expressions, to see at a glance how a training goes."""

from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.action_units import PRESETS, AUVector
from engine.files import write_atomically
from trainer.data.crops import CropSet
from trainer.networks.expressors import Expressor

EXPRESSIONS: Final = MappingProxyType(
    {
        **PRESETS,
        "AU12": AUVector.of({12: 5.0}),
        "AU26": AUVector.of({25: 3.0, 26: 5.0}),
        "AU1+2": AUVector.of({1: 5.0, 2: 5.0}),
    }
)
"""The grid's columns, after the source and its reconstruction."""


def sample_rows(crops: CropSet, count: int) -> NDArray[np.int64]:
    """Choose a picture each of up to `count` persons: the one whose expression is nearest to neutral; int64 [count]."""
    strength = crops.intensities.sum(axis=1)
    pictures = (np.flatnonzero(crops.identities == person) for person in np.unique(crops.identities)[:count])
    return np.array([own[np.argmin(strength[own])] for own in pictures])


@torch.no_grad()
def write_sample_grid(
    path: Path, expressor: Expressor, crops: CropSet, rows: NDArray[np.int64], device: torch.device
) -> None:
    """Write a PNG: a line a face of `rows`; the source, its reconstruction, then every expression.

    Raises:
        OSError: the file cannot be written.
    """
    source = torch.from_numpy(crops.crops[rows]).to(device).permute(0, 3, 1, 2).float() / 255
    own = torch.from_numpy(crops.intensities[rows]).to(device)
    targets = [torch.from_numpy(vector.values.copy()).to(device).expand_as(own) for vector in EXPRESSIONS.values()]
    pictures = [expressor.edit(source, own, target) for target in (own, *targets)]
    grid = torch.stack([source, *pictures], dim=1)  # [faces, columns, 3, S, S]
    lines = grid.permute(0, 3, 1, 4, 2).flatten(2, 3).flatten(0, 1)  # [faces * S, columns * S, 3]
    pixels = (lines * 255).round().byte().cpu().numpy()
    write_atomically(path, cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes())
