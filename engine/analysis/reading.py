"""From faces to curves."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.action_units import AU_COUNT, AUVector
from engine.analysis.calibration import Neutral, calibrated
from engine.analysis.observing import Observations
from engine.curves import AUCurves
from engine.faces.expression import ExpressionEstimator
from engine.faces.reading import FaceReading
from engine.faces.smoothing import ReadFrame, smoother
from engine.types import Frame

_NO_PICTURE: Final = np.zeros((0, 0, 3), np.uint8)


def read_expressions(
    observations: Observations, estimator: ExpressionEstimator, neutral: Neutral, smoothing: float = 0.0
) -> AUCurves:
    """Estimate the intensities of each face that was observed.

    Args:
        observations: of one person, unless `neutral` is "none".
        estimator: not yet calibrated.
        neutral: where the person's face at rest is found.
        smoothing: 0 leaves the frames of a take as they were read, 1 takes the usual noise out, without any lag; photos
            are left as they are.

    Raises:
        MediaError: the photo or the moment that should show the face at rest shows none.
    """
    faces = observations.faces
    expressions = calibrated(estimator, observations, neutral).estimate(faces) if faces else ()
    if observations.follow:
        expressions = _smoothed(observations, expressions, smoothing)
    success = np.array([track is not None for track in observations.tracks])
    values = np.zeros((len(success), AU_COUNT), np.float32)
    if faces:
        values[success] = np.stack([expression.values for expression in expressions])
    return AUCurves(observations.times, values, np.array(observations.confidence, np.float32), success)


def _smoothed(observations: Observations, expressions: Sequence[AUVector], strength: float) -> tuple[AUVector, ...]:
    """Smooth the expressions of the faces that were found, as an export does."""
    smooth = smoother(strength, is_clip=True)
    read = iter(expressions)
    ready: list[ReadFrame] = []
    for index, (time, track) in enumerate(zip(observations.times, observations.tracks, strict=True)):
        faces = () if track is None else (FaceReading(track, next(read)),)
        ready += smooth.push(ReadFrame(Frame(_NO_PICTURE, time, index), faces))
    return tuple(face.source for frame in (*ready, *smooth.flush()) for face in frame.faces)
