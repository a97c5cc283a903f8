import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.action_units import AU_COUNT, au_index
from engine.errors import ModelError
from engine.faces.expression import EXPRESSION_LANDMARKS, ExpressionEstimator, expression_points
from tests.engine.faces.heads import posed, rotation, stiff_head, track_of
from tests.trainer.estimator.made_up_faces import make_faces
from trainer.estimator.evaluation import Evaluation, estimate, evaluate_estimator, guess_neutrals
from trainer.estimator.network import FaceSpace
from trainer.estimator.samples import portraits
from trainer.estimator.training import Estimator, EstimatorConfig, smile_loss, train_estimator
from trainer.estimator.writing import describe_evaluation, write_estimator
from trainer.evaluation.agreement import Agreement

QUICK = EstimatorConfig(steps=150, batch_size=64, code_size=16, hidden=(32,), learning_rate=1e-2)


@pytest.fixture(scope="module")
def trained() -> Estimator:
    return train_estimator(make_faces(12, seed=20), QUICK)


@pytest.fixture(scope="module")
def evaluation(trained: Estimator) -> Evaluation:
    return evaluate_estimator(trained, make_faces(4, seed=21))


def test_learns_what_the_labels_say_of_unseen_people(evaluation: Evaluation) -> None:
    moving = [au_index(26), au_index(45)]
    assert (evaluation.known.correlation[moving] > 0.9).all()
    assert (evaluation.known.squared_error[moving] < 1).all()


def test_same_seed_same_networks() -> None:
    faces = make_faces(3, seed=22)
    config = replace(QUICK, steps=12)
    first, second, other = (train_estimator(faces, c) for c in (config, config, replace(config, seed=1)))
    for a, b in zip(first.intensities.parameters(), second.intensities.parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=0)
    assert not torch.equal(next(first.neutral.parameters()), next(other.neutral.parameters()))


def test_guessed_neutral_is_closer_than_the_average_face(trained: Estimator) -> None:
    faces = make_faces(4, seed=23, smiles=False)
    truth = portraits(faces)
    guesses = guess_neutrals(trained, faces)
    average = trained.neutral.space.decode(torch.zeros(1, QUICK.code_size)).numpy()
    assert np.linalg.norm(guesses - truth) < np.linalg.norm(average - truth)


def test_progress_is_told_after_each_step() -> None:
    done: list[int] = []
    train_estimator(make_faces(2, seed=24), replace(QUICK, steps=10), done.append)
    assert done == list(range(1, 11))


def test_trains_without_posed_smiles() -> None:
    estimator = train_estimator(make_faces(2, seed=25, smiles=False), replace(QUICK, steps=10))
    photos = evaluate_estimator(estimator, make_faces(2, seed=26, smiles=False)).photos
    assert photos.smiles == 0


def test_smile_loss_by_hand() -> None:
    intensities = torch.zeros(2, AU_COUNT)
    intensities[0, au_index(12)] = 0.5  # 1.5 short of 2
    intensities[1, au_index(12)] = 4.0  # enough
    intensities[1, au_index(14)] = 3.0  # does not belong to a smile; there are 11 such AUs
    intensities[1, au_index(25)] = 5.0  # may be there
    assert smile_loss(intensities, 2.0).item() == pytest.approx(1.5**2 / 2 + 9 / (2 * 11))


def test_space_is_orthonormal_and_centred_on_the_mean_neutral_face() -> None:
    generator = torch.Generator().manual_seed(3)
    neutrals = torch.randn(50, 8, 3, generator=generator)
    space = FaceSpace.fit(neutrals, torch.randn(40, 8, 3, generator=generator), 24)
    torch.testing.assert_close(space.basis.T @ space.basis, torch.eye(24), atol=1e-5, rtol=0)
    torch.testing.assert_close(space.encode(neutrals.mean(dim=0, keepdim=True)), torch.zeros(1, 24), atol=1e-5, rtol=0)
    torch.testing.assert_close(space.decode(space.encode(neutrals)), neutrals, atol=1e-4, rtol=0)


def test_neutral_face_counts_only_where_it_is_known(trained: Estimator) -> None:
    points = torch.from_numpy(make_faces(2, seed=27).points)
    unknown = torch.zeros(len(points), 1)
    with torch.no_grad():
        without, whatever = (trained.intensities(points, neutral, unknown) for neutral in (points * 0, points))
        known = trained.intensities(points, points, unknown + 1)
    torch.testing.assert_close(without, whatever)
    assert not torch.allclose(without, known)


def test_agreement_by_hand() -> None:
    labels = np.zeros((4, AU_COUNT), np.float32)
    labels[:, 0] = [0, 1, 2, 3]
    estimates = labels.copy()
    estimates[:, 0] = [1, 2, 3, 4]
    estimates[:, 1] = [0, 0, 2, 2]
    agreement = Agreement.between(estimates, labels)
    assert agreement.correlation[0] == pytest.approx(1)
    assert agreement.squared_error[:2] == pytest.approx([1, 2])
    assert agreement.absolute_error[:2] == pytest.approx([1, 1])
    assert np.isnan(agreement.correlation[1])


def test_engine_loads_what_is_written(trained: Estimator, evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"name": "made up", "licence": "CC0-1.0", "seed": 3}))
    folder = tmp_path / "estimator"
    folder.mkdir()
    for earlier in ("card.json", "earlier.onnx"):
        (folder / earlier).write_text("{}")
    write_estimator(folder, trained, QUICK, evaluation, tmp_path)
    assert not (folder / "earlier.onnx").exists()
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["training"]["data"] == {"name": "made up", "licence": "CC0-1.0"}
    assert card["metrics"]["neutral_known"]["aus"]["AU26_r"]["pcc"] > 0.9

    tracks = [
        track_of(posed(stiff_head(), rotation(angle, 5, 0), 80.0, (100, 90, 0)) + np.float32(angle / 10))
        for angle in (0, 8, -20)
    ]
    engine = ExpressionEstimator(folder)
    points = expression_points(np.stack([track.landmarks_px for track in tracks]))
    assert points.shape == (3, len(EXPRESSION_LANDMARKS), 3)
    single = [vector.values for vector in engine.estimate(tracks)]
    np.testing.assert_allclose(single, estimate(trained, points), atol=1e-3)
    neutral = engine.guess_neutral(tracks)
    with torch.no_grad():
        expected = trained.neutral(torch.from_numpy(points)).numpy().mean(axis=0)
    np.testing.assert_allclose(neutral.points, expected, atol=1e-3)
    known = [vector.values for vector in engine.with_neutral(neutral).estimate(tracks)]
    np.testing.assert_allclose(known, estimate(trained, points, np.stack([neutral.points] * 3)), atol=1e-3)


def test_other_folders_are_not_replaced(trained: Estimator, evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("precious")
    with pytest.raises(ModelError, match="is not an estimator"):
        write_estimator(tmp_path, trained, QUICK, evaluation, tmp_path)
    assert (tmp_path / "holiday.txt").read_text() == "precious"


def test_constant_labels_have_no_correlation_on_the_card(evaluation: Evaluation) -> None:
    document = json.dumps(describe_evaluation(evaluation), allow_nan=False)
    assert json.loads(document)["single_face"]["aus"]["AU01_r"]["pcc"] is None
