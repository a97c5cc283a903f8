"""How fast this machine trains a configuration, measured on a few steps with random pictures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from torch import Tensor

from engine.action_units import AU_COUNT
from trainer.assembly import assemble
from trainer.config import TrainingConfig
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.identity import identity_steps
from trainer.memory import keep_freed_memory
from trainer.networks.classifiers import IdentityClassifier

_BATCHES: Final = 2
_FEW_STEPS: Final = 2
_WARM_UP_STEPS: Final = 1
_PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured.

    Attributes:
        step_s: seconds of a step.
        identity_step_s: seconds of a step of C_id's own training; 0 where there is none.
        memory_bytes: what the training takes of a GPU's memory, or of the machine's.
    """

    step_s: float
    identity_step_s: float
    memory_bytes: int


def measure_pace(config: TrainingConfig, hardware: Hardware, people: int) -> Pace:
    """Take a few steps of a training and throw it away.

    Args:
        config: the whole configuration.
        hardware: made from its `run` section.
        people: how many the training split has; the size of C_id's last layer.
    """
    if hardware.device.type == "cpu":
        keep_freed_memory()
    crops = random_crops(_BATCHES * config.schedule.batch_size, people, config.model.crop_size)
    classifier, identity_step_s = None, 0.0
    if config.losses.identity:
        classifier = IdentityClassifier(people, config.model.classifier_width, config.model.crop_size)
        hardware.place(classifier)
        steps = identity_steps(classifier, config, hardware, crops)
        identity_step_s = seconds_per_step(lambda: next(steps), hardware)
        classifier.requires_grad_(False).eval()
    training = assemble(config, hardware, crops, classifier)
    step_s = seconds_per_step(training.step, hardware)
    return Pace(step_s, identity_step_s, hardware.memory_bytes())


def seconds_per_step(
    step: Callable[[], dict[str, Tensor] | Tensor], hardware: Hardware, patience_s: float = _PATIENCE_S
) -> float:
    """Mean time of a step after a first one: of at least two steps, and of as many as fit into `patience_s`."""
    for _ in range(_WARM_UP_STEPS):
        step()
    hardware.synchronise()
    start, steps = time.perf_counter(), 0
    while steps < _FEW_STEPS or time.perf_counter() - start < patience_s:
        step()
        hardware.synchronise()
        steps += 1
    return (time.perf_counter() - start) / steps


def random_crops(count: int, people: int, size_px: int = 128) -> CropSet:
    """Noise with labels, in pairs; uint8 as crops are."""
    rng = np.random.default_rng(0)
    return CropSet(
        crops=rng.integers(0, 256, (count, size_px, size_px, 3), np.uint8),
        intensities=rng.uniform(0, 5, (count, AU_COUNT)).astype(np.float32),
        identities=np.arange(count) % people,
        identity_names=tuple(f"person {number}" for number in range(people)),
        groups=np.arange(count) // 2,
    )
