"""The stages that turn a frame into a frame: detect, align, estimate, encode, generate, composite."""

from engine.pipeline.pipeline import ExpressionPlan, Pipeline, ProcessedFrame
from engine.pipeline.settings import PipelineSettings, open_pipeline
from engine.pipeline.stage_clock import StageClock, StageTimes

__all__ = [
    "ExpressionPlan",
    "Pipeline",
    "PipelineSettings",
    "ProcessedFrame",
    "StageClock",
    "StageTimes",
    "open_pipeline",
]
