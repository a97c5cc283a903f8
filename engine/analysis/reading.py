"""From faces to curves."""

import numpy as np

from engine.action_units import AU_COUNT
from engine.analysis.calibration import Estimator, Neutral, calibrated
from engine.analysis.observing import Observations
from engine.curves import AUCurves


def read_expressions(observations: Observations, estimator: Estimator, neutral: Neutral) -> AUCurves:
    """Estimate the intensities of each face that was observed.

    Args:
        observations: of one person, unless `neutral` is "none".
        estimator: not yet calibrated.
        neutral: where the person's face at rest is found.

    Raises:
        MediaError: the photo or the moment that should show the face at rest shows none.
    """
    reader = calibrated(estimator, observations, neutral)
    success = np.array([track is not None for track in observations.tracks])
    values = np.zeros((len(success), AU_COUNT), np.float32)
    faces = observations.faces
    if faces:
        values[success] = np.stack([expression.values for expression in reader.estimate(faces)])
    return AUCurves(observations.times, values, np.array(observations.confidence, np.float32), success)
