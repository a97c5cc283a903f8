"""A pipeline that paints: the red of a frame tells AU12, and how often faces were looked for is counted."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.action_units import AUVector
from engine.edit_scope import RegionStrengths
from engine.errors import ModelError
from engine.pipeline import ExpressionPlan, FaceSettings, PipelineSettings, ProcessedFace, ProcessedFrame, StageClock
from engine.types import AlignedFace, FaceTrack, Frame, HeadPose

SOURCE = AUVector.of({12: 1.0, 25: 2.5})
TRACK = FaceTrack(0, np.full((478, 3), 4, np.float32), (2.0, 2.0, 6.0, 6.0), HeadPose(0, 0, 0), 1.0)
ALIGNED = AlignedFace(TRACK, np.eye(2, 3), np.zeros((8, 8, 3), np.uint8))


@dataclass
class PaintingPipeline:
    """Every frame shows a face with the expression `SOURCE`."""

    settings: PipelineSettings
    backend: Any = field(default_factory=lambda: SimpleNamespace(name="paint"))
    is_closed: bool = False
    clock: StageClock = field(default_factory=StageClock)
    reader: "NotingReader" = field(default_factory=lambda: NotingReader())
    faces: list[FaceSettings] = field(default_factory=list)
    regions: list[RegionStrengths] = field(default_factory=list)

    def configure_faces(self, settings: FaceSettings) -> None:
        self.faces.append(settings)

    def configure_regions(self, regions: RegionStrengths) -> None:
        self.regions.append(regions)

    def process(self, frames: Sequence[Frame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        results = []
        for frame in frames:
            self.clock.add("generate", 0.002)
            target = plan.evaluate(frame.time, SOURCE)
            pixels = frame.pixels.copy()
            pixels[..., 0] = round(target[12] * 50)
            face = ProcessedFace(TRACK, SOURCE, target, 1.0, is_selected=True, aligned=ALIGNED)
            results.append(ProcessedFrame(Frame(pixels, frame.time, frame.index), (face,)))
        return results

    def close(self) -> None:
        self.is_closed = True


class NotingReader:
    """Notes when people were said to be at rest, who is known, and whether photos are looked at closely."""

    def __init__(self) -> None:
        self.neutral_at: Fraction | None = None
        self.known: tuple[object, ...] = ()
        self.closely = False

    def know(self, people: tuple[object, ...]) -> None:
        self.known = people

    def look_closely(self, closely: bool) -> None:
        self.closely = closely

    def take_neutral(self, frame: Frame) -> None:
        self.neutral_at = frame.time

    def forget_neutral(self) -> None:
        self.neutral_at = None


class Opener:
    """Opens pipelines, and keeps them to be looked at; a model called "broken" does not open."""

    def __init__(self) -> None:
        self.opened: list[PaintingPipeline] = []
        self.may_open = threading.Event()
        self.may_open.set()

    def __call__(self, settings: PipelineSettings) -> Any:
        self.may_open.wait()
        if settings.model == "broken":
            raise ModelError("The model is broken.", "Install it again.")
        self.opened.append(PaintingPipeline(settings))
        return self.opened[-1]


def red(pixels: np.ndarray) -> int:
    return int(pixels[0, 0, 0])
