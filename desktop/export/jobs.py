"""One export: what was asked for, captured when it was, and how far it is."""

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal, TypeAlias

from desktop.pipeline_choice import PipelineChoice
from engine.errors import EngineError
from engine.project import Timeline
from engine.project.document import Codec

Variant: TypeAlias = Literal["edited", "beside", "both"]
"""What the output shows: the result, the original beside it, or the former with the latter in a second file."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Immutable; edits made after it was asked for do not change it.

    Attributes:
        media: photo or video.
        timeline: the expression over time.
        choice: what it is edited with, and whose faces.
        output: file to write; its ending chooses the format.
        codec: of a video; None takes the usual one of the format.
        quality: 0..100, of a video or a photo.
        keep_audio: whether the sound goes along.
        still_duration: seconds of video to make of a photo.
        overwrite: whether an earlier file is replaced.
        start, end: which part of a video, in seconds; None leaves that end open.
        size: "original", or a limit as `engine.media.SizeLimit` reads it.
        variant: what the output shows.
        ai_tag: whether the metadata say that it is edited.
        ai_mark: whether the picture does.
    """

    media: Path
    timeline: Timeline
    choice: PipelineChoice
    output: Path
    codec: Codec | None = None
    quality: int = 70
    keep_audio: bool = True
    still_duration: Fraction | None = None
    overwrite: bool = False
    start: Fraction | None = None
    end: Fraction | None = None
    size: str = "original"
    variant: Variant = "edited"
    ai_tag: bool = True
    ai_mark: bool = False

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The files that will be there."""
        return (self.output,) if self.beside is None else (self.output, self.beside)

    @property
    def beside(self) -> Path | None:
        """The second file, which shows the original beside the result."""
        if self.variant != "both":
            return None
        return self.output.with_name(f"{self.output.stem}-side-by-side{self.output.suffix}")


class JobState(Enum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINISHED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A moment of a job.

    Attributes:
        state: where it stands.
        frames: that are computed.
        total: frames in all, None where the medium does not say.
        seconds: that it has run for, pauses left out.
        error: why it failed.
    """

    state: JobState = JobState.WAITING
    frames: int = 0
    total: int | None = None
    seconds: float = 0.0
    error: EngineError | None = None

    @property
    def share(self) -> float | None:
        """0..1, None while the number of frames is not known."""
        return min(1.0, self.frames / self.total) if self.total else None

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None before the first frames."""
        if not self.total or not self.frames:
            return None
        return max(0.0, self.seconds * (self.total - self.frames) / self.frames)


@dataclass(slots=True, eq=False)
class Job:
    """A request and where it stands; owned by the UI thread."""

    request: ExportRequest
    progress: JobProgress = field(default_factory=JobProgress)
