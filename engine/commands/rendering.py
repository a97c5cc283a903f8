"""What the commands that render have in common: a progress bar, and a word on frames that were left as they are."""

import sys
from collections.abc import Callable

from engine.export import ExportReport
from engine.pipeline import ProcessedFrame
from engine.rendering import Watching
from engine.terminal.progress import progress_bar


def with_bar(on_frame: Callable[[ProcessedFrame], None] | None = None) -> Watching:
    """Watch with a progress bar; `on_frame` gets each frame that has been computed, in order."""
    return Watching(progress_bar, on_frame)


def tell_unchanged(report: ExportReport) -> None:
    """Say on standard error how many frames showed no face, if any."""
    if report.frames_with_face < report.frames:
        unchanged = report.frames - report.frames_with_face
        print(f"No face was found in {unchanged} of {report.frames} frames; they are unchanged.", file=sys.stderr)
