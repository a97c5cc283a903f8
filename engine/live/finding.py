"""The thread that looks for faces in the latest frame, while another one edits the frame before."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from engine.errors import EngineError
from engine.live.events import EventKind, LiveEvent
from engine.live.frames import CapturedFrame
from engine.live.opened import OpenedPipelines
from engine.live.slot import LatestSlot
from engine.live.wanted import Wanted
from engine.pipeline import FoundFrame, Pipeline, PipelineSettings

OpenPipeline: TypeAlias = Callable[[PipelineSettings, Literal["image", "video"]], Pipeline]


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
    ) -> None:
        self._inbox: Final = inbox
        self._found: Final = found
        self._wanted: Final = wanted
        self._report: Final = report
        self._fail: Final = fail
        self._open_pipeline: Final = open_pipeline
        self._opened: Final = opened
        self._pipeline: Pipeline | None = None
        self._opened_for: tuple[PipelineSettings, Literal["image", "video"]] | None = None
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
        self._make_ready(self._wanted().settings, None)
        while True:
            captured = self._inbox.take()
            if self._inbox.is_closed:
                return
            is_repeat = captured is None
            latest = captured or latest
            is_new = self._make_ready(self._wanted().settings, latest)
            if latest is None or (is_repeat and not is_new):
                continue
            assert self._pipeline is not None
            (found,) = self._pipeline.find([latest.frame])
            self._found.put(FoundFaces(latest, found, self._pipeline, is_repeat))

    def _make_ready(self, settings: PipelineSettings, captured: CapturedFrame | None) -> bool:
        """Open the pipeline that is wanted, and say if it is new; where that is impossible, the one before goes on."""
        mode: Literal["image", "video"] = "image" if captured is not None and captured.info.is_still else "video"
        if self._opened_for == (settings, mode):
            return False
        self._opened_for = settings, mode
        try:
            self._pipeline = self._open_pipeline(settings, mode)
        except EngineError as error:
            if self._pipeline is None:
                raise
            self._report(LiveEvent(EventKind.SETTINGS_REFUSED, error.message, error.remedy))
            return False
        self._opened.add(self._pipeline)
        return True
