"""A live session: an input, the pipeline and the outputs, each on threads of their own."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import Final, Self

from engine.controls import Controls, EasedControls
from engine.errors import EngineError
from engine.live.capture import Capture
from engine.live.clock import Clock, MonotonicClock
from engine.live.events import EventKind, LiveEvent
from engine.live.frames import CapturedFrame, LiveFrame
from engine.live.inference import Inference, OpenPipeline
from engine.live.inputs import LiveInput, OpenInput, open_input
from engine.live.slot import LatestSlot
from engine.live.statistics import LiveStatistics, Meter
from engine.live.wanted import Wanted
from engine.media.cameras import TIME_BASE
from engine.pipeline import PipelineSettings, open_pipeline
from engine.types import Frame


class LiveSession:
    """Shows an input with changed expressions until it is closed.

    Its methods may be called from one thread, a user interface's for instance; they return at once, `close` excepted.
    `on_frame` and `on_event` are called on the session's threads and must return at once.

    Args:
        source: what to show.
        controls: what to make of the expression.
        settings: model, backend and compositing.
        on_frame: takes every finished frame, in order. A receiver that is slow takes `wait_frame` instead.
        on_event: takes what else happens.
        clock, open_input, open_pipeline: where time, inputs and pipeline come from.
    """

    def __init__(
        self,
        source: LiveInput,
        controls: Controls | None = None,
        settings: PipelineSettings | None = None,
        *,
        on_frame: Callable[[LiveFrame], None] | None = None,
        on_event: Callable[[LiveEvent], None] | None = None,
        clock: Clock | None = None,
        open_input: OpenInput = open_input,
        open_pipeline: OpenPipeline = open_pipeline,
    ) -> None:
        self._clock: Final = clock or MonotonicClock()
        self._on_frame: Final = on_frame
        self._on_event: Final = on_event
        self._open_input: Final = open_input
        self._wanted = Wanted(EasedControls(controls or Controls()), settings or PipelineSettings())
        self._began: Final = self._clock.now()
        self._meter: Final = Meter(self._clock)
        self._inbox: Final[LatestSlot[CapturedFrame]] = LatestSlot(self._clock)
        self._preview: Final[LatestSlot[LiveFrame]] = LatestSlot(self._clock)
        self._last_time = Fraction(-1)
        self._captured = 0
        self._error: BaseException | None = None
        self._inference: Final = Inference(
            self._inbox,
            lambda: self._wanted,
            lambda moment: None,
            self._publish,
            self._report,
            self._fail,
            self._clock,
            open_pipeline,
        )
        self._capture = self._capture_of(source)

    def start(self) -> None:
        """Open everything and begin."""
        self._inference.start()
        self._capture.start()

    def close(self) -> None:
        """End all threads and give the input back; may be called again."""
        self._capture.close()
        self._inbox.close()
        self._inference.join()
        self._preview.close()

    @property
    def error(self) -> BaseException | None:
        """What ended the session, None while nothing did."""
        return self._error

    def set_controls(self, controls: Controls, ease_s: float = 0.0) -> None:
        """Show other expressions from now on, or move there within `ease_s` seconds."""
        self._want(controls=self._wanted.controls.towards(controls, self._clock.now(), ease_s))

    def set_settings(self, settings: PipelineSettings) -> None:
        """Use another model, backend or compositing; where it cannot be opened, an event says so."""
        self._want(settings=settings)

    def pause(self) -> None:
        """Keep the frame that shows; changes of the controls still show on it."""
        self._capture.playback.pause()
        self._want(is_paused=True)

    def resume(self) -> None:
        """Go on: a file from where it stood, a camera with what it sees now."""
        self._capture.playback.resume()
        self._want(is_paused=False)

    def seek(self, time: Fraction) -> None:
        """Show a file from `time`, in seconds from its start; a camera takes no notice."""
        self._capture.playback.seek(time)

    def wait_frame(self, timeout_s: float | None = None) -> LiveFrame | None:
        """Wait for a frame that has not been taken; None after the timeout, or where the session is over."""
        return self._preview.take(None if timeout_s is None else self._clock.now() + timeout_s)

    def statistics(self) -> LiveStatistics:
        """How it is going."""
        report = self._inference.stage_report
        return self._meter.snapshot(
            dropped=self._inbox.dropped,
            stages=report.stages,
            backend=report.backend,
            recorded=None,
            virtual_camera=None,
        )

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self._inbox.poke()

    def _capture_of(self, source: LiveInput) -> Capture:
        return Capture("source", source, self._captured_frame, self._report, self._fail, self._clock, self._open_input)

    def _captured_frame(self, frame: Frame, captured_at: float) -> None:
        """Take a frame of the input, on the reader's thread."""
        self._meter.captured()
        elapsed = Fraction(round((captured_at - self._began) / TIME_BASE)) * TIME_BASE
        self._last_time = max(self._last_time + TIME_BASE, elapsed)
        self._inbox.put(CapturedFrame(Frame(frame.pixels, self._last_time, self._captured), frame.time, captured_at))
        self._captured += 1

    def _publish(self, frame: LiveFrame) -> None:
        """Hand a finished frame to all who show or keep it, on the inference thread."""
        if not frame.is_repeat:
            self._meter.shown(frame.shown_at - frame.captured_at, int(frame.result.face is not None))
        self._preview.put(frame)
        if self._on_frame is not None:
            self._on_frame(frame)

    def _report(self, event: LiveEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def _fail(self, error: BaseException) -> None:
        """End the session because of an error, on the thread that met it."""
        if self._error is not None:
            return
        self._error = error
        self._inbox.close()
        self._preview.close()
        remedy = error.remedy if isinstance(error, EngineError) else "Please report this as a fault of the program."
        message = error.message if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
        self._report(LiveEvent(EventKind.FAILED, message, remedy))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
