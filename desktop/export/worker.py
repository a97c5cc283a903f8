"""Runs one export on a thread of its own."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from desktop.document.project_media import STILL_RATE
from desktop.export.jobs import ExportRequest, JobProgress, JobState
from engine.errors import EngineError, MediaError

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
        from engine.export import export  # here: the libraries of media and networks take a while to load
        from engine.media import Encoding, MediaKind, VideoCodec, conversion_for, open_sink, open_source, sink_kind
        from engine.media.stills import ImageSource
        from engine.pipeline import PipelineSettings, ProcessedFrame, open_pipeline

        asked = self._request
        codec = None if asked.codec is None else VideoCodec(asked.codec)
        encoding = Encoding(codec, asked.quality)
        with open_source(
            asked.media,
            rate=STILL_RATE,
            still_duration=asked.still_duration,
            as_stored=sink_kind(asked.output) is MediaKind.PHOTO,
            conversion=conversion_for(asked.output, encoding),
        ) as source:
            self._progress = replace(self._progress, total=source.info.expected_frame_count)
            self._began = time.monotonic()

            def count(_result: ProcessedFrame) -> None:
                self._count()

            with (
                open_sink(
                    asked.output,
                    source.info,
                    encoding=encoding,
                    like=source.photo if isinstance(source, ImageSource) else None,
                    keep_audio=asked.keep_audio,
                    overwrite=asked.overwrite,
                ) as sink,
                open_pipeline(
                    PipelineSettings(asked.model, compositing=asked.compositing),
                    "image" if source.info.is_still else "video",
                ) as pipeline,
            ):
                report = export(source, sink, pipeline, asked.timeline, cancel=self._cancel, on_frame=count)
                if report.cancelled:
                    sink.abort()
                elif report.frames_with_face == 0:
                    raise MediaError(
                        f"No face was found in {asked.media.name}.",
                        "Choose one that shows a face from the front, 60 pixels or larger.",
                    )
                return report.cancelled

    def _count(self) -> None:
        """Note a frame; wait here while the job is paused."""
        now = time.monotonic()
        if not self._may_run.is_set():
            self._tell(replace(self._progress, state=JobState.PAUSED))
            self._may_run.wait()
            paused = time.monotonic() - now
            self._began += paused
            now += paused
        self._progress = replace(self._progress, frames=self._progress.frames + 1, seconds=now - self._began)
        if now - self._told >= _TELL_EVERY_S:
            self._told = now
            self._tell(self._progress)
