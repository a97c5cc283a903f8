"""All trainings of the person: begun, found again, removed."""

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.training.order import FILE, Order, TrainingFolder, load_order, save_order
from desktop.training.processes import Processes, ProcessKey
from desktop.training.run import TrainingRun
from engine.errors import EngineError


class Trainings(QObject):
    """Owned by the UI thread.

    Args:
        folder: a folder for each training lies in it.
        background: looks at the disk.
        processes: starts and finds the trainer.

    Attributes:
        changed: there are others.
        found: all were looked at; a list of those whose process lives.
        ended: a process has ended: (run, stage).
    """

    changed = Signal()
    found = Signal(object)
    ended = Signal(object, object)

    def __init__(
        self, folder: Path, background: Background, processes: Processes | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._background = background
        self._processes = processes or Processes()
        self._runs: dict[Path, TrainingRun] = {}

    @property
    def runs(self) -> tuple[TrainingRun, ...]:
        """Those that are known, the latest first."""
        return tuple(self._runs.values())

    @property
    def running(self) -> tuple[TrainingRun, ...]:
        """Those whose process is under way."""
        return tuple(run for run in self._runs.values() if run.is_running)

    def look(self) -> None:
        """Find those that earlier sessions have left; `found` follows soon."""
        folder, processes = self._folder, self._processes
        self._background.run(lambda: _find(folder, processes), self._take)

    def begin(self, order: Order) -> TrainingRun:
        """Make the folder of a new training.

        Raises:
            ProjectError: it cannot be written.
        """
        folder = TrainingFolder(_free(self._folder, order.name))
        save_order(folder, order)
        run = self._make(folder, order)
        self._runs = {folder.path: run, **self._runs}
        run.follow()
        self.changed.emit()
        return run

    def remove(self, run: TrainingRun) -> None:
        """Delete a training that does not run, and all its files; a dataset or model elsewhere stays."""
        if run.is_running:
            return
        del self._runs[run.folder.path]
        run.close()
        path = run.folder.path
        self._background.run(lambda: shutil.rmtree(path, ignore_errors=True))
        self.changed.emit()
        run.deleteLater()

    def close(self) -> None:
        """Look no more; what runs goes on."""
        for run in self._runs.values():
            run.close()

    def _take(self, found: list[tuple[TrainingFolder, Order, bool]]) -> None:
        new = [entry for entry in found if entry[0].path not in self._runs]
        alive = []
        for folder, order, is_alive in new:
            run = self._runs[folder.path] = self._make(folder, order)
            if is_alive:
                run.follow()
                alive.append(run)
        if new:
            self.changed.emit()
        self.found.emit(alive)

    def _make(self, folder: TrainingFolder, order: Order) -> TrainingRun:
        run = TrainingRun(folder, order, self._processes, self)
        run.ended.connect(lambda stage: self.ended.emit(run, stage))
        return run


def _find(folder: Path, processes: Processes) -> list[tuple[TrainingFolder, Order, bool]]:
    """The trainings in a folder, the latest first, and whether their processes live; damaged ones are passed over."""
    found = []
    for path in sorted(folder.glob(f"*/{FILE}"), key=lambda path: path.stat().st_mtime, reverse=True):
        training = TrainingFolder(path.parent)
        try:
            order = load_order(training)
        except EngineError:
            continue
        launch = order.launch
        is_alive = launch is not None and processes.is_alive(ProcessKey(launch.pid, launch.started))
        found.append((training, order, is_alive))
    return found


def _free(folder: Path, name: str) -> Path:
    """A folder that is not there yet."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}"
    return path
