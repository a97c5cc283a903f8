from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.trainer.faces import UNCHANGED
from trainer.config import AugmentationConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Batch
from trainer.randomness import Draws


@pytest.fixture
def batch() -> Batch:
    smooth = torch.nn.functional.interpolate(
        torch.rand(6, 3, 4, 4, generator=torch.Generator().manual_seed(0)), size=32, mode="bilinear"
    )
    labels = torch.rand(6, 17)
    return Batch(
        smooth, smooth, labels, labels, smooth.clone(), torch.ones(6, dtype=torch.bool), torch.ones(6), torch.arange(6)
    )


def draws(seed: int = 0) -> Draws:
    return Draws(torch.Generator().manual_seed(seed))


def test_without_any_range_nothing_changes(batch: Batch) -> None:
    changed = augment(batch, UNCHANGED, draws())
    assert torch.allclose(changed.before, batch.before, atol=1e-5)


@pytest.mark.parametrize(
    "config",
    [
        UNCHANGED.model_copy(update={"flip": True}),
        UNCHANGED.model_copy(update={"rotation_deg": 10.0}),
        UNCHANGED.model_copy(update={"scale": 0.2}),
        UNCHANGED.model_copy(update={"shift_px": 5.0}),
        UNCHANGED.model_copy(update={"colour": 0.3}),
        AugmentationConfig(),
    ],
    ids=["flip", "rotation", "scale", "shift", "colour", "default"],
)
def test_each_change_applies_to_both_pictures_of_a_pair_alike(batch: Batch, config: AugmentationConfig) -> None:
    changed = augment(batch, config, draws())
    assert not torch.allclose(changed.before, batch.before, atol=1e-2)
    assert torch.equal(changed.before, changed.after)
    assert 0 <= float(changed.before.min()) <= float(changed.before.max()) <= 1
    assert torch.equal(changed.target, batch.target)
    assert torch.equal(changed.identities, batch.identities)


def test_a_mirror_swaps_left_and_right_of_some_pictures(batch: Batch) -> None:
    changed = augment(batch, UNCHANGED.model_copy(update={"flip": True}), draws())
    kept = [torch.allclose(a, b, atol=1e-5) for a, b in zip(changed.before, batch.before, strict=True)]
    mirrored = [torch.allclose(a, b.flip(2), atol=1e-5) for a, b in zip(changed.before, batch.before, strict=True)]
    assert [a != b for a, b in zip(kept, mirrored, strict=True)] == [True] * 6
    assert any(kept)
    assert any(mirrored)


def test_a_shift_is_at_most_so_many_pixels(batch: Batch) -> None:
    """A ramp of one grey level a pixel tells how far it was moved."""
    ramp = torch.arange(32.0).expand(6, 3, 32, 32) / 32
    moved = augment(replace(batch, before=ramp, after=ramp), UNCHANGED.model_copy(update={"shift_px": 3.0}), draws())
    shifts = ((moved.before - ramp) * 32)[:, 0, 16, 8:24]  # away from the border
    assert float(shifts.std(dim=1).max()) < 1e-3
    assert 1 < float(shifts.abs().max()) <= 3


def test_brightness_contrast_and_saturation_stay_within_their_range(batch: Batch) -> None:
    grey = torch.full_like(batch.before, 0.5)
    changed = augment(replace(batch, before=grey, after=grey), UNCHANGED.model_copy(update={"colour": 0.1}), draws())
    levels = changed.before.amax(dim=(1, 2, 3)).numpy()  # of middle grey, only the brightness changes
    assert np.all((levels >= 0.45 - 1e-6) & (levels <= 0.55 + 1e-6))
    assert np.ptp(levels) > 0.01


def test_it_is_determined_by_the_draws(batch: Batch) -> None:
    first, again, other = (augment(batch, AugmentationConfig(), draws(seed)).before for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_what_a_picture_gets_does_not_depend_on_how_many_processes_share_the_batch(batch: Batch) -> None:
    config = AugmentationConfig(occlusion=0.5, degradation=0.5)
    whole = augment(batch, config, draws())
    for number in range(3):
        own = replace(batch, before=batch.before[number::3], after=batch.after[number::3])
        part = augment(own, config, Draws(torch.Generator().manual_seed(0), (number, 3)))
        torch.testing.assert_close(part.seen, whole.seen[number::3])
        torch.testing.assert_close(part.after, whole.after[number::3])
