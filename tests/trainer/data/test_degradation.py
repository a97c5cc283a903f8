import pytest
import torch

from trainer.data.degradation import degrade
from trainer.data.occluders import draw_occluders
from trainer.randomness import Draws


def draws(seed: int = 0) -> Draws:
    return Draws(torch.Generator().manual_seed(seed))


def pictures(count: int = 16) -> torch.Tensor:
    coarse = torch.rand(count, 3, 4, 4, generator=torch.Generator().manual_seed(9))
    return torch.nn.functional.interpolate(coarse, (64, 64), mode="bilinear")


def test_no_picture_is_degraded_where_none_shall_be() -> None:
    assert torch.equal(degrade(pictures(), 0.0, draws()), pictures())


def test_about_the_share_is_degraded_and_each_to_its_own_degree() -> None:
    difference = (degrade(pictures(200), 0.5, draws()) - pictures(200)).abs().mean(dim=(1, 2, 3))
    assert 80 < int((difference > 0).sum()) < 120
    some = difference[difference > 0]
    assert float(some.max()) > 5 * float(some.min())
    assert float(some.mean()) < 0.1


def test_degraded_pictures_stay_in_range() -> None:
    made = degrade(pictures(64).round(), 1.0, draws())
    assert 0 <= float(made.min()) <= float(made.max()) <= 1


def test_an_occluder_covers_both_pictures_alike() -> None:
    before, after = pictures(32), 1 - pictures(32)
    covered_before, covered_after = draw_occluders(1.0, draws(), before, after)
    hidden = ((covered_before - covered_after).abs() < 1e-3).all(dim=1) & ((before - after).abs() > 0.05).any(dim=1)
    assert 0.01 < float(hidden.float().mean()) < 0.6
    changed = (covered_before != before).any(dim=1)
    assert torch.equal(changed, (covered_after != after).any(dim=1)) or bool(hidden.any())


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_the_share_of_occluded_pictures(share: float) -> None:
    before = torch.full((300, 3, 64, 64), 2.0)  # a value that no occluder has
    covered, _ = draw_occluders(share, draws(), before, before)
    touched = float(((covered < 1.5).flatten(1).any(dim=1)).float().mean())
    assert touched == pytest.approx(share, abs=0.1)
