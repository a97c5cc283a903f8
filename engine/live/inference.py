"""The one thread that owns the pipeline: takes the latest frame, or renders the shown one again."""

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from engine.action_units import AUVector
from engine.errors import EngineError
from engine.live.clock import Clock
from engine.live.events import EventKind, LiveEvent
from engine.live.frames import CapturedFrame, LiveFrame
from engine.live.slot import LatestSlot
from engine.live.wanted import FramePlan, Wanted
from engine.pipeline import Pipeline, PipelineSettings, StageTimes

OpenPipeline: TypeAlias = Callable[[PipelineSettings, Literal["image", "video"]], Pipeline]
_REPEAT_S: Final = 1 / 30
"""A frame that stays is rendered again no sooner, however fast a slider moves."""
_FLOW_S: Final = 0.15
"""Where frames come more often than this, a change waits for the next one."""
_REPORT_S: Final = 0.5
"""How often the times of the stages are told."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """What the thread tells of its pipeline now and then."""

    backend: str = ""
    stages: Mapping[str, StageTimes] = field(default_factory=lambda: MappingProxyType({}))


class Inference:
    """Processes frames until its inbox is closed.

    Args:
        inbox: where captured frames come from; poked when what is wanted has changed.
        wanted: returns what is wanted at this moment.
        driver: returns the driver's expression at a moment of the clock.
        publish: takes each finished frame.
        report: takes what happens.
        fail: takes the error that ends the thread.
        clock: of the session.
        open_pipeline: makes the pipeline, on this thread.

    Attributes:
        stage_report: the latest figures of the pipeline.
    """

    def __init__(
        self,
        inbox: LatestSlot[CapturedFrame],
        wanted: Callable[[], Wanted],
        driver: Callable[[float], AUVector | None],
        publish: Callable[[LiveFrame], None],
        report: Callable[[LiveEvent], None],
        fail: Callable[[BaseException], None],
        clock: Clock,
        open_pipeline: OpenPipeline,
    ) -> None:
        self.stage_report = StageReport()
        self._inbox: Final = inbox
        self._wanted: Final = wanted
        self._driver: Final = driver
        self._publish: Final = publish
        self._report: Final = report
        self._fail: Final = fail
        self._clock: Final = clock
        self._open_pipeline: Final = open_pipeline
        self._pipeline: Pipeline | None = None
        self._opened_for: tuple[PipelineSettings, Literal["image", "video"]] | None = None
        self._shown: CapturedFrame | None = None
        self._shown_for: Wanted | None = None
        self._is_settled = True
        self._arrived_at = self._rendered_at = self._next_report = 0.0
        self._numbers: Final = itertools.count()
        self._thread: Final = threading.Thread(target=self._run, name="live: inference")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has ended; close the inbox first."""
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._make_ready(self._wanted().settings, None)
            while self._step():
                pass
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._fail(error)
        finally:
            if self._pipeline is not None:
                self._pipeline.close()

    def _step(self) -> bool:
        """Process one frame, or render the shown one again; False once the inbox is closed."""
        captured = self._inbox.take(self._repeat_due())
        if self._inbox.is_closed:
            return False
        wanted = self._wanted()
        self._make_ready(wanted.settings, captured or self._shown)
        if captured is not None:
            self._shown, self._arrived_at = captured, self._clock.now()
            self._show(captured, wanted, is_repeat=False)
            return True
        due = self._repeat_due()
        if self._shown is not None and due is not None and self._clock.now() >= due:
            self._show(self._shown, wanted, is_repeat=True)
        return True

    def _repeat_due(self) -> float | None:
        """When to render the shown frame again: None where it shows what is wanted, later where a new one is near."""
        if self._shown is None:
            return None
        wanted = self._wanted()
        if wanted is self._shown_for and self._is_settled:
            return None
        due = self._rendered_at + _REPEAT_S
        return due if wanted.is_paused else max(due, self._arrived_at + _FLOW_S)

    def _make_ready(self, settings: PipelineSettings, captured: CapturedFrame | None) -> None:
        """Open the pipeline that is wanted; where it cannot be opened, an earlier one goes on."""
        mode: Literal["image", "video"] = "image" if captured is not None and captured.info.is_still else "video"
        if self._opened_for == (settings, mode):
            return
        self._opened_for = settings, mode
        try:
            pipeline = self._open_pipeline(*self._opened_for)
        except EngineError as error:
            if self._pipeline is None:
                raise
            self._report(LiveEvent(EventKind.SETTINGS_REFUSED, error.message, error.remedy))
            return
        if self._pipeline is not None:
            self._pipeline.close()
        self._pipeline = pipeline
        self._next_report = 0.0

    def _show(self, captured: CapturedFrame, wanted: Wanted, *, is_repeat: bool) -> None:
        assert self._pipeline is not None
        now = self._clock.now()
        driver = self._driver(captured.captured_at)
        plan = FramePlan(wanted.controls.at(now), captured.media_time, driver)
        (result,) = self._pipeline.process([captured.frame], plan)
        self._shown_for, self._is_settled = wanted, wanted.controls.reached(now)
        self._rendered_at = self._clock.now()
        self._publish(
            LiveFrame(
                number=next(self._numbers),
                captured=captured,
                result=result,
                shown_at=self._rendered_at,
                is_repeat=is_repeat,
                driver=driver,
            )
        )
        if self._rendered_at >= self._next_report:
            self._next_report = self._rendered_at + _REPORT_S
            self.stage_report = StageReport(self._pipeline.backend.name, self._pipeline.clock.times())
