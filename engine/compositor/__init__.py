"""Compositing: brings the generator's small picture back into the full-resolution frame.

`detail` moves the frame's own pixels and adds only what they cannot show; `replace` pastes the generated face.
"""

from engine.compositor.detail import DetailCompositor, DetailSettings
from engine.compositor.predicted import PredictedCompositor
from engine.compositor.protocol import Compositor, GeneratedPair, PredictedEdit
from engine.compositor.replace import ReplaceCompositor
from engine.compositor.selection import MODES, compositor
from engine.compositor.steadiness import FaceMemory

__all__ = [
    "MODES",
    "Compositor",
    "DetailCompositor",
    "DetailSettings",
    "FaceMemory",
    "GeneratedPair",
    "PredictedCompositor",
    "PredictedEdit",
    "ReplaceCompositor",
    "compositor",
]
