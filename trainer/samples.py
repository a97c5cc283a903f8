"""Sample grids: fixed faces of the test split under fixed expressions, to see at a glance how a training goes."""

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.action_units import PRESETS, AUVector
from engine.files import write_atomically
from trainer.data.crops import CropSet
from trainer.networks.ensemble import EncoderGenerator

EXPRESSIONS = {
    **PRESETS,
    "AU12": AUVector.of({12: 5.0}),
    "AU26": AUVector.of({25: 3.0, 26: 5.0}),
    "AU1+2": AUVector.of({1: 5.0, 2: 5.0}),
}


def sample_rows(crops: CropSet, count: int) -> NDArray[np.int64]:
    """One picture each of `count` persons: the one whose expression is nearest to neutral."""
    strength = crops.intensities.sum(axis=1)
    rows = [np.flatnonzero(crops.identities == person) for person in np.unique(crops.identities)[:count]]
    return np.array([own[np.argmin(strength[own])] for own in rows])


@torch.no_grad()
def write_sample_grid(
    path: Path, expressor: EncoderGenerator, crops: CropSet, rows: NDArray[np.int64], device: torch.device
) -> None:
    """Write a PNG: a line a face; the source, its reconstruction, then every expression."""
    source = torch.from_numpy(crops.crops[rows]).to(device).permute(0, 3, 1, 2).float() / 255
    own = torch.from_numpy(crops.intensities[rows]).to(device)
    targets = [torch.from_numpy(vector.values).to(device).expand(len(rows), -1) for vector in EXPRESSIONS.values()]
    _, *pictures = expressor(source, own, *targets)
    grid = torch.stack([source, *pictures], dim=1)  # [rows, columns, 3, S, S]
    pixels = (grid.permute(0, 3, 1, 4, 2).flatten(2, 3).flatten(0, 1).cpu().numpy() * 255).round().astype(np.uint8)
    encoded = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1]
    write_atomically(path, encoded.tobytes())
