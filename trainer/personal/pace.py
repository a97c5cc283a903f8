"""How long a personal model will take on this machine, measured on a few pictures and a few steps."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import AU_COUNT
from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.media import open_source
from trainer.config import TrainingConfig
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.footage.inspection import Inspector
from trainer.hardware import Hardware
from trainer.networks.ensemble import Networks
from trainer.objectives import Objectives
from trainer.training import Training

_STEPS: Final = 2
_LOOKS: Final = 3
_START_S: Final = 6.0
"""Of the processes that look at pictures."""
_WRITE_S: Final = 25.0
"""For tracing the networks, comparing them with ONNX Runtime, and the report."""
_LABEL: Final = 0.5
"""Of the time that looking at a picture takes; finding its landmarks once more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Measured seconds.

    Attributes:
        look_s: to look at a picture.
        step_s: of a step of the training.
    """

    look_s: float
    step_s: float

    def minutes(self, pictures: int, pairs: int, steps: int, processes: int) -> tuple[float, float, float]:
        """Minutes for looking at and labelling pictures, for drawing pairs and training, and for export and report."""
        looking = _START_S + pictures * self.look_s * (1 + _LABEL) / processes
        training = pairs * self.look_s * 2 + steps * self.step_s
        return looking / 60, training / 60, _WRITE_S / 60


def measure_pace(config: TrainingConfig, source: Path) -> Pace:
    """Look at the first picture of a file a few times, and take a few steps on noise; nothing is kept."""
    return Pace(_measure_look(source), _measure_step(config))


def _measure_look(source: Path) -> float:
    with open_source(source) as opened, Inspector() as inspector:
        pixels = next(iter(opened)).pixels
        inspector.inspect(pixels)
        started = time.perf_counter()
        for _ in range(_LOOKS):
            inspector.inspect(pixels)
        return (time.perf_counter() - started) / _LOOKS


def _measure_step(config: TrainingConfig) -> float:
    hardware = Hardware(config.run)
    networks = Networks(config.model)
    hardware.place(networks)
    sampler = Sampler(_noise(config.schedule.batch_size), config.schedule.batch_size, 0, paired=True)
    training = Training(config, hardware, sampler, networks, Objectives(config.losses, hardware, networks, None, None))
    float(training.step()["total"])
    started = time.perf_counter()
    for _ in range(_STEPS):
        float(training.step()["total"])  # waits for the device
    return (time.perf_counter() - started) / _STEPS


def _noise(count: int) -> CropSet:
    size = DEFAULT_TEMPLATE.size_px
    return CropSet(
        crops=np.random.default_rng(0).integers(0, 256, (count, size, size, 3), np.uint8),
        intensities=np.zeros((count, AU_COUNT), np.float32),
        identities=np.zeros(count, np.int64),
        identity_names=("noise",),
        groups=np.zeros(count, np.int64),
    )
