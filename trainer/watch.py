"""Looks after a training that goes on: log, TensorBoard, figures on the test split, sample grids, checkpoints."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

from torch import Tensor

from trainer.board import Board
from trainer.data.crops import CropSet
from trainer.display import Display
from trainer.errors import TrainingError
from trainer.guard import DivergenceGuard
from trainer.hardware import Hardware
from trainer.journal import Event, Journal
from trainer.keeping import BEST, LAST, Keeper
from trainer.samples import expression_grid, sample_rows, sweep_grid, write_picture
from trainer.training import Training, rate_factor
from trainer.validation import Validation, score

LOG: Final = "log.jsonl"
PREVIEW: Final = "preview.png"
Report: TypeAlias = Callable[[int, int, Mapping[str, float]], object]
"""Takes the steps done, their number in all, and the values logged."""
_FACES: Final = 8
_SWEPT_FACES: Final = 2


class Watch:
    """Called after every step; writes what is due, and stops a training that diverges.

    Args:
        out: folder for all files.
        training: what is watched.
        hardware: of the training. Its first process writes the files.
        test: the split that figures and samples are taken on.
        report: called with every entry of losses.
        display, board: shown and written to as the log is.
        earlier: what `state` has put into the checkpoint from which the training goes on.
    """

    def __init__(
        self,
        out: Path,
        training: Training,
        hardware: Hardware,
        test: CropSet,
        report: Report | None = None,
        *,
        display: Display | None = None,
        board: Board | None = None,
        earlier: Mapping[str, Any] | None = None,
    ) -> None:
        run, earlier = training.config.run, earlier or {}
        self._out = out
        self._training = training
        self._hardware = hardware
        self._test = test
        self._report = report
        self._display = display or Display(training.total_steps)
        self._board = board
        self._rows = sample_rows(test, _FACES)
        self._validation = Validation(test, hardware.device)
        self._journal = Journal(out / LOG, training.next_step) if hardware.is_first else None
        self._guard = DivergenceGuard(training.config.losses, run.divergence_factor, earlier.get("guard"))
        self._keeper = Keeper(out, earlier.get("best_score"))
        self._saved_s = self._logged_s = time.monotonic()

    def after_step(self, losses: Mapping[str, Tensor]) -> None:
        """Take in the losses of the step just done.

        Raises:
            TrainingError: a loss or a weight is not finite, the loss has grown far beyond what it was, or a file cannot
                be written.
        """
        run, step = self._training.config.run, self._training.next_step
        self._display.step(step)
        if step % run.log_every == 0:
            self._log(losses)
        if step % run.sample_every == 0:
            self.measure()
        if run.keep_every and step % run.keep_every == 0:
            with self._apart():
                self._require_finite_weights()
                self._write(lambda: self._keeper.save_step(self._state(), run.keep_count))
        if time.monotonic() - self._saved_s > run.checkpoint_every_minutes * 60:
            self.save()

    def tell(self, event: Event, values: Mapping[str, Any]) -> None:
        """Add a record of the training as a whole to the log."""
        if self._journal is not None:
            with _writing(self._out):
                self._journal.append(event, self._training.next_step, values)

    def measure(self) -> None:
        """Take figures on the test split and write sample grids, all of the averaged weights; keep the best weights."""
        if not self._hardware.is_first:
            return
        networks = self._training.networks
        classifier = networks.expression_classifier if self._training.config.losses.expression else None
        with self._apart():
            figures = self._validation.measure(networks.average, classifier)
            figures["test_score"] = score(figures)
            self.tell("figures", figures)
            self._display.figures(figures)
            if self._board is not None:
                self._board.numbers("test", self._training.next_step, figures)
            self.show_samples()
            self._write(lambda: self._keeper.save_best(self._state(), figures["test_score"]))

    def show_samples(self) -> None:
        """Write sample grids of the averaged weights."""
        if not self._hardware.is_first:
            return
        step, average, device = self._training.next_step, self._training.networks.average, self._hardware.device
        expressions = expression_grid(average, self._test, self._rows, device)
        file = self._out / f"samples_{step:07d}.png"
        with _writing(self._out):
            if step:
                write_picture(file, expressions)
            write_picture(self._out / PREVIEW, expressions)
            if self._board is not None:
                self._board.picture("expressions", step, expressions)
                swept = sweep_grid(average, self._test, self._rows[:_SWEPT_FACES], device)
                self._board.picture("sweeps", step, swept)
                self._board.flush()
        self.tell("samples", {"file": file.name if step else PREVIEW, "preview": PREVIEW})

    def save(self) -> None:
        """Write the checkpoint, unless that would put broken weights in the place of good ones."""
        with self._apart():
            self._require_finite_weights()
            self._write(lambda: self._keeper.save_last(self._state()))
        self._saved_s = time.monotonic()

    def _state(self) -> dict[str, Any]:
        """All that a checkpoint holds: the training's own state and what this object knows of it."""
        best = self._keeper.best_score
        known = {"best_score": best if math.isfinite(best) else None, "guard": self._guard.state}
        return {**self._training.state(), "watch": known}

    def _write(self, save: Callable[[], Path | None]) -> None:
        if self._hardware.is_first and (path := save()):
            self.tell("checkpoint", {"file": path.name})
            self._display.news(f"{path} holds step {self._training.next_step:,}")

    def _require_finite_weights(self) -> None:
        for name, weights in self._training.networks.state_dict().items():
            if not weights.isfinite().all():
                raise self._diverged(f"{name} is not finite")

    def _log(self, losses: Mapping[str, Tensor]) -> None:
        values = self._hardware.means(losses)
        broken = [f"{name} is {value}" for name, value in values.items() if not math.isfinite(value)]
        if self._hardware.any_says(bool(broken)):
            raise self._diverged(broken[0] if broken else "a loss of another process is not finite")
        if fault := self._guard.fault(values):
            raise self._diverged(fault)
        step, total, config = self._training.next_step, self._training.total_steps, self._training.config
        now = time.monotonic()
        seconds, self._logged_s = now - self._logged_s, now
        if not self._hardware.is_first:
            return
        factor = rate_factor(config.schedule, step - 1, total)
        speed = {"images_per_second": config.run.log_every * config.schedule.batch_size / seconds}
        rates = {
            "learning_rate": factor * config.schedule.learning_rate,
            "classifier_learning_rate": factor * config.schedule.classifier_learning_rate,
        }
        left_s = (total - step) * seconds / config.run.log_every
        memory = self._hardware.memory_bytes()
        self.tell("losses", {**values, **speed, **rates, "seconds_left": left_s, "memory_bytes": memory})
        self._display.losses(values, speed["images_per_second"], left_s)
        if self._board is not None:
            for group, numbers in (("losses", values), ("rates", rates), ("speed", speed)):
                self._board.numbers(group, step, numbers)
        if self._report is not None:
            self._report(step, total, {**values, **speed})

    def _diverged(self, reason: str) -> TrainingError:
        message = f"The training diverged: by step {self._training.next_step}, {reason}."
        lower = "Start again with a lower schedule.learning_rate"
        good = next((self._out / name for name in (BEST, LAST) if (self._out / name).is_file()), None)
        if good is None:
            return TrainingError(message, f"{lower}; nothing was saved yet.")
        return TrainingError(message, f"{lower} from the last good weights: --initial {good} and another --out.")

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Do not count the block's time among that of the steps."""
        start = time.monotonic()
        yield
        self._logged_s += time.monotonic() - start


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TrainingError(
            f"{error.filename or out} cannot be written: {error.strerror}.",
            "Free disk space and start the same command again; it goes on from the last checkpoint.",
        ) from error
