import pytest
import torch
from torch import Tensor

from engine.networks import (
    DetailEdit,
    DetailEncoder,
    DetailEncoderConfig,
    DetailGenerator,
    DetailGeneratorConfig,
    compose,
)
from engine.networks.detail import warp

SIZES = 32, (4, 6, 8), 5
IMAGES = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def encoder() -> DetailEncoder:
    torch.manual_seed(0)
    return DetailEncoder(DetailEncoderConfig(*SIZES)).eval()


@pytest.fixture
def generator() -> DetailGenerator:
    """With predictions, which begin at zero, away from it."""
    torch.manual_seed(1)
    network = DetailGenerator(DetailGeneratorConfig(*SIZES, condition_size=16)).eval()
    with torch.no_grad():
        for weights in network.parameters():
            weights.add_(torch.randn_like(weights) * 0.1)
    return network


@torch.no_grad()
def predict(encoder: DetailEncoder, generator: DetailGenerator, source: Tensor, target: Tensor) -> DetailEdit:
    latents, *maps = encoder(IMAGES)
    edit: DetailEdit = generator(latents, tuple(maps), source, target)
    return edit


def test_maps_halve_their_side_level_by_level(encoder: DetailEncoder) -> None:
    latents, *maps = encoder(IMAGES)
    assert latents.shape == (2, 5)
    assert [tuple(level.shape[1:]) for level in maps] == [(4, 16, 16), (6, 8, 8), (8, 4, 4)]


def test_predictions_have_the_crops_resolution(encoder: DetailEncoder, generator: DetailGenerator) -> None:
    edit = predict(encoder, generator, torch.zeros(2, 17), torch.full((2, 17), 3.0))
    assert [tuple(part.shape[1:]) for part in edit] == [(2, 32, 32), (1, 32, 32), (3, 32, 32)]
    assert 0 <= float(edit.mask.min()) <= float(edit.mask.max()) <= 1
    assert float(edit.flow.abs().max()) > 0.1


def test_a_face_keeps_its_own_expression_exactly(encoder: DetailEncoder, generator: DetailGenerator) -> None:
    own = torch.full((2, 17), 2.0)
    edit = predict(encoder, generator, own, own)
    assert float(edit.flow.abs().max()) == 0
    assert float(edit.mask.max()) == 0
    assert torch.allclose(compose(IMAGES, edit), IMAGES, atol=1e-6)


def test_a_tiny_change_moves_hardly_anything(encoder: DetailEncoder, generator: DetailGenerator) -> None:
    own = torch.zeros(2, 17)
    small, large = own.clone(), own.clone()
    small[:, 8], large[:, 8] = 0.1, 3.0
    moved = [float(predict(encoder, generator, own, target).flow.abs().mean()) for target in (small, large)]
    assert 0 < moved[0] < moved[1] / 10


def test_a_flow_takes_pixels_from_where_it_points() -> None:
    flow = torch.zeros(2, 2, 32, 32)
    flow[:, 0], flow[:, 1] = 3.0, -2.0
    moved = warp(IMAGES, flow)
    assert torch.allclose(moved[:, :, 2:, :-3], IMAGES[:, :, :-2, 3:], atol=1e-5)


def test_half_a_pixel_is_the_mean_of_two() -> None:
    flow = torch.zeros(2, 2, 32, 32)
    flow[:, 0] = 0.5
    expected = (IMAGES[..., :-1] + IMAGES[..., 1:]) / 2
    assert torch.allclose(warp(IMAGES, flow)[..., :-1], expected, atol=1e-5)


def test_the_mask_mixes_colour_in() -> None:
    mask = torch.zeros(2, 1, 32, 32)
    mask[..., :16], mask[..., 16] = 1.0, 0.25
    colour = torch.full_like(IMAGES, 0.5)
    made = compose(IMAGES, DetailEdit(torch.zeros(2, 2, 32, 32), mask, colour))
    assert torch.allclose(made[..., :16], colour[..., :16], atol=1e-6)
    assert torch.allclose(made[..., 16], 0.25 * 0.5 + 0.75 * IMAGES[..., 16], atol=1e-5)
    assert torch.allclose(made[..., 17:], IMAGES[..., 17:], atol=1e-6)


def test_a_crop_that_cannot_be_halved_so_often() -> None:
    with pytest.raises(ValueError, match="crop_size 20 is not a multiple of 8"):
        DetailEncoder(DetailEncoderConfig(20, (4, 6, 8), 5))
