"""Where a training stands: a frozen picture of its processes and files, and the reader that makes it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from PySide6.QtGui import QImage

from desktop.training.course import Activity, Course, Record, follow, parse
from desktop.training.dataset_facts import DatasetFacts, read_dataset
from desktop.training.order import Order, Stage, TrainingFolder
from desktop.training.processes import Processes, ProcessKey
from desktop.training.tail import Tail

_LINES_KEPT: Final = 2000
_DONE, _CANCELLED = 0, 130


class StageState(Enum):
    """Where a stage stands."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended.

    Attributes:
        code: its exit code; None where it was ended from outside, or made a mistake of its own.
        message, remedy: of the error, where it told one.
    """

    code: int | None
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A moment of a training.

    Attributes:
        running: the stage that is under way, None where no process runs.
        ends: how each stage's last process ended.
        activity: what the process that runs, or ran last, is at; None before it tells.
        course: of the training.
        output: the last lines that the process has printed.
        preview: the latest sample grid.
        dataset: what is known of it; None while it is not made.
    """

    running: Stage | None = None
    ends: Mapping[Stage, End] = field(default_factory=dict)
    activity: Activity | None = None
    course: Course = field(default_factory=Course)
    output: tuple[str, ...] = ()
    preview: QImage | None = None
    dataset: DatasetFacts | None = None

    def state(self, stage: Stage) -> StageState:
        """Where a stage stands."""
        if stage is self.running:
            return StageState.RUNNING
        end = self.ends.get(stage)
        if end is None:
            return StageState.OPEN
        if end.code == _DONE:
            return StageState.DONE
        return StageState.STOPPED if end.code == _CANCELLED else StageState.FAILED


class StandingReader:
    """Reads what a training's folder tells. Owned by one thread at a time, which may wait for the disk.

    Args:
        folder, order: of the training.
        processes: tells which of them live.
    """

    def __init__(self, folder: TrainingFolder, order: Order, processes: Processes) -> None:
        self._folder = folder
        self._order = order
        self._processes = processes
        launch = order.launch
        self._stage = None if launch is None else launch.stage
        self._key = None if launch is None else ProcessKey(launch.pid, launch.started)
        self._log = Tail(folder.run(order) / "log.jsonl")
        self._events = None if self._stage is None else Tail(folder.events(self._stage))
        self._printed = None if self._stage is None else Tail(folder.output(self._stage))
        self._course = Course()
        self._activity: Activity | None = None
        self._output: deque[str] = deque(maxlen=_LINES_KEPT)
        self._ends = {stage: end for stage in Stage if (end := self._end_of(stage)) is not None}
        self._preview: QImage | None = None
        self._shown_samples = -1
        self._dataset = read_dataset(folder.dataset(order))
        self._was_alive: bool | None = None

    def read(self) -> Standing | None:
        """Return where the training stands, None where that is as it was."""
        alive = self._key is not None and self._processes.is_alive(self._key)
        has_news = self._read_log() | self._read_events() | self._read_output()
        if alive is self._was_alive and not has_news:
            return None
        if not alive and self._was_alive:
            self._dataset = read_dataset(self._folder.dataset(self._order))
        self._was_alive = alive
        if self._stage is not None:
            if alive:
                self._ends.pop(self._stage, None)
            else:
                self._ends[self._stage] = self._end_of(self._stage) or End(None)
        if self._course.samples != self._shown_samples:
            self._shown_samples = self._course.samples
            preview = QImage(str(self._folder.run(self._order) / "preview.png"))
            self._preview = None if preview.isNull() else preview
        return Standing(
            self._stage if alive else None,
            dict(self._ends),
            self._activity,
            self._course,
            tuple(self._output),
            self._preview,
            self._dataset,
        )

    def _read_log(self) -> bool:
        added = self._log.read()
        if added.is_anew:
            self._course = Course()
        records = parse(added.lines)
        self._course = follow(self._course, records)
        if any(record["event"] in {"start", "losses"} for record in records):
            self._activity = None  # steps tell how far it is
        return bool(records) or added.is_anew

    def _read_events(self) -> bool:
        if self._events is None:
            return False
        records = [record for record in parse(self._events.read().lines) if record["event"] == "progress"]
        if records and float(records[-1].get("time", 0)) >= self._course.time:
            self._activity = _activity(records[-1])
        return bool(records)

    def _read_output(self) -> bool:
        if self._printed is None:
            return False
        added = self._printed.read()
        self._output.extend(added.lines)
        return bool(added.lines)

    def _end_of(self, stage: Stage) -> End | None:
        """How the stage's last process ended; None where there was none."""
        path = self._folder.events(stage)
        if not path.is_file():
            return None
        ends = [record for record in parse(Tail(path).read().lines) if record["event"] == "end"]
        if not ends:
            return End(None)
        return End(int(ends[-1].get("code", 1)), str(ends[-1].get("message", "")), str(ends[-1].get("remedy", "")))


def _activity(record: Record) -> Activity:
    total = record.get("total")
    return Activity(str(record.get("what", "")), int(record.get("done", 0)), None if total is None else int(total))
