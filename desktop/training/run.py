"""One training: what is asked for, where it stands, and its process."""

import platform
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.training.commands import arguments, description
from desktop.training.follower import Follower
from desktop.training.order import Launch, Order, Stage, TrainingFolder, save_order
from desktop.training.processes import Processes, ProcessKey
from desktop.training.standing import StageState, Standing, StandingReader
from engine.errors import EngineError, ModelError

_SECONDS_AN_HOUR = 3600


class TrainingRun(QObject):
    """Owned by the UI thread. Its process outlives it, and is found again by the folder.

    Args:
        folder: of the training.
        order: what is asked for.
        processes: starts and finds the trainer.

    Attributes:
        changed: order or standing are others.
        ended: a process has ended: (stage).
    """

    changed = Signal()
    ended = Signal(object)
    _told = Signal(object, object)

    def __init__(
        self, folder: TrainingFolder, order: Order, processes: Processes, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self._order = order
        self._processes = processes
        self._standing = Standing()
        self._follower: Follower | None = None
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def order(self) -> Order:
        """What is asked for."""
        return self._order

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return self._standing

    @property
    def is_running(self) -> bool:
        """Whether a process was under way at the last look."""
        return self._standing.running is not None

    @property
    def is_followed(self) -> bool:
        """Whether its folder was looked at, so that its standing is known or soon will be."""
        return self._follower is not None

    @property
    def next_stage(self) -> Stage | None:
        """The first stage on the way to the model that is not done, None where there is a model."""
        open_stages = (stage for stage in self._order.stages if self._standing.state(stage) is not StageState.DONE)
        return next(open_stages, None)

    def change(self, **wishes: Any) -> None:
        """Ask for something else; written at once.

        Raises:
            ProjectError: it cannot be written.
        """
        order = Order.model_validate({**dict(self._order), **wishes})
        if order != self._order:
            save_order(self.folder, order)
            self._order = order
            self.changed.emit()

    def start(self, stage: Stage) -> None:
        """Start a stage, or go on with it.

        Raises:
            EngineError: it cannot be started.
        """
        if self.is_running:
            return
        dataset = self._standing.dataset
        self.change(one_person=dataset is not None and dataset.has_one_person)
        if stage is Stage.EXPORT:
            self._describe()
        folder, order = self.folder, self._order
        key = self._processes.start(arguments(folder, order, stage), folder.events(stage), folder.output(stage))
        self.change(launch=Launch(stage=stage, pid=key.pid, started=key.started))
        self._standing = Standing(
            stage, self._standing.ends, None, self._standing.course, (), self._standing.preview, dataset
        )
        self.changed.emit()
        self.follow()

    def stop(self) -> None:
        """Stop the process as Ctrl-C does."""
        self._end(self._processes.interrupt)

    def kill(self) -> None:
        """End the process at once."""
        self._end(self._processes.kill)

    def follow(self) -> None:
        """Look at the folder, and go on looking as long as a process runs."""
        self.close()
        make_reader = partial(StandingReader, self.folder, self._order, self._processes)
        self._follower = follower = Follower(make_reader, lambda standing: self._told.emit(follower, standing))
        follower.start()

    def close(self) -> None:
        """Look no more; the process goes on."""
        if self._follower is not None:
            self._follower.stop()
            self._follower = None

    def _end(self, how: Callable[[ProcessKey], None]) -> None:
        launch = self._order.launch
        if launch is not None:
            how(ProcessKey(launch.pid, launch.started))

    def _describe(self) -> None:
        course = self._standing.course
        hardware = f"{course.device or 'cpu'}, {platform.machine()}"
        text = description(self._order, hardware, course.seconds / _SECONDS_AN_HOUR)
        try:
            self.folder.description.write_text(text, "utf-8")
        except OSError as error:
            raise ModelError(
                f"{self.folder.description} cannot be written: {error.strerror}.", "Free disk space."
            ) from error

    def _take(self, follower: Follower, standing: Standing) -> None:
        if follower is not self._follower:
            return  # it was stopped after it had told this
        before, self._standing = self._standing, standing
        self.changed.emit()
        if before.running is not None and standing.running is None:
            self.ended.emit(before.running)


def fault_of(run: TrainingRun, stage: Stage) -> EngineError | None:
    """Return why the stage's last process failed, None where it did not."""
    standing = run.standing
    if standing.state(stage) is not StageState.FAILED:
        return None
    end = standing.ends[stage]
    if end.message:
        return EngineError(end.message, end.remedy)
    if end.code is None:
        return EngineError("The trainer ended without a word.", "The log may tell why. Start again; it goes on.")
    return EngineError("The trainer did not take the command.", "The log shows what it says.")
