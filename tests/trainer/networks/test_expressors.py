import pytest
import torch

from engine.networks import compose
from tests.trainer.faces import TINY
from trainer.networks.expressors import DetailExpressor, Generated, LatentExpressor, architecture_of, build_expressor

DETAIL = TINY.model_copy(update={"variant": "eggan-detail", "detail_channels": (4, 6)})
PICTURES, NEUTRAL, HAPPY = torch.rand(2, 3, 128, 128), torch.zeros(2, 17), torch.full((2, 17), 3.0)


def test_one_pass_makes_what_a_pass_for_each_expression_would() -> None:
    torch.manual_seed(0)
    network = LatentExpressor(TINY)
    made = Generated(*network(PICTURES, torch.zeros_like(PICTURES), NEUTRAL, HAPPY))
    assert torch.equal(made.latents, network.encoder(PICTURES))
    assert torch.allclose(made.reconstruction, network.generator(made.latents, NEUTRAL), atol=1e-5)
    assert torch.allclose(made.edited, network.edit(PICTURES, NEUTRAL, HAPPY), atol=1e-5)
    assert made.flow is None


def test_the_detail_variant_looks_at_what_is_seen_and_moves_the_pictures_themselves() -> None:
    network = a_moving_network()
    seen = torch.rand_like(PICTURES)
    made = Generated(*network(seen, PICTURES, NEUTRAL, HAPPY))
    latents, *maps = network.encoder(seen)
    assert torch.equal(made.latents, latents)
    edit = network.generator(latents, tuple(maps), NEUTRAL, HAPPY)
    assert torch.allclose(made.edited, compose(PICTURES, edit), atol=1e-5)
    assert float((made.edited - PICTURES).abs().max().detach()) > 0.01
    assert made.reconstruction is PICTURES


def test_the_detail_variant_leaves_a_face_with_its_own_expression_as_it_is() -> None:
    assert torch.allclose(a_moving_network().edit(PICTURES, HAPPY, HAPPY), PICTURES, atol=1e-6)


@pytest.mark.parametrize("config", [TINY, DETAIL])
def test_the_card_knows_the_sizes(config: object) -> None:
    expressor = build_expressor(config)  # type: ignore[arg-type]
    architecture = architecture_of(expressor.encoder, expressor.generator)
    encoded = expressor.encoder(PICTURES)
    arrays = encoded if isinstance(encoded, tuple) else (encoded,)
    assert [tuple(array.shape[1:]) for array in arrays] == list(architecture.encoded_shapes.values())


def a_moving_network() -> DetailExpressor:
    """With predictions, which begin at zero, away from it."""
    torch.manual_seed(0)
    network = DetailExpressor(DETAIL)
    with torch.no_grad():
        for weights in network.generator.parameters():
            weights.add_(torch.randn_like(weights) * 0.1)
    return network
