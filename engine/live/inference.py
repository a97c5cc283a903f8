"""The one thread that edits faces: takes the latest frame in which they were found, or renders the shown one again."""

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.action_units import AUVector
from engine.live.clock import Clock
from engine.live.driver import Performance, Reading
from engine.live.finding import FoundFaces
from engine.live.frames import CapturedFrame, LiveFrame
from engine.live.opened import OpenedPipelines
from engine.live.slot import LatestSlot
from engine.live.wanted import FramePlan, Wanted
from engine.pipeline import Pipeline, StageTimes

_REPEAT_S: Final = 1 / 30
"""A frame that stays is rendered again no sooner, however fast a slider moves."""
_FLOW_S: Final = 0.15
"""Where frames come more often than this, a change waits for the next one."""
_SMOOTHING: Final = 0.1
_REPORT_S: Final = 0.5
"""How often the times of the stages are told."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """What the thread tells of its pipeline now and then."""

    backend: str = ""
    stages: Mapping[str, StageTimes] = field(default_factory=lambda: MappingProxyType({}))


class Inference:
    """Edits frames until its inbox is closed. The only thread that touches the backend.

    Each frame is made with one immutable snapshot of what is wanted, so no edit is ever half applied.

    Args:
        inbox: where frames come from; poked when what is wanted has changed.
        wanted: returns what is wanted at this moment.
        performance: returns the driver's readings, None without a driver.
        publish: takes each finished frame.
        fail: takes the error that ends the thread.
        clock: of the session.
        opened: the session's pipelines.

    Attributes:
        stage_report: the latest figures of the pipeline.
    """

    def __init__(
        self,
        inbox: LatestSlot[FoundFaces],
        wanted: Callable[[], Wanted],
        performance: Callable[[], Performance | None],
        publish: Callable[[LiveFrame], None],
        fail: Callable[[BaseException], None],
        clock: Clock,
        opened: OpenedPipelines,
    ) -> None:
        self.stage_report = StageReport()
        self._inbox: Final = inbox
        self._wanted: Final = wanted
        self._performance: Final = performance
        self._publish: Final = publish
        self._fail: Final = fail
        self._clock: Final = clock
        self._opened: Final = opened
        self._pipeline: Pipeline | None = None
        self._shown: FoundFaces | None = None
        self._shown_for: Wanted | None = None
        self._shown_reading: Reading | None = None
        self._is_settled = True
        self._arrived_at = self._rendered_at = self._next_report = 0.0
        self._numbers: Final = itertools.count()
        self._editing_since: float | None = None
        self._edit_s = 0.0
        self._thread: Final = threading.Thread(target=self._run, name="live: inference")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has ended; close the inbox first."""
        if self._thread.ident is not None:
            self._thread.join()

    def free_at(self) -> float:
        """When it will probably be ready for a frame that is found next; any thread may ask."""
        since = self._editing_since
        waiting_s = self._edit_s if self._inbox.is_full else 0.0
        return waiting_s + (0.0 if since is None else since + self._edit_s)

    def _run(self) -> None:
        try:
            while self._step():
                pass
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._fail(error)

    def _step(self) -> bool:
        """Edit one frame, or the shown one again; False once the inbox is closed."""
        found = self._inbox.take(self._repeat_due())
        if self._inbox.is_closed:
            return False
        if found is not None:
            if found.pipeline is not self._pipeline:
                self._opened.close_before(found.pipeline)
                self._pipeline, self._next_report = found.pipeline, 0.0
            self._shown, self._arrived_at = found, self._clock.now()
            self._show(found, is_repeat=found.is_repeat)
            return True
        due = self._repeat_due()
        if self._shown is not None and due is not None and self._clock.now() >= due:
            self._show(self._shown, is_repeat=True)
        return True

    def _repeat_due(self) -> float | None:
        """When to render the shown frame again: None where it shows what is wanted, later where a new one is near."""
        if self._shown is None:
            return None
        wanted = self._wanted()
        performance = self._performance()
        is_driven = performance is not None and performance.latest is not self._shown_reading
        if wanted is self._shown_for and self._is_settled and not is_driven:
            return None
        due = self._rendered_at + (0.0 if is_driven else _REPEAT_S)
        return due if wanted.is_paused else max(due, self._arrived_at + _FLOW_S)

    def _show(self, found: FoundFaces, *, is_repeat: bool) -> None:
        wanted = self._wanted()
        captured, pipeline = found.captured, found.pipeline
        now = self._clock.now()
        driver, taken_at = self._driver(captured, is_repeat=is_repeat)
        plan = FramePlan(wanted.controls.at(now), captured.media_time, driver)
        self._editing_since = now
        (result,) = pipeline.edit([found.found], plan)
        self._editing_since = None
        self._shown_for, self._is_settled = wanted, wanted.controls.reached(now)
        self._rendered_at = self._clock.now()
        self._edit_s += _SMOOTHING * (self._rendered_at - now - self._edit_s)
        if self._rendered_at >= self._next_report:
            self._next_report = self._rendered_at + _REPORT_S
            self.stage_report = StageReport(pipeline.backend.name, pipeline.clock.times())
        self._publish(
            LiveFrame(
                number=next(self._numbers),
                captured=captured,
                result=result,
                shown_at=self._rendered_at,
                is_repeat=is_repeat,
                driver=driver,
                taken_at=taken_at,
            )
        )

    def _driver(self, captured: CapturedFrame, *, is_repeat: bool) -> tuple[AUVector | None, float]:
        """The driver's expression of a frame's moment, or for a frame that stays its latest one; and when that was."""
        performance = self._performance()
        self._shown_reading = None if performance is None else performance.latest
        if not is_repeat:
            return (None if performance is None else performance.at(captured.captured_at)), captured.captured_at
        if self._shown_reading is None:
            return None, self._clock.now()
        return self._shown_reading.expression, self._shown_reading.captured_at
