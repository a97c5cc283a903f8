"""A live session: an input, the pipeline and the outputs, each on threads of their own."""

import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import Final, Self

from engine.controls import Controls, EasedControls
from engine.live.capture import Capture
from engine.live.clock import Clock, MonotonicClock
from engine.live.driver import Driver, OpenReader, Performance, open_driver_reader
from engine.live.events import EventKind, LiveEvent, event_of
from engine.live.finding import Finding, FoundFaces, OpenPipeline
from engine.live.frames import CapturedFrame, LiveFrame
from engine.live.inference import Inference
from engine.live.inputs import LiveInput, OpenInput, open_input
from engine.live.opened import OpenedPipelines
from engine.live.outputs import Outputs
from engine.live.recorder import RecordingSettings
from engine.live.slot import LatestSlot
from engine.live.statistics import LiveStatistics, Meter
from engine.live.wanted import NeutralCall, Wanted
from engine.media import VideoInfo
from engine.media.cameras import TIME_BASE
from engine.pipeline import PipelineSettings, open_pipeline
from engine.types import Frame


class LiveSession:
    """Shows an input with changed expressions until it is closed.

    Its methods belong to one thread, a user interface's for instance. They return at once, but for `close` and those
    that stop or exchange something, which wait for threads to end. `on_frame` and `on_event` are called on the
    session's threads and must return at once.

    Args:
        source: what to show.
        controls: what to make of the expression.
        settings: model, backend and compositing.
        driver: whose face drives the source's, where the controls let it.
        on_frame: takes every finished frame, in order. A receiver that is slow takes `wait_frame` instead.
        on_event: takes what else happens.
        clock, open_input, open_pipeline, open_reader: where time, inputs, the pipeline and what reads the driver come
            from.
    """

    def __init__(
        self,
        source: LiveInput,
        controls: Controls | None = None,
        settings: PipelineSettings | None = None,
        *,
        driver: LiveInput | None = None,
        on_frame: Callable[[LiveFrame], None] | None = None,
        on_event: Callable[[LiveEvent], None] | None = None,
        clock: Clock | None = None,
        open_input: OpenInput = open_input,
        open_pipeline: OpenPipeline = open_pipeline,
        open_reader: OpenReader = open_driver_reader,
    ) -> None:
        self._clock: Final = clock or MonotonicClock()
        self._on_frame: Final = on_frame
        self._on_event: Final = on_event
        self._open_input: Final = open_input
        self._open_reader: Final = open_reader
        self._wanted = Wanted(EasedControls(controls or Controls()), settings or PipelineSettings())
        self._began: Final = self._clock.now()
        self._meter: Final = Meter(self._clock)
        self._inbox: Final[LatestSlot[CapturedFrame]] = LatestSlot(self._clock)
        self._preview: Final[LatestSlot[LiveFrame]] = LatestSlot(self._clock)
        self._last_time = Fraction(-1)
        self._captured = 0
        self._rate = Fraction(30)
        self._is_started = False
        self._opened: Final = OpenedPipelines()
        self._error: BaseException | None = None
        self._failing: Final = threading.Lock()
        self._outputs: Final = Outputs(self._report, self._clock)
        self._driver: Driver | None = None
        self._found: Final[LatestSlot[FoundFaces]] = LatestSlot(self._clock)
        self._inference: Final = Inference(
            self._found, self._wanted_now, self._performance, self._publish, self._fail, self._clock, self._opened
        )
        self._finding: Final = Finding(
            self._inbox,
            self._found,
            self._wanted_now,
            self._report,
            self._fail,
            open_pipeline,
            self._opened,
            self._inference.free_at,
            self._clock,
        )
        self._source = source
        self._capture = self._capture_of(source)
        if driver is not None:
            self._driver = self._driver_of(driver)

    def start(self) -> None:
        """Open everything and begin."""
        self._is_started = True
        self._inference.start()
        self._finding.start()
        self._capture.start()
        if self._driver is not None:
            self._driver.start()

    def close(self) -> None:
        """End all threads, save a recording and give the inputs back; may be called again."""
        self._capture.close()
        if self._driver is not None:
            self._driver.close()
        self._inbox.close()
        self._found.close()
        self._finding.join()
        self._inference.join()
        self._opened.close()
        self._outputs.close()
        self._preview.close()

    @property
    def error(self) -> BaseException | None:
        """What ended the session, None while nothing did."""
        return self._error

    @property
    def is_paused(self) -> bool:
        """Whether the shown frame stays."""
        return self._wanted.is_paused

    def set_controls(self, controls: Controls, ease_s: float = 0.0) -> None:
        """Show other expressions from now on, or move there within `ease_s` seconds."""
        self._want(controls=self._wanted.controls.towards(controls, self._clock.now(), ease_s))

    def set_settings(self, settings: PipelineSettings) -> None:
        """Use another model, backend or compositing, or read faces otherwise; an event tells where that fails."""
        self._want(settings=settings)

    def set_source(self, source: LiveInput) -> None:
        """Show another input from now on, playing."""
        self._capture.close()
        self._source = source
        self._capture = self._capture_of(source)
        self._want(is_paused=False)
        if self._is_started:
            self._capture.start()

    def set_driver(self, driver: LiveInput | None) -> None:
        """Let another face drive from now on, or none."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None
        if driver is not None:
            self._driver = self._driver_of(driver)
            if self._is_started:
                self._driver.start()

    def call_neutral(self, face_id: int | None = None) -> None:
        """Take a face as it was in the last half second for that person at rest; by default, all that are edited."""
        self._want(neutral=NeutralCall(face_id))

    def forget_neutral(self) -> None:
        """Learn anew how people look at rest."""
        self._want(neutral=NeutralCall(forgets=True))

    def call_driver_neutral(self) -> None:
        """Take the next face that the driver shows for its face at rest."""
        if self._driver is not None:
            self._driver.call_neutral()

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

    def start_recording(self, settings: RecordingSettings) -> None:
        """Record what is shown from the next frame on; an event tells when the file is there or what went wrong."""
        self._outputs.start_recording(settings)

    def stop_recording(self) -> None:
        """End the recording, where there is one, and wait until its file is there."""
        self._outputs.stop_recording()

    def start_virtual_camera(self, *, ai_mark: bool = False) -> None:
        """Show the result to other programs, too; an event tells where that is not possible.

        Args:
            ai_mark: whether the picture says that it is edited.
        """
        self._outputs.start_virtual_camera(float(self._rate), ai_mark=ai_mark)

    def stop_virtual_camera(self) -> None:
        """Take the virtual camera away."""
        self._outputs.stop_virtual_camera()

    def statistics(self) -> LiveStatistics:
        """How it is going."""
        report, driver = self._inference.stage_report, self._driver
        return self._meter.snapshot(
            dropped=self._inbox.dropped + self._found.dropped,
            stages=report.stages,
            backend=report.backend,
            recorded=self._outputs.recorded,
            virtual_camera=self._outputs.device,
            driver_delay_ms=None if driver is None else driver.performance.delay_s * 1000,
        )

    def _wanted_now(self) -> Wanted:
        return self._wanted

    def _performance(self) -> Performance | None:
        driver = self._driver
        return None if driver is None else driver.performance

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self._inbox.poke()
        self._found.poke()

    def _capture_of(self, source: LiveInput) -> Capture:
        return Capture("source", source, self._take, self._report, self._fail, self._clock, self._open_input)

    def _driver_of(self, driver: LiveInput) -> Driver:
        return Driver(
            driver, self._report, self._fail, self._clock, self._open_input, self._found.poke, self._open_reader
        )

    def _take(self, frame: Frame, captured_at: float, jumps: int, info: VideoInfo) -> None:
        """Take a frame of the input, on the reader's thread."""
        self._meter.captured()
        self._rate = info.average_rate
        elapsed = round((captured_at - self._began) / TIME_BASE) * TIME_BASE
        self._last_time = max(self._last_time + TIME_BASE, elapsed)
        media_time = self._last_time if info.path is None else frame.time
        timed = Frame(frame.pixels, self._last_time, self._captured)
        self._inbox.put(CapturedFrame(timed, media_time, jumps, info, captured_at))
        self._captured += 1

    def _publish(self, frame: LiveFrame) -> None:
        """Hand a finished frame to all who show or keep it, on the inference thread."""
        if not frame.is_repeat or frame.is_driven_still:
            self._meter.shown(frame.age_ms / 1000, len(frame.result.faces))
        self._preview.put(frame)
        self._outputs.put(frame)
        if self._on_frame is not None:
            self._on_frame(frame)

    def _report(self, event: LiveEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def _fail(self, error: BaseException) -> None:
        """End the session because of an error, on the thread that met it."""
        with self._failing:
            if self._error is not None:
                return
            self._error = error
        self._inbox.close()
        self._found.close()
        self._preview.close()
        self._report(event_of(EventKind.FAILED, error))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
