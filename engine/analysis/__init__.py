"""Action-unit curves of real faces in photos, folders of photos and videos, and pictures of those curves."""

from engine.analysis.calibration import Neutral, calibrated
from engine.analysis.observing import Observations, observe, observe_source
from engine.analysis.reading import read_expressions

__all__ = ["Neutral", "Observations", "calibrated", "observe", "observe_source", "read_expressions"]
