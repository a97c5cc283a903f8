from collections import Counter
from dataclasses import fields

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from trainer.data.batches import Batch, Sampler
from trainer.data.crops import CropSet

CPU = torch.device("cpu")


def numbered_crops(groups: list[int]) -> CropSet:
    """Pictures that tell their number: as grey level, as AU1 / 50, and as person."""
    numbers = np.arange(len(groups))
    crops = np.broadcast_to(numbers.astype(np.uint8)[:, None, None, None], (len(groups), 2, 2, 3))
    intensities = np.zeros((len(groups), 17), np.float32)
    intensities[:, 0] = numbers / 50
    return CropSet(np.ascontiguousarray(crops), intensities, numbers, tuple(map(str, numbers)), np.array(groups))


def numbers(pictures: torch.Tensor) -> NDArray[np.int64]:
    return (pictures[:, 0, 0, 0] * 255).round().long().numpy()


def equal(a: Batch, b: Batch) -> bool:
    return all(torch.equal(getattr(a, field.name), getattr(b, field.name)) for field in fields(Batch))


def test_pictures_are_float_rgb_planes_in_0_to_1() -> None:
    crops = numbered_crops([-1])
    crops.crops[0, 0, 1] = (255, 102, 0)
    batch = Sampler(crops, 1, seed=0, paired=False).batch(0, CPU)
    assert batch.before.shape == (1, 3, 2, 2)
    assert batch.before.dtype == torch.float32
    assert batch.before[0, :, 0, 1].tolist() == pytest.approx([1.0, 0.4, 0.0])


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 5))
def test_an_epoch_draws_without_replacement(count: int, batch_size: int, seed: int) -> None:
    sampler = Sampler(numbered_crops([-1] * count), batch_size, seed, paired=False)
    drawn = [numbers(sampler.batch(step, CPU).before) for step in range(sampler.steps_per_epoch)]
    assert max(Counter(np.concatenate(drawn).tolist()).values()) == 1
    assert sum(map(len, drawn)) == min(count, sampler.steps_per_epoch * batch_size)
    assert count - sum(map(len, drawn)) < batch_size


def test_every_epoch_has_an_order_of_its_own() -> None:
    sampler = Sampler(numbered_crops([-1] * 40), 8, seed=0, paired=False)
    first, second = (
        np.concatenate([numbers(sampler.batch(epoch * 5 + step, CPU).before) for step in range(5)]) for epoch in (0, 1)
    )
    assert sorted(first) == sorted(second)
    assert first.tolist() != second.tolist()


def test_a_batch_depends_on_the_seed_and_the_step_alone() -> None:
    crops = numbered_crops([0, 0, 0, 1, 1, 1, -1, -1])
    walked, jumped = (Sampler(crops, 2, seed=3, paired=True) for _ in range(2))
    batches = [walked.batch(step, CPU) for step in range(9)]
    assert equal(batches[8], jumped.batch(8, CPU))
    assert not equal(batches[8], Sampler(crops, 2, seed=4, paired=True).batch(8, CPU))


def test_targets_of_a_pair_come_from_the_sources_own_group() -> None:
    groups = [0, 0, 0, 1, 1, -1, -1, -1]
    sampler = Sampler(numbered_crops(groups), 4, seed=0, paired=True)
    lonely_targets = set()
    for step in range(40):
        batch = sampler.batch(step, CPU)
        targets = (batch.target[:, 0] * 50).round().long().numpy()
        for before, after, target, paired in zip(
            numbers(batch.before), numbers(batch.after), targets, batch.has_after.tolist(), strict=True
        ):
            assert paired == (groups[before] >= 0)
            if paired:
                assert groups[target] == groups[before]
                assert after == target  # the true picture of the target expression
            else:
                assert after == before
                lonely_targets.add(int(target))
        assert numbers(batch.before).tolist() == batch.identities.tolist()
        assert np.allclose(batch.intensities[:, 0] * 50, numbers(batch.before))
    assert lonely_targets == set(range(8))  # the whole split


def test_without_pairs_targets_come_from_the_whole_split() -> None:
    sampler = Sampler(numbered_crops([0] * 4 + [1] * 4), 8, seed=0, paired=False)
    batches = [sampler.batch(step, CPU) for step in range(20)]
    drawn = torch.cat([batch.target[:, 0] for batch in batches]) * 50
    assert len(set(drawn.round().tolist())) == 8
    # Where chance has drawn a picture of the same group, it is a true pair all the same.
    for batch in batches:
        targets = (batch.target[:, 0] * 50).round().long().numpy()
        assert batch.has_after.tolist() == ((numbers(batch.before) < 4) == (targets < 4)).tolist()


def test_processes_share_a_batch_between_them() -> None:
    crops = numbered_crops([0] * 6 + [-1] * 6)
    whole = Sampler(crops, 4, seed=0, paired=True).batch(2, CPU)
    parts = [Sampler(crops, 4, seed=0, paired=True, process=(number, 2)).batch(2, CPU) for number in (0, 1)]
    for field in fields(Batch):
        together = torch.stack([getattr(part, field.name) for part in parts], dim=1).flatten(0, 1)
        assert torch.equal(together, getattr(whole, field.name))


def test_a_mean_over_pairs_weighs_them_alike_however_they_fall_to_the_processes() -> None:
    crops = numbered_crops([0] * 5 + [-1] * 7)
    values = torch.arange(12.0)
    for step in range(6):
        whole = Sampler(crops, 6, seed=0, paired=True).batch(step, CPU)
        meant = values[whole.identities[whole.has_after]].mean() if whole.has_after.any() else torch.tensor(0.0)
        parts = [Sampler(crops, 6, seed=0, paired=True, process=(number, 3)).batch(step, CPU) for number in range(3)]
        means = torch.stack([(values[part.identities] * part.pair_weights).mean() for part in parts])
        torch.testing.assert_close(means.mean(), meant)


def test_rare_strong_expressions_are_targets_as_often_as_asked() -> None:
    crops = numbered_crops([0] * 10)
    crops.intensities[:] = 0
    crops.intensities[0, 16] = 5  # the one closed pair of eyes: a tenth of the sum of squares' mean of 10 / 17
    crops.intensities[:, 3] = 1
    sampler = Sampler(crops, 10, seed=0, paired=True, rarity=2.0)
    drawn = np.concatenate([numbers(sampler.batch(step, CPU).after) for step in range(300)])
    weights = np.array([1 + 2 * (10 + 1) / 17] + [1 + 2 * 1 / 17] * 9)
    assert (drawn == 0).mean() == pytest.approx(weights[0] / weights.sum(), abs=0.02)
