"""Looks after a training that goes on: log, figures on the test split, sample grids, checkpoints."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from torch import Tensor

from trainer.checkpoint import save_checkpoint
from trainer.data.crops import CropSet
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.journal import Journal
from trainer.samples import sample_rows, write_sample_grid
from trainer.training import Training
from trainer.validation import Validation

CHECKPOINT: Final = "last.pt"
LOG: Final = "log.jsonl"
Report: TypeAlias = Callable[[int, int, Mapping[str, float]], object]
"""Takes the steps done, their number in all, and the values logged."""


class Watch:
    """Called after every step; writes what is due, and stops a training whose numbers are no longer finite.

    Args:
        out: folder for all files.
        training: what is watched.
        hardware: of the training. Its first process writes the files.
        test: the split that figures and samples are taken on.
        report: called with every entry of the log.
    """

    def __init__(
        self, out: Path, training: Training, hardware: Hardware, test: CropSet, report: Report | None = None
    ) -> None:
        self._out = out
        self._training = training
        self._hardware = hardware
        self._test = test
        self._report = report
        self._rows = sample_rows(test, 8)
        self._validation = Validation(test, hardware.device)
        self._journal = Journal(out / LOG, training.next_step)
        self._saved_s = self._logged_s = time.monotonic()

    def after_step(self, losses: Mapping[str, Tensor]) -> None:
        """Take in the losses of the step just done.

        Raises:
            TrainingError: a loss or a weight is not finite, or a file cannot be written.
        """
        run, step = self._training.config.run, self._training.next_step
        if step % run.log_every == 0:
            self._log(losses)
        if step % run.sample_every == 0:
            self.measure()
        if time.monotonic() - self._saved_s > run.checkpoint_every_minutes * 60:
            self.save()

    def measure(self) -> None:
        """Log figures on the test split and write a sample grid, both of the averaged weights."""
        if not self._hardware.is_first:
            return
        step, average = self._training.next_step, self._training.networks.average
        with _writing(self._out):
            write_sample_grid(
                self._out / f"samples_{step:07d}.png", average, self._test, self._rows, self._hardware.device
            )
            self._journal.append(step, self._validation.measure(average))

    def save(self) -> None:
        """Write the checkpoint, unless that would put broken weights in the place of good ones."""
        broken = [
            name for name, weights in self._training.networks.state_dict().items() if not weights.isfinite().all()
        ]
        if broken:
            raise self._diverged(f"{broken[0]} is not finite")
        if self._hardware.is_first:
            save_checkpoint(self._out / CHECKPOINT, self._training.state())
        self._saved_s = time.monotonic()

    def _log(self, losses: Mapping[str, Tensor]) -> None:
        step, now = self._training.next_step, time.monotonic()
        values = {name: float(loss) for name, loss in losses.items()}
        broken = [f"{name} is {value}" for name, value in values.items() if not math.isfinite(value)]
        if self._hardware.any_says(bool(broken)):
            raise self._diverged(broken[0] if broken else "a loss of another process is not finite")
        pictures = self._training.config.run.log_every * self._training.config.schedule.batch_size
        values["images_per_second"] = pictures / (now - self._logged_s)
        self._logged_s = now
        if not self._hardware.is_first:
            return
        with _writing(self._out):
            self._journal.append(step, values)
        if self._report is not None:
            self._report(step, self._training.total_steps, values)

    def _diverged(self, reason: str) -> TrainingError:
        last = self._out / CHECKPOINT
        message = f"The training diverged: by step {self._training.next_step}, {reason}."
        lower = "Start again with a lower schedule.learning_rate"
        if not last.is_file():
            return TrainingError(message, f"{lower}; nothing was saved yet.")
        return TrainingError(message, f"{lower} from the last good weights: --initial {last} and another --out.")


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TrainingError(
            f"{error.filename or out} cannot be written: {error.strerror}.",
            "Free disk space and start the same command again; it goes on from the last checkpoint.",
        ) from error
