"""A pipeline that paints: the red of a frame tells AU12, and how often faces were looked for is counted."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.action_units import AUVector
from engine.errors import ModelError
from engine.pipeline import ExpressionPlan, PipelineSettings, ProcessedFace, ProcessedFrame
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

    def process(self, frames: Sequence[Frame], plan: ExpressionPlan) -> list[ProcessedFrame]:
        results = []
        for frame in frames:
            target = plan.evaluate(frame.time, SOURCE)
            pixels = frame.pixels.copy()
            pixels[..., 0] = round(target[12] * 50)
            face = ProcessedFace(TRACK, SOURCE, target, 1.0, is_selected=True, aligned=ALIGNED)
            results.append(ProcessedFrame(Frame(pixels, frame.time, frame.index), (face,)))
        return results

    def close(self) -> None:
        self.is_closed = True


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
