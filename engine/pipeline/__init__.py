"""The stages that turn a frame into a frame: detect, align, estimate, encode, generate, composite."""

from engine.pipeline.pipeline import FoundFrame, Pipeline, ProcessedFrame
from engine.pipeline.settings import DEFAULT_MODEL, PipelineSettings, open_pipeline
from engine.pipeline.stage_clock import StageClock, StageTimes
from engine.pipeline.stages import ExpressionPlan

__all__ = [
    "DEFAULT_MODEL",
    "ExpressionPlan",
    "FoundFrame",
    "Pipeline",
    "PipelineSettings",
    "ProcessedFrame",
    "StageClock",
    "StageTimes",
    "open_pipeline",
]
