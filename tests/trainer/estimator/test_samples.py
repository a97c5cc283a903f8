import numpy as np
import pytest
import torch

from engine.errors import MediaError
from engine.faces.expression import EXPRESSION_LANDMARKS
from tests.trainer.estimator.made_up_faces import make_faces
from trainer.estimator.faces import Faces
from trainer.estimator.network import FaceSpace
from trainer.estimator.samples import SampleSource, mirrored_too, portraits, with_neutrals


def test_mirror_images_are_other_people_with_the_same_labels() -> None:
    faces = make_faces(2, seed=1)
    both = mirrored_too(faces)
    half = len(faces.points)
    np.testing.assert_array_equal(both.points[:half], faces.points)
    np.testing.assert_array_equal(both.intensities[half:], faces.intensities)
    assert set(both.people[:half]).isdisjoint(both.people[half:])
    assert set(both.groups[:half]) & set(both.groups[half:]) == {""}
    left, right = (EXPRESSION_LANDMARKS.index(landmark) for landmark in (33, 263))
    np.testing.assert_array_equal(both.points[half:, left], faces.points[:, right] * [-1, 1, 1])


def test_mirrored_twice_is_the_face() -> None:
    faces = make_faces(1, seed=2, smiles=False)
    count = len(faces.points)
    twice = mirrored_too(mirrored_too(faces))
    np.testing.assert_array_equal(twice.points[3 * count :], faces.points)


def test_neutral_comes_from_the_group_else_from_the_portrait() -> None:
    faces = make_faces(2, seed=3)
    kept, neutrals = with_neutrals(faces)
    assert len(kept.points) == len(faces.points)
    for index in range(len(kept.points)):
        own = kept.people == kept.people[index]
        expected = np.flatnonzero(own & kept.are_neutral & (kept.groups == kept.groups[index]))
        np.testing.assert_allclose(neutrals[index], kept.points[expected].mean(axis=0), atol=1e-7)


def test_person_without_neutral_picture_is_left_out() -> None:
    faces = make_faces(2, seed=4)
    others = faces.chosen(~(faces.are_neutral & (faces.people == "person 0")))
    kept, _ = with_neutrals(others)
    assert set(kept.people) == {"person 1"}
    assert np.isnan(portraits(others)[others.people == "person 0"]).all()


def test_dataset_without_neutral_pictures_is_an_error() -> None:
    faces = make_faces(1, seed=5)
    with pytest.raises(MediaError, match="without expression"):
        with_neutrals(faces.chosen(~faces.are_neutral))


def _source(faces: Faces, *, invented: float, at_rest: float = 0.0) -> tuple[SampleSource, FaceSpace]:
    kept, neutrals = with_neutrals(faces)
    points, resting = torch.from_numpy(kept.points), torch.from_numpy(neutrals)
    space = FaceSpace.fit(resting, points - resting, 24)
    generator = torch.Generator().manual_seed(1)
    return SampleSource(faces, space, generator, invented=invented, at_rest=at_rest, jitter=0.0), space


def test_change_from_the_neutral_face_belongs_to_the_label() -> None:
    faces = make_faces(4, seed=6)
    source, space = _source(faces, invented=1.0)
    batch = source.labelled(64)
    drop = (space.decode(batch.faces) - space.decode(batch.resting))[:, EXPRESSION_LANDMARKS.index(152), 1]
    truth = 0.1 * batch.intensities[:, 15]
    assert torch.corrcoef(torch.stack([drop, truth]))[0, 1] > 0.99


def test_invented_people_are_nobody_and_vary_as_people_do() -> None:
    faces = make_faces(6, seed=7)
    known, _ = _source(faces, invented=0.0)
    invented, _ = _source(faces, invented=1.0)
    people = known.labelled(4000).resting
    strangers = invented.labelled(4000).resting
    assert len(people.unique(dim=0)) == 12
    assert torch.cdist(strangers[:200], people.unique(dim=0)).min() > 1e-3
    spread = strangers.var(dim=0).sum() / people.var(dim=0).sum()
    assert 0.9 < spread < 1.1


def test_samples_at_rest_have_no_intensities() -> None:
    source, _ = _source(make_faces(3, seed=8), invented=0.5, at_rest=1.0)
    assert (source.labelled(50).intensities == 0).all()


def test_smiles_have_no_labels() -> None:
    source, _ = _source(make_faces(3, seed=9), invented=0.5)
    assert source.has_smiles
    assert source.smiles(20).intensities.isnan().all()
    assert not _source(make_faces(3, seed=9, smiles=False), invented=0.5)[0].has_smiles
