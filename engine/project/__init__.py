"""Projects: keyframed expressions over exact time, and the files that hold them."""

from engine.project.document import Codec, Compositing, FaceOptions, OutputSettings, Project
from engine.project.easing import EASE_IN, EASE_IN_OUT, EASE_OUT, EASINGS, HOLD, LINEAR, Easing, cubic_bezier
from engine.project.store import load_project, save_project
from engine.project.timeline import Timeline
from engine.project.track import IntensityRangeError, Keyframe, Track

__all__ = [
    "EASE_IN",
    "EASE_IN_OUT",
    "EASE_OUT",
    "EASINGS",
    "HOLD",
    "LINEAR",
    "Codec",
    "Compositing",
    "Easing",
    "FaceOptions",
    "IntensityRangeError",
    "Keyframe",
    "OutputSettings",
    "Project",
    "Timeline",
    "Track",
    "cubic_bezier",
    "load_project",
    "save_project",
]
