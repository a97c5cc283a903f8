"""The stages that turn a frame into a frame: detect, align, estimate, encode, generate, composite."""

from engine.pipeline.face_reader import FaceReader, FaceSettings
from engine.pipeline.pipeline import FoundFrame, Pipeline
from engine.pipeline.processed import ProcessedFace, ProcessedFrame
from engine.pipeline.settings import DEFAULT_MODEL, PipelineMode, PipelineSettings, open_pipeline, open_reader
from engine.pipeline.stage_clock import StageClock, StageTimes
from engine.pipeline.stages import ExpressionPlan

__all__ = [
    "DEFAULT_MODEL",
    "ExpressionPlan",
    "FaceReader",
    "FaceSettings",
    "FoundFrame",
    "Pipeline",
    "PipelineMode",
    "PipelineSettings",
    "ProcessedFace",
    "ProcessedFrame",
    "StageClock",
    "StageTimes",
    "open_pipeline",
    "open_reader",
]
