"""What the preview asks to be rendered, and what it gets."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.computing import AUTOMATIC, Computing
from engine.project import Timeline

if TYPE_CHECKING:
    from engine.pipeline import PipelineSettings, ProcessedFrame
    from engine.types import Frame


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One frame under one timeline.

    Attributes:
        media: photo or video.
        time: seconds from its start.
        timeline: the expression over time.
        model, compositing: as a project names them.
        asked_at: `time.perf_counter()` when it was asked for.
        computing: software and device of the networks.
    """

    media: Path
    time: Fraction
    timeline: Timeline
    model: str
    compositing: str
    asked_at: float
    computing: Computing = AUTOMATIC

    def settings(self) -> "PipelineSettings":
        """What the pipeline is made of."""
        from engine.pipeline import PipelineSettings  # on the rendering thread

        computing = self.computing
        return PipelineSettings(
            self.model, computing.backend, computing.device, self.compositing, threads=computing.threads
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A request and its result.

    Attributes:
        request: as asked.
        original: the medium's frame.
        result: the edited frame, the face in it and its expressions.
        backend: software and device of the networks.
        milliseconds: from the request to the result.
    """

    request: RenderRequest
    original: "Frame"
    result: "ProcessedFrame"
    backend: str
    milliseconds: float
