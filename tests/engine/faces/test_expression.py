import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.errors import ModelError
from engine.faces.expression import (
    CARD_NAME,
    ESTIMATOR_FOLDER,
    EXPRESSION_LANDMARKS,
    INTENSITY_NETWORK,
    NEUTRAL_NETWORK,
    ExpressionEstimator,
    NeutralFace,
)
from engine.faces.landmarker import FaceLandmarker
from engine.types import FaceTrack
from tests.engine.faces.heads import posed, read_photo, rotation, track_of


@pytest.fixture(scope="module")
def estimator() -> ExpressionEstimator:
    return ExpressionEstimator()


def test_smile_of_the_demo_photo(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    (intensities,) = estimator.estimate([astronaut_track])
    assert intensities[12] > 2
    assert intensities[25] > 1
    assert intensities[15] < 1
    assert intensities[45] < 1
    assert intensities == intensities.clipped()


def test_no_faces_no_estimates(estimator: ExpressionEstimator) -> None:
    assert estimator.estimate([]) == ()


def test_each_face_counts_for_itself(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    other = track_of(astronaut_track.landmarks_px + np.random.default_rng(1).normal(0, 1, (478, 3)).astype(np.float32))
    together = estimator.estimate([astronaut_track, other])
    for alone, among in zip((astronaut_track, other), together, strict=True):
        np.testing.assert_allclose(estimator.estimate([alone])[0].values, among.values, atol=1e-4)


def test_position_size_and_rotation_of_the_head_do_not_matter(
    estimator: ExpressionEstimator, astronaut_track: FaceTrack
) -> None:
    moved = posed(astronaut_track.landmarks_px.astype(np.float64), rotation(15, -10, 25), 3.0, (-400, 900, 20))
    before, after = estimator.estimate([astronaut_track, track_of(moved)])
    np.testing.assert_allclose(before.values, after.values, atol=2e-3)


def test_neutral_reference_is_read_as_no_expression(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    calibrated = estimator.with_neutral(NeutralFace.measured([astronaut_track]))
    assert calibrated.estimate([astronaut_track])[0].values.max() < 1
    assert estimator.estimate([astronaut_track])[0][12] > 2, "the estimator itself stays as it was"


def test_guessed_neutral_does_not_smile(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    guess = estimator.guess_neutral([astronaut_track])
    assert guess.points.shape == (len(EXPRESSION_LANDMARKS), 3)
    place = {landmark: index for index, landmark in enumerate(EXPRESSION_LANDMARKS)}
    lips = guess.points[place[14], 1] - guess.points[place[13], 1]
    smiling = NeutralFace.measured([astronaut_track]).points
    assert lips < 0.5 * (smiling[place[14], 1] - smiling[place[13], 1])


def test_smiles_and_neutral_photos(shared: Path, estimator: ExpressionEstimator) -> None:
    folder = shared / "data" / "puppets" / "test"
    at_rest, smiling = [], []
    with FaceLandmarker("image") as landmarker:
        for person in ("london004", "london010", "london016", "london025"):
            neutral, smile = (
                landmarker.detect(read_photo(folder / f"{person}_{number}.jpg"))[0] for number in ("000", "001")
            )
            at_rest.append(estimator.estimate([neutral])[0])
            smiling.append(estimator.with_neutral(NeutralFace.measured([neutral])).estimate([smile])[0])
    assert np.mean([vector.values for vector in at_rest]) < 0.5
    assert min(vector[12] for vector in smiling) > 1


def _copied(folder: Path) -> Path:
    shutil.copytree(ESTIMATOR_FOLDER, folder)
    return folder


def test_card_names_files_and_attribution() -> None:
    card = json.loads((ESTIMATOR_FOLDER / CARD_NAME).read_text(encoding="utf-8"))
    assert set(card["files"]) == {INTENSITY_NETWORK, NEUTRAL_NETWORK}
    assert card["architecture"]["landmarks"] == list(EXPRESSION_LANDMARKS)
    assert any("Face Research Lab London Set" in source["name"] for source in card["training"]["data"]["sources"])
    assert sum(file["bytes"] for file in card["files"].values()) < 1_000_000


def test_altered_network_is_refused(tmp_path: Path) -> None:
    folder = _copied(tmp_path / "altered")
    content = (folder / INTENSITY_NETWORK).read_bytes()
    (folder / INTENSITY_NETWORK).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelError, match=r"damaged.*SHA-256"):
        ExpressionEstimator(folder)


def test_newer_format_is_refused(tmp_path: Path) -> None:
    folder = _copied(tmp_path / "newer")
    card = json.loads((folder / CARD_NAME).read_text(encoding="utf-8"))
    (folder / CARD_NAME).write_text(json.dumps({**card, "format_version": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format version 99"):
        ExpressionEstimator(folder)


@pytest.mark.parametrize("name", [CARD_NAME, INTENSITY_NETWORK, NEUTRAL_NETWORK])
def test_missing_file_is_an_error(tmp_path: Path, name: str) -> None:
    folder = _copied(tmp_path / "incomplete")
    (folder / name).unlink()
    with pytest.raises(ModelError, match="cannot be read") as raised:
        ExpressionEstimator(folder)
    assert "trainer estimator" in raised.value.remedy


def test_estimates_are_au_vectors(estimator: ExpressionEstimator, astronaut_track: FaceTrack) -> None:
    assert all(isinstance(vector, AUVector) for vector in estimator.estimate([astronaut_track] * 2))
