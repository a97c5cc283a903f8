from dataclasses import replace

import torch

from engine.action_units import AU_COUNT, MAX_INTENSITY
from tests.trainer.estimator.made_up_faces import make_faces
from trainer.estimator.rest import rest_config, rest_levels
from trainer.estimator.training import EstimatorConfig, train_estimator

QUICK = EstimatorConfig(steps=60, batch_size=64, code_size=16, hidden=(32,), learning_rate=1e-2)


def test_levels_lie_within_bounds_and_come_from_half_as_many_steps() -> None:
    done: list[int] = []
    levels = rest_levels(make_faces(9, seed=40), QUICK, done.append)
    assert levels.shape == (AU_COUNT,)
    assert (levels >= 1).all()
    assert (levels <= 3).all()
    assert done[-1] == rest_config(QUICK).steps == 30


def test_a_larger_share_of_strangers_raises_the_levels() -> None:
    faces = make_faces(9, seed=40)
    some, nearly_all = (
        rest_levels(faces, replace(QUICK, rest_share=share, brow_rest_share=share)) for share in (0.5, 0.95)
    )
    assert (nearly_all >= some).all()
    assert nearly_all.sum() > some.sum() >= AU_COUNT


def test_too_few_people_have_no_strangers() -> None:
    assert (rest_levels(make_faces(2, seed=41), QUICK) == 1).all()


def test_levels_hold_back_single_faces_only() -> None:
    network = train_estimator(make_faces(3, seed=42), QUICK).intensities
    points = torch.from_numpy(make_faces(2, seed=43).points)
    flags = {known: torch.full((len(points), 1), float(known)) for known in (0, 1)}
    with torch.no_grad():
        before = {known: network(points, points, flag) for known, flag in flags.items()}
        raw = network.from_codes(network.space.encode(points), network.space.encode(points), flags[0])
        network.rest_levels.fill_(1.0)
        after = {known: network(points, points, flag) for known, flag in flags.items()}
    torch.testing.assert_close(after[1], before[1])
    torch.testing.assert_close(after[0], ((raw - 1) * 1.25).clamp(0, MAX_INTENSITY))
