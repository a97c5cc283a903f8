"""How long a personal model will take on this machine, told before anything starts."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.media import open_source
from trainer.config import TrainingConfig
from trainer.footage.inspection import Inspector
from trainer.hardware import Hardware
from trainer.pace import measure_pace

_LOOKS: Final = 3
_START_S: Final = 6.0
"""Of the processes that look at pictures."""
_WRITE_S: Final = 25.0
"""For tracing the networks, comparing them with ONNX Runtime, and the report."""
_LANDMARKS: Final = 0.5
"""Of the time that looking at a picture takes; finding its landmarks once more, to label, pair or align it."""
_DRAW: Final = 2.0
"""Likewise; editing a picture."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected seconds.

    Attributes:
        looking: at pictures, and labelling them.
        training: drawing pairs, pairing moments, aligning all of them, and all steps.
        writing: export and report.
        step: one step.
    """

    looking: float
    training: float
    writing: float
    step: float

    @property
    def minutes(self) -> int:
        """All together, in whole minutes."""
        return max(1, round((self.looking + self.training + self.writing) / 60))


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to do: pictures to look at, pairs to draw, moments to pair with others, steps to take."""

    pictures: int
    pairs: int
    moments: int
    steps: int


def forecast(config: TrainingConfig, source: Path, extent: Extent) -> Forecast:
    """Measure this machine: look at the first picture of a file a few times, and take a few steps on noise."""
    look_s = _measure_look(source)
    step_s = measure_pace(config, Hardware(config.run), people=1).step_s
    return estimate(look_s, step_s, extent, os.cpu_count() or 1)


def estimate(look_s: float, step_s: float, extent: Extent, processes: int) -> Forecast:
    """The forecast from the seconds that a look and a step take."""
    landmarks_s = look_s * _LANDMARKS
    aligned = extent.pictures + extent.pairs + extent.moments
    return Forecast(
        looking=_START_S + extent.pictures * (look_s + landmarks_s) / processes,
        training=extent.pairs * look_s * _DRAW
        + extent.moments * landmarks_s
        + aligned * landmarks_s / processes
        + extent.steps * step_s,
        writing=_WRITE_S,
        step=step_s,
    )


def _measure_look(source: Path) -> float:
    with open_source(source) as opened, Inspector() as inspector:
        pixels = next(iter(opened)).pixels
        inspector.inspect(pixels)
        started = time.perf_counter()
        for _ in range(_LOOKS):
            inspector.inspect(pixels)
        return (time.perf_counter() - started) / _LOOKS
