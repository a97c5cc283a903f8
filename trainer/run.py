"""A training from start to finish: load, assemble, step, save."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import torch
from pydantic import ValidationError

from engine.errors import ModelError
from engine.faces.alignment import DEFAULT_TEMPLATE
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.config_files import changed_settings
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet, load_crops
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.identity import pretrained_identity_classifier
from trainer.interruption import stop_requests
from trainer.memory import keep_freed_memory
from trainer.networks.ensemble import Networks
from trainer.networks.vgg19 import Vgg19Features
from trainer.objectives import Objectives
from trainer.training import Training
from trainer.watch import CHECKPOINT, Report, Watch

IDENTITY_CHECKPOINT: Final = "identity.pt"
_NAMES_SHOWN: Final = 5
_LOGGER: Final = logging.getLogger(__name__)


class Splits(NamedTuple):
    """What is trained on, and what figures are taken on; no person is in both."""

    train: CropSet
    test: CropSet


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended.

    Attributes:
        checkpoint: the file from which the training goes on, and which can be exported.
        step: steps done.
        total_steps: of the whole training.
        cancelled: whether Ctrl-C or a termination signal ended the call.
    """

    checkpoint: Path
    step: int
    total_steps: int
    cancelled: bool


def run_training(
    config: TrainingConfig,
    data: Path,
    out: Path,
    initial: Path | None = None,
    report: Report | None = None,
    stop_after_steps: int | None = None,
) -> Outcome:
    """Train on the dataset in `data`; as `train`, which takes the other arguments."""
    hardware = Hardware(config.run)
    with hardware.first_alone():
        splits = Splits(*(load_crops(data, split, DEFAULT_TEMPLATE) for split in Splits._fields))
    without_face = splits.train.without_face + splits.test.without_face
    if without_face and hardware.is_first:
        named = ", ".join(without_face[:_NAMES_SHOWN]) + (", …" if len(without_face) > _NAMES_SHOWN else "")
        _LOGGER.warning("Pictures without a face are left out, %d: %s", len(without_face), named)
    return train(config, hardware, splits, out, initial, report, stop_after_steps)


def train(
    config: TrainingConfig,
    hardware: Hardware,
    splits: Splits,
    out: Path,
    initial: Path | None = None,
    report: Report | None = None,
    stop_after_steps: int | None = None,
) -> Outcome:
    """Train, going on from `out` where it holds a checkpoint.

    Args:
        config: the whole configuration.
        hardware: made from its `run` section.
        splits: the data.
        out: folder for checkpoints, the log (`log.jsonl`) and sample grids.
        initial: checkpoint whose weights a new training starts from.
        report: called with every entry of the log.
        stop_after_steps: end this call early; a later call goes on.

    Raises:
        EngineError: a checkpoint that cannot be used, a full disk, or numbers that are no longer finite.
    """
    if hardware.device.type == "cpu":
        keep_freed_memory()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"{out} cannot be made: {error.strerror}.", "Choose another --out.") from error
    training = _assemble(config, hardware, splits.train, out)
    _take_up(training, out / CHECKPOINT, initial)
    watch = Watch(out, training, hardware, splits.test, report)
    start = training.next_step
    end = training.total_steps if stop_after_steps is None else min(training.total_steps, start + stop_after_steps)
    cancelled = False
    with stop_requests() as stop_requested, hardware.progress_bar("Training", training.total_steps) as progress:
        while training.next_step < end and not cancelled:
            watch.after_step(training.step())
            progress(training.next_step)
            cancelled = hardware.any_says(stop_requested())
            if cancelled or training.next_step == end:
                watch.save()
    if start < training.next_step == training.total_steps:
        watch.measure()
    return Outcome(out / CHECKPOINT, training.next_step, training.total_steps, cancelled)


def _assemble(config: TrainingConfig, hardware: Hardware, crops: CropSet, out: Path) -> Training:
    losses, schedule = config.losses, config.schedule
    torch.manual_seed(config.run.seed)
    networks = Networks(config.model)
    hardware.place(networks)
    classifier = features = None
    if losses.identity:
        classifier = pretrained_identity_classifier(config, hardware, crops, out / IDENTITY_CHECKPOINT)
    if losses.perceptual:
        features = Vgg19Features(losses.perceptual_layer)
        hardware.place(features)
    sampler = Sampler(crops, schedule.batch_size, config.run.seed, paired=losses.uses_pairs, process=hardware.process)
    objectives = Objectives(losses, hardware, networks, classifier, features)
    return Training(config, hardware, sampler, networks, objectives)


def _take_up(training: Training, last: Path, initial: Path | None) -> None:
    """Go on from the checkpoint `last` where there is one, otherwise start from the weights of `initial`, if any."""
    path = last if last.is_file() else initial
    if path is None:
        return
    content = load_checkpoint(path)
    try:
        if path is last:
            _check_settings(training.config, content["config"], last)
            training.load_state(content)
        else:
            training.networks.load_state_dict(content["networks"])
    except (KeyError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The checkpoint {path} does not fit: {str(error).splitlines()[0]}",
            "Give the [model] section the sizes that it was made with.",
        ) from error


def _check_settings(config: TrainingConfig, saved: dict[str, Any], last: Path) -> None:
    try:
        changes = changed_settings(TrainingConfig.model_validate(saved), config)
    except ValidationError as error:
        raise ModelError(f"The settings in {last} are another version's.", "Choose another --out.") from error
    if changes:
        raise TrainingError(
            f"{last} belongs to a training with other settings: {', '.join(changes)}.",
            f"Choose another --out; --initial {last} starts it from these weights.",
        )
