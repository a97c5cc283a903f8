"""One face's performance on another face: a clip or curves that drive a portrait or another clip."""

from engine.retargeting.beside import BesideVideo
from engine.retargeting.performance import CSV_SUFFIX, Performance, read_performance
from engine.retargeting.performing_still import PerformingStill

__all__ = ["CSV_SUFFIX", "BesideVideo", "Performance", "PerformingStill", "read_performance"]
