import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.landmarker import FaceLandmarker
from engine.faces.pose import fit_head, head_pose
from tests.engine.faces.heads import posed, read_photo, rotation, stiff_head

ANGLES = st.floats(-60, 60)


@given(
    yaw=ANGLES,
    pitch=ANGLES,
    roll=st.floats(-170, 170),
    scale_px=st.floats(5, 500),
    x=st.floats(-500, 3000),
    y=st.floats(-500, 3000),
)
def test_fit_recovers_any_pose(yaw: float, pitch: float, roll: float, scale_px: float, x: float, y: float) -> None:
    turned = rotation(yaw, pitch, roll)
    landmarks = posed(stiff_head(), turned, scale_px, (x, y, 0.0))
    fit = fit_head(landmarks)
    np.testing.assert_allclose(fit.rotation, turned, atol=1e-3)
    assert fit.scale_px == pytest.approx(scale_px, rel=1e-3)
    found = head_pose(landmarks)
    assert (found.yaw, found.pitch, found.roll) == pytest.approx((yaw, pitch, roll), abs=0.1)
    np.testing.assert_allclose(fit.to_head(landmarks), stiff_head(), atol=2e-3)


@pytest.mark.parametrize(
    ("turn", "moved", "axis"),
    [
        ((20.0, 0.0, 0.0), 1, 0),  # yaw +: the nose's tip goes to the viewer's right
        ((0.0, 20.0, 0.0), 1, 1),  # pitch +: the nose's tip goes up
        ((0.0, 0.0, 20.0), 263, 1),  # roll +, clockwise: the eye on the right goes down
    ],
)
def test_signs(turn: tuple[float, float, float], moved: int, axis: int) -> None:
    before, after = (posed(stiff_head(), rotation(*angles), 100.0, (0, 0, 0)) for angles in ((0, 0, 0), turn))
    direction = -1 if turn[1] else 1
    assert direction * (after[moved, axis] - before[moved, axis]) > 10
    assert np.argmax(np.abs([head_pose(after).yaw, head_pose(after).pitch, head_pose(after).roll])) == np.argmax(turn)


def test_many_faces_fit_as_each_does() -> None:
    faces = np.stack([posed(stiff_head(), rotation(10.0 * i, -5.0 * i, 3.0), 50.0 + i, (i, 2, 3)) for i in range(3)])
    together = fit_head(faces)
    for index, face in enumerate(faces):
        alone = fit_head(face)
        np.testing.assert_allclose(together.rotation[index], alone.rotation, atol=1e-12)
        np.testing.assert_allclose(together.to_head(faces)[index], alone.to_head(face), atol=1e-12)


def test_expression_of_the_mouth_leaves_the_pose() -> None:
    landmarks = posed(stiff_head(), rotation(12, 5, -8), 100.0, (200, 150, 0))
    opened = landmarks.copy()
    opened[[13, 14, 17, 152, 61, 291]] += np.array([0, 30, 5], np.float32)
    assert head_pose(opened) == head_pose(landmarks)


def test_landmarks_without_extent_give_a_finite_pose() -> None:
    found = head_pose(np.zeros((478, 3), np.float32))
    assert np.isfinite([found.yaw, found.pitch, found.roll]).all()


def test_poses_of_labelled_photos(shared: Path) -> None:
    folder = shared / "data" / "puppets" / "test"
    with (folder / "metadata.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "neutral_real"]
    errors = []
    with FaceLandmarker("image") as landmarker:
        for row in rows:
            (face,) = landmarker.detect(read_photo(folder / row["file_name"]))
            truth = [float(row[name]) for name in ("yaw", "pitch", "roll")]
            errors.append(np.subtract([face.pose.yaw, face.pose.pitch, face.pose.roll], truth))
    yaw, pitch, roll = np.abs(errors).mean(axis=0)
    assert yaw < 2.0
    assert pitch < 4.0
    assert roll < 1.0
