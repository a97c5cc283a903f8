"""The thread that looks for faces in the latest frame, while another one edits the frame before."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.errors import EngineError
from engine.live.clock import Clock
from engine.live.events import EventKind, LiveEvent
from engine.live.frames import CapturedFrame
from engine.live.opened import OpenedPipelines
from engine.live.slot import LatestSlot
from engine.live.wanted import NeutralCall, Wanted
from engine.pipeline import FaceSettings, FoundFrame, Pipeline, PipelineMode, PipelineSettings

OpenPipeline: TypeAlias = Callable[[PipelineSettings, PipelineMode], Pipeline]

_SMOOTHING: Final = 0.1
_LOOK: Final = "Look into the camera, and say it again."


@dataclass(frozen=True, slots=True, eq=False)
class FoundFaces:
    """A captured frame and its faces.

    Attributes:
        captured: the frame.
        found: what the pipeline found in it.
        pipeline: which one that was; the same one edits it.
        is_repeat: whether it was found before, by another pipeline.
    """

    captured: CapturedFrame
    found: FoundFrame
    pipeline: Pipeline
    is_repeat: bool


class Finding:
    """Opens pipelines and finds faces until its inbox is closed.

    Args:
        inbox: where captured frames come from; poked when what is wanted has changed.
        found: where they go.
        wanted: returns what is wanted at this moment.
        report: takes what happens.
        fail: takes the error that ends the thread.
        open_pipeline: makes pipelines, on this thread.
        opened: takes those that were made.
        free_at: tells when the thread that edits will be ready for the next frame. Where it is the slower one, faces
            are found just in time for it: earlier, the frame would be older, and later, that thread would wait.
        clock: of the session.
    """

    def __init__(
        self,
        inbox: LatestSlot[CapturedFrame],
        found: LatestSlot[FoundFaces],
        wanted: Callable[[], Wanted],
        report: Callable[[LiveEvent], None],
        fail: Callable[[BaseException], None],
        open_pipeline: OpenPipeline,
        opened: OpenedPipelines,
        free_at: Callable[[], float],
        clock: Clock,
    ) -> None:
        self._inbox: Final = inbox
        self._found: Final = found
        self._wanted: Final = wanted
        self._report: Final = report
        self._fail: Final = fail
        self._open_pipeline: Final = open_pipeline
        self._opened: Final = opened
        self._free_at: Final = free_at
        self._clock: Final = clock
        self._find_s = 0.0
        self._pipeline: Pipeline | None = None
        self._prepared_for: tuple[Wanted, PipelineMode] | None = None
        self._thread: Final = threading.Thread(target=self._run, name="live: faces")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has ended; close the inbox first."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._find()
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._fail(error)

    def _find(self) -> None:
        latest: CapturedFrame | None = None
        self._prepare(self._wanted(), None)
        while True:
            captured = self._inbox.take(not_before=self._needed_at)
            if self._inbox.is_closed:
                return
            is_repeat = captured is None
            latest = captured or latest
            reads_anew = self._prepare(self._wanted(), latest)
            if latest is None or (is_repeat and not reads_anew):
                continue
            assert self._pipeline is not None
            started = self._clock.now()
            (found,) = self._pipeline.find([latest.frame])
            self._find_s += _SMOOTHING * (self._clock.now() - started - self._find_s)
            self._found.put(FoundFaces(latest, found, self._pipeline, is_repeat))

    def _needed_at(self) -> float:
        """When to begin with a frame."""
        return self._free_at() - self._find_s

    def _prepare(self, wanted: Wanted, captured: CapturedFrame | None) -> bool:
        """Do what has been asked of the faces since the last frame; whether the same frame must be read again."""
        mode: PipelineMode = "image" if captured is not None and captured.info.is_still else "video"
        before, self._prepared_for = self._prepared_for, (wanted, mode)
        if before is None:
            self._pipeline = self._opened.add(self._open_pipeline(wanted.settings, mode))
            return True
        earlier, earlier_mode = before
        is_opened = False
        if (_made_of(wanted), mode) != (_made_of(earlier), earlier_mode):
            is_opened = self._exchange(wanted, mode)
        assert self._pipeline is not None
        reads_otherwise = wanted.settings.faces != earlier.settings.faces
        if reads_otherwise and not is_opened:
            self._pipeline.configure_faces(wanted.settings.faces)
        is_calibrated = wanted.neutral is not earlier.neutral and wanted.neutral is not None
        if is_calibrated:
            self._calibrate(self._pipeline, wanted.neutral)
        return is_opened or reads_otherwise or is_calibrated

    def _exchange(self, wanted: Wanted, mode: PipelineMode) -> bool:
        """Open another pipeline; where that is impossible, the one before goes on."""
        try:
            self._pipeline = self._opened.add(self._open_pipeline(wanted.settings, mode))
        except EngineError as error:
            self._report(LiveEvent(EventKind.SETTINGS_REFUSED, error.message, error.remedy))
            return False
        return True

    def _calibrate(self, pipeline: Pipeline, call: NeutralCall | None) -> None:
        assert call is not None
        if call.forgets:
            pipeline.reader.forget_neutral()
        elif not pipeline.reader.set_neutral(call.face_id):
            self._report(LiveEvent(EventKind.NO_NEUTRAL, "No face was seen that could be taken for neutral.", _LOOK))


def _made_of(wanted: Wanted) -> PipelineSettings:
    """The settings without those of the faces, which an open pipeline can change."""
    return replace(wanted.settings, faces=FaceSettings())
