"""Runs one export on a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from desktop.export.jobs import ExportRequest, JobProgress, JobState
from engine.errors import EngineError

_TELL_EVERY_S: Final = 0.1


class ExportWorker:
    """`start`, `pause`, `resume`, `cancel` and `join` may be called from the UI thread.

    Args:
        request: what to write.
        tell: takes each `JobProgress`, on this worker's thread.
    """

    def __init__(self, request: ExportRequest, tell: Callable[[JobProgress], None]) -> None:
        self._request: Final = request
        self._tell: Final = tell
        self._cancel: Final = threading.Event()
        self._may_run: Final = threading.Event()
        self._may_run.set()
        self._progress = JobProgress(JobState.RUNNING)
        self._told = 0.0
        self._began = 0.0
        self._thread: Final = threading.Thread(target=self._run, name="desktop: export")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def pause(self) -> None:
        """Compute no further frame."""
        self._may_run.clear()

    def resume(self) -> None:
        """Go on."""
        self._may_run.set()

    def cancel(self) -> None:
        """Stop, and leave no file."""
        self._cancel.set()
        self._may_run.set()

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._tell(self._progress)
            cancelled = self._export()
            self._finish(replace(self._progress, state=JobState.CANCELLED if cancelled else JobState.DONE))
        except EngineError as error:
            self._finish(replace(self._progress, state=JobState.FAILED, error=error))
        except Exception as error:  # noqa: BLE001  the top of a thread: the job must end, and say why
            told = EngineError(f"The export failed: {error!r}.", "This is a fault of the program; please report it.")
            self._finish(replace(self._progress, state=JobState.FAILED, error=told))

    def _finish(self, progress: JobProgress) -> None:
        self._progress = progress
        self._tell(progress)

    def _export(self) -> bool:
        """Write the output; whether that was cancelled."""
        from engine.media import (
            Disclosure,
            Encoding,
            SizeLimit,
            Span,
            VideoCodec,
        )  # here: the libraries of media and networks take a while to load
        from engine.rendering import RenderSettings, Watching, render

        asked = self._request
        settings = RenderSettings(
            asked.choice.settings(),
            Encoding(None if asked.codec is None else VideoCodec(asked.codec), asked.quality),
            keep_audio=asked.keep_audio,
            overwrite=asked.overwrite,
            photo_quality=asked.quality,
            still_duration=asked.still_duration,
            span=Span(asked.start, asked.end),
            limit=SizeLimit.parse(asked.size),
            side_by_side=asked.variant == "beside",
            beside=asked.beside,
            disclosure=Disclosure(asked.ai_tag, asked.ai_mark),
        )
        watching = Watching(self._begin, cancel=self._cancel)
        return render(asked.media, asked.output, asked.timeline, settings, watching).cancelled

    @contextmanager
    def _begin(self, _description: str, total: int | None) -> Iterator[Callable[[int], None]]:
        """Note the number of frames; the block then notes each."""
        self._progress = replace(self._progress, total=total)
        self._began = time.monotonic()
        yield self._count

    def _count(self, frames: int) -> None:
        """Note the frames done; wait here while the job is paused."""
        now = time.monotonic()
        if not self._may_run.is_set():
            self._tell(replace(self._progress, state=JobState.PAUSED))
            self._may_run.wait()
            paused = time.monotonic() - now
            self._began += paused
            now += paused
        self._progress = replace(self._progress, frames=frames, seconds=now - self._began)
        if now - self._told >= _TELL_EVERY_S:
            self._told = now
            self._tell(self._progress)
