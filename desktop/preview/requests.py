"""What the preview asks to be rendered, and what it gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.pipeline_choice import PipelineChoice
from engine.project import Timeline

if TYPE_CHECKING:
    from engine.faces.people import KnownPerson
    from engine.pipeline import ProcessedFrame
    from engine.types import Frame


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One frame under one timeline.

    Attributes:
        media: photo or video.
        time: seconds from its start.
        timeline: the expression over time.
        choice: what it is edited with, and whose faces.
        asked_at: `time.perf_counter()` when it was asked for.
        people: who is in the medium, as far as they are known.
    """

    media: Path
    time: Fraction
    timeline: Timeline
    choice: PipelineChoice
    asked_at: float
    people: "tuple[KnownPerson, ...]" = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A request and its result.

    Attributes:
        request: as asked.
        original: the medium's frame.
        result: the edited frame, the face in it and its expressions.
        backend: software and device of the networks.
        milliseconds: from the request to the result.
        stages_ms: how long each stage took; a stage whose result was known already is missing.
    """

    request: RenderRequest
    original: "Frame"
    result: "ProcessedFrame"
    backend: str
    milliseconds: float
    stages_ms: Mapping[str, float] = field(default_factory=dict)
