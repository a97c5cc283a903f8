"""Sample grids: fixed faces of the test split under fixed expressions, to see at a glance how a training goes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.action_units import PRESETS, AUVector
from engine.files import write_atomically
from engine.types import RGBImage
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
"""The columns of a grid of expressions, after the source and its reconstruction."""

SWEEPS: Final = MappingProxyType(
    {"AU1+2": (1, 2), "AU4": (4,), "AU6+12": (6, 12), "AU15": (15,), "AU25+26": (25, 26), "AU45": (45,)}
)
"""The lines of a grid of sweeps for each face: AUs that rise together."""

LEVELS: Final = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
"""The columns of a grid of sweeps, after the source."""

_TITLE_PX: Final = 18
_WHITE: Final = (255, 255, 255)


def sample_rows(crops: CropSet, count: int) -> NDArray[np.int64]:
    """Choose a picture each of up to `count` persons: the one whose expression is nearest to neutral; int64 [count]."""
    strength = crops.intensities.sum(axis=1)
    pictures = (np.flatnonzero(crops.identities == person) for person in np.unique(crops.identities)[:count])
    return np.array([own[np.argmin(strength[own])] for own in pictures])


@torch.no_grad()
def expression_grid(expressor: Expressor, crops: CropSet, rows: NDArray[np.int64], device: torch.device) -> RGBImage:
    """A line a face of `rows` under a line of titles: the source, its reconstruction, then every expression."""
    source, own = _faces(crops, rows, device)
    targets = [_targets(vector, own) for vector in EXPRESSIONS.values()]
    pictures = [expressor.edit(source, own, target) for target in (own, *targets)]
    return _grid([source, *pictures], ["source", "rebuilt", *EXPRESSIONS])


@torch.no_grad()
def sweep_grid(expressor: Expressor, crops: CropSet, rows: NDArray[np.int64], device: torch.device) -> RGBImage:
    """A line a sweep for each face of `rows`: the source, then the sweep's AUs at every level, the others at rest."""
    source, own = _faces(crops, np.repeat(rows, len(SWEEPS)), device)
    columns = []
    for level in LEVELS:
        vectors = [AUVector.of(dict.fromkeys(numbers, level)) for numbers in SWEEPS.values()]
        targets = torch.from_numpy(np.tile(np.stack([vector.values for vector in vectors]), (len(rows), 1)))
        columns.append(expressor.edit(source, own, targets.to(device)))
    return _grid([source, *columns], ["source", *(f"{level:g}" for level in LEVELS)], [*SWEEPS] * len(rows))


def write_picture(path: Path, pixels: RGBImage) -> None:
    """Write a PNG in one step, so that a viewer which has it open never sees half of it.

    Raises:
        OSError: the file cannot be written.
    """
    write_atomically(path, cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes())


def _faces(crops: CropSet, rows: NDArray[np.int64], device: torch.device) -> tuple[Tensor, Tensor]:
    """Pictures [N, 3, S, S] in 0..1 and intensities [N, 17] of `rows`."""
    pictures = torch.from_numpy(crops.crops[rows]).to(device).permute(0, 3, 1, 2).float() / 255
    return pictures, torch.from_numpy(crops.intensities[rows]).to(device)


def _targets(vector: AUVector, like: Tensor) -> Tensor:
    return torch.from_numpy(vector.values.copy()).to(like.device).expand_as(like)


def _grid(columns: Sequence[Tensor], titles: Iterable[str], names: Iterable[str] = ()) -> RGBImage:
    """Pictures [faces, 3, S, S] of every column side by side; titles above them, names in the corner of every line."""
    stacked = torch.stack(list(columns), dim=1)  # [faces, columns, 3, S, S]
    size = stacked.shape[-1]
    lines = stacked.permute(0, 3, 1, 4, 2).flatten(2, 3).flatten(0, 1)  # [faces * S, columns * S, 3]
    pixels = (lines.clamp(0, 1) * 255).round().byte().cpu().numpy()
    header = np.zeros((_TITLE_PX, pixels.shape[1], 3), np.uint8)
    for column, title in enumerate(titles):
        _write(header, title, (column * size + 4, _TITLE_PX - 5))
    grid = np.concatenate([header, pixels])
    for line, name in enumerate(names):
        _write(grid, name, (4, _TITLE_PX + line * size + 14))
    return grid


def _write(picture: RGBImage, text: str, place: tuple[int, int]) -> None:
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, _WHITE, 1, cv2.LINE_AA)
