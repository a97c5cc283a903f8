from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.faces.calibration import CalibratedEstimator, NeutralCalibration
from engine.faces.expression import ExpressionEstimator, expression_points
from engine.types import FaceTrack, HeadPose


@pytest.fixture(scope="module")
def estimator() -> ExpressionEstimator:
    return ExpressionEstimator()


def test_too_little_seen_tells_nothing(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    calibration = NeutralCalibration(estimator)
    for index in range(11):
        calibration.observe(astronaut_track, Fraction(index))
    assert calibration.neutral is None


def test_trust_rises_step_by_step(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    calibration = NeutralCalibration(estimator)
    trust = []
    for index in range(25):
        calibration.observe(astronaut_track, Fraction(index))
        trust.append(calibration.trust)
    assert trust[10] == 0
    assert trust[-1] == 1
    assert max(np.diff(trust)) < 0.2


def test_frames_close_together_faces_unseen_or_turned_away_are_passed_over(
    estimator: ExpressionEstimator, astronaut_track: FaceTrack
) -> None:
    calibration = NeutralCalibration(estimator)
    turned = replace(astronaut_track, pose=HeadPose(35, 0, 0))
    for index in range(60):
        calibration.observe(astronaut_track, Fraction(index, 30))
        calibration.observe(turned, Fraction(index, 2))
        calibration.observe(replace(astronaut_track, confidence=0.0), Fraction(index, 2))
    assert calibration.neutral is None


def test_what_is_set_is_the_neutral_face_and_stays_so(
    estimator: ExpressionEstimator, astronaut_track: FaceTrack
) -> None:
    calibration = NeutralCalibration(estimator)
    calibration.set_neutral([astronaut_track])
    before = calibration.neutral
    assert before is not None
    np.testing.assert_allclose(before.points, expression_points(astronaut_track.landmarks_px), atol=1e-6)
    for index in range(20):
        calibration.observe(astronaut_track, Fraction(index))
    assert calibration.neutral is before
    calibration.forget()
    assert calibration.neutral is None


def test_everybody_is_read_by_their_own_neutral_face(
    estimator: ExpressionEstimator, astronaut_track: FaceTrack
) -> None:
    people = CalibratedEstimator(estimator, learns=False)
    both = [astronaut_track, replace(astronaut_track, id=1)]
    smile = estimator.estimate([astronaut_track])[0]
    assert people.estimate(both, Fraction(0)) == (smile, smile)
    people.person(1).set_neutral([astronaut_track])
    first, second = people.estimate(both, Fraction(1))
    np.testing.assert_allclose(first.values, smile.values, atol=1e-4)
    assert second.values.max() < 1 < first[12]


def test_after_settling_every_frame_is_read_alike(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    people = CalibratedEstimator(estimator, learns=True)
    for index in range(3):
        people.estimate([astronaut_track], Fraction(index))
    people.settle()
    estimates: set[AUVector] = {people.estimate([astronaut_track], Fraction(index))[0] for index in range(3, 40)}
    assert len(estimates) == 1
    assert not people.learns
