"""A training from start to finish: load, assemble, step, save."""

import logging
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import torch

from engine.errors import EngineError
from trainer.assembly import assemble
from trainer.board import open_board
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.data.crop_cache import ShowProgress
from trainer.data.crops import CropSet, load_crops
from trainer.display import live_display
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.identity import pretrained_identity_classifier
from trainer.interruption import stop_requests
from trainer.journal import Journal
from trainer.keeping import LAST
from trainer.memory import keep_freed_memory
from trainer.networks.classifiers import IdentityClassifier
from trainer.readiness import check_readiness, make_folder, remarks, require_enough_pictures
from trainer.resuming import take_up
from trainer.training import Training
from trainer.watch import LOG, Report, Watch

IDENTITY_CHECKPOINT: Final = "identity.pt"
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
    """Train on the dataset in `data`; as `train`, which takes the other arguments.

    Raises:
        EngineError: what is wrong with the settings, the data, the checkpoints or the machine; all of it together,
            before anything starts.
    """
    hardware = Hardware(config.run)
    check_readiness(config, data, out, initial)
    with hardware.first_alone():
        show_progress = _progress_of(hardware, out)
        splits = Splits(
            *(load_crops(data, split, config.model.template, show_progress=show_progress) for split in Splits._fields)
        )
    if hardware.is_first:
        for remark in remarks(splits.train, splits.test, config):
            _LOGGER.warning(remark)
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
        report: called with every entry of losses.
        stop_after_steps: end this call early; a later call goes on.

    Raises:
        EngineError: a checkpoint that cannot be used, a full disk, or a training that diverges.
    """
    if hardware.device.type == "cpu":
        keep_freed_memory()
    require_enough_pictures(config, splits.train)
    make_folder(out)
    classifier = _identity_classifier(config, hardware, splits.train, out)
    training = assemble(config, hardware, splits.train, classifier)
    earlier = take_up(training, hardware, out / LAST, initial)
    start = training.next_step
    end = training.total_steps if stop_after_steps is None else min(training.total_steps, start + stop_after_steps)
    with ExitStack() as stack:
        display = stack.enter_context(live_display(training.total_steps, shown=hardware.is_first and start < end))
        board = None
        if config.run.tensorboard and hardware.is_first and start < end:
            board = stack.enter_context(open_board(out, start))
        watch = Watch(out, training, hardware, splits.test, report, display=display, board=board, earlier=earlier)
        cancelled = _run(training, hardware, watch, end, _beginning(config, hardware, splits, training))
    return Outcome(out / LAST, training.next_step, training.total_steps, cancelled)


def _run(training: Training, hardware: Hardware, watch: Watch, end: int, beginning: dict[str, Any]) -> bool:
    """Take steps up to `end`; returns whether a signal has ended them before."""
    if training.next_step >= end:
        return False
    cancelled = False
    watch.tell("start", beginning)
    try:
        with stop_requests() as stop_requested:
            watch.show_samples()
            while training.next_step < end and not cancelled:
                watch.after_step(training.step())
                cancelled = hardware.any_says(stop_requested())
            done = training.next_step == training.total_steps
            if done:
                watch.measure()
            watch.save()
    except EngineError as error:
        with suppress(TrainingError):  # must not hide why the training failed
            watch.tell("end", {"outcome": "failed", "message": error.message, "remedy": error.remedy})
        raise
    watch.tell("end", {"outcome": "done" if done else "cancelled" if cancelled else "paused"})
    return cancelled


def _beginning(config: TrainingConfig, hardware: Hardware, splits: Splits, training: Training) -> dict[str, Any]:
    """What the log's first record says."""
    return {
        "total_steps": training.total_steps,
        "steps_per_epoch": training.total_steps // config.schedule.epochs,
        "batch_size": config.schedule.batch_size,
        "pictures": len(splits.train.crops),
        "people": len(splits.train.identity_names),
        "test_pictures": len(splits.test.crops),
        "variant": config.model.variant,
        "device": str(hardware.device),
        "processes": hardware.process[1],
        "precision": hardware.precision,
    }


def _progress_of(hardware: Hardware, out: Path) -> ShowProgress:
    """Progress bars of what comes before the first step, on the terminal and in the log."""
    if not hardware.is_first:
        return hardware.progress_bar
    last = out / LAST
    make_folder(out)
    return Journal(out / LOG, load_checkpoint(last)["step"] if last.is_file() else 0).show_progress


def _identity_classifier(
    config: TrainingConfig, hardware: Hardware, crops: CropSet, out: Path
) -> IdentityClassifier | None:
    """C_id, trained on the first call, where the identity loss is on."""
    if not config.losses.identity:
        return None
    torch.manual_seed(config.run.seed)
    show_progress = _progress_of(hardware, out)
    return pretrained_identity_classifier(config, hardware, crops, out / IDENTITY_CHECKPOINT, show_progress)
