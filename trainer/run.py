"""A training from start to finish: set up, step, log, sample, save."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import torch
from lightning.fabric import Fabric
from torch import Tensor

from engine.errors import EngineError
from engine.faces.alignment import DEFAULT_TEMPLATE
from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import TrainingConfig
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet, load_crops
from trainer.identity import pretrained_identity_classifier
from trainer.memory import keep_freed_memory
from trainer.networks.ensemble import Networks
from trainer.networks.vgg19 import Vgg19Features
from trainer.objectives import Objectives
from trainer.samples import sample_rows, write_sample_grid
from trainer.training import Training
from trainer.validation import Validation


def computes_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 faster than float32."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return bool(torch.cpu._is_amx_tile_supported())


def make_fabric(config: TrainingConfig) -> Fabric:
    """Devices and precision as configured."""
    precision = config.run.precision
    if precision == "auto":
        precision = "bf16-mixed" if computes_bfloat16() else "32-true"
    if config.run.threads:
        torch.set_num_threads(config.run.threads)
    fabric = Fabric(accelerator="auto", devices=1, precision=precision)
    fabric.launch()
    return fabric


def run_training(
    config: TrainingConfig,
    data: Path,
    out: Path,
    initial: Path | None = None,
    report: Callable[[int, int, dict[str, float]], None] | None = None,
    stop_after_steps: int | None = None,
) -> Path:
    """Train on `data` and return the last checkpoint; goes on from `out` where it holds one.

    Args:
        config: the whole configuration.
        data: folder in the dataset format.
        out: folder for checkpoints, the log (`log.jsonl`) and sample grids.
        initial: checkpoint whose weights a new training starts from.
        report: called with step, number of steps and the logged values.
        stop_after_steps: end this call early; a later call goes on.

    Raises:
        EngineError: bad data or checkpoint, a full disk, or a loss that is no longer finite.
    """
    keep_freed_memory()
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.run.seed)
    fabric = make_fabric(config)
    crops = load_crops(data, "train", DEFAULT_TEMPLATE)
    training = _set_up(config, fabric, crops, out)
    last = out / "last.pt"
    if last.is_file():
        training.load_state(load_checkpoint(last))
    elif initial is not None:
        training.networks.load_state_dict(load_checkpoint(initial)["networks"])
    journal = _Journal(out, training, load_crops(data, "test", DEFAULT_TEMPLATE), fabric.device, report)
    end = (
        training.total_steps
        if stop_after_steps is None
        else min(training.total_steps, training.next_step + stop_after_steps)
    )
    try:
        while training.next_step < end:
            journal.note(training.step())
    finally:
        journal.save()
    return last


def _set_up(config: TrainingConfig, fabric: Fabric, crops: CropSet, out: Path) -> Training:
    layout = torch.channels_last if computes_bfloat16() else torch.contiguous_format
    networks = Networks(config.model).to(memory_format=layout)
    classifier = pretrained_identity_classifier(config, crops, out, fabric) if config.losses.identity else None
    features = Vgg19Features(config.losses.perceptual_layer).to(fabric.device) if config.losses.perceptual else None
    sampler = Sampler(crops, config.schedule.batch_size, config.run.seed, paired=config.losses.uses_pairs)
    objectives = Objectives(config.losses, networks.to(fabric.device), classifier, features)
    return Training(config, fabric, sampler, networks, objectives)


class _Journal:
    """Writes the log, sample grids and checkpoints of a training that goes on."""

    def __init__(
        self,
        out: Path,
        training: Training,
        test: CropSet,
        device: torch.device,
        report: Callable[[int, int, dict[str, float]], None] | None,
    ) -> None:
        self._out = out
        self._training = training
        self._test = test
        self._rows = sample_rows(test, 8)
        self._validation = Validation(test, device)
        self._device = device
        self._report = report
        self._saved = self._logged = time.monotonic()

    def note(self, losses: dict[str, Tensor]) -> None:
        """Take in the losses of the step just done."""
        run, step = self._training.config.run, self._training.next_step
        if step % run.log_every == 0:
            self._log(step, {name: float(value) for name, value in losses.items()})
        if step % run.sample_every == 0:
            self._sample(step)
        if time.monotonic() - self._saved > run.checkpoint_every_minutes * 60:
            self.save()

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(self._out / "last.pt", self._training.state())
        self._saved = time.monotonic()

    def _log(self, step: int, values: dict[str, float]) -> None:
        now = time.monotonic()
        values["images_per_second"] = (
            self._training.config.run.log_every * self._training.config.schedule.batch_size / (now - self._logged)
        )
        self._logged = now
        if not all(map(_is_finite, values.values())):
            raise EngineError(
                f"The training diverged at step {step}: {values}.",
                f"Lower the learning rate and go on from {self._out / 'last.pt'}.",
            )
        self._append({"step": step, **values})
        if self._report is not None:
            self._report(step, self._training.total_steps, values)

    def _sample(self, step: int) -> None:
        average = self._training.networks.average
        write_sample_grid(self._out / f"samples_{step:07d}.png", average, self._test, self._rows, self._device)
        self._append({"step": step, **self._validation.measure(average)})

    def _append(self, record: dict[str, float]) -> None:
        with (self._out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")


def _is_finite(value: float) -> bool:
    return value == value and abs(value) != float("inf")
