"""Records and datasets without a face in them: what is done with measures needs no pictures."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.action_units import AU_COUNT
from trainer.footage.placing import INCOMING
from trainer.footage.records import Measures, Record

GOOD = Measures(
    width_px=120.0,
    sharpness=150.0,
    yaw=0.0,
    pitch=0.0,
    roll=0.0,
    covered=8.0,
    outside=0.0,
    hash="0" * 64,
    intensities=(0.0,) * AU_COUNT,
)


def measured(number: int = 0, **changes: Any) -> Measures:
    """A good face whose look differs with its number."""
    look = np.random.default_rng(number).integers(0, 256, 32, np.uint8).tobytes().hex()
    return replace(GOOD, **{"hash": look, **changes})


def record(number: int, identity: str = "ann", **changes: Any) -> Record:
    """A photo with a good face."""
    plain = Record(
        key=f"key{number:03d}",
        name=f"{identity}_{number:03d}.jpg",
        source=f"/footage/{identity}/{number:03d}.jpg",
        identity=identity,
        sequence=identity,
        faces=1,
        measures=measured(number),
    )
    return replace(plain, **changes)


def arrived(folder: Path, *records: Record) -> list[Record]:
    """The records, with a small picture for each where `look` leaves it."""
    (folder / INCOMING).mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(records):
        if one.name:
            write_picture(folder / INCOMING / one.name, number)
    return list(records)


def write_picture(path: Path, number: int = 0, size: int = 16) -> Path:
    """A picture of noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(number).integers(0, 256, (size, size, 3), np.uint8)).save(path)
    return path
