import pytest
import torch

from engine.networks import Generator, GeneratorConfig
from tests.engine.networks.tiny import GENERATOR, make_networks


def test_default_makes_the_encoders_crop() -> None:
    assert GeneratorConfig().crop_size == 128


@pytest.mark.parametrize("channels", [(4, 4), (8, 4, 4, 2)])
def test_every_block_doubles_the_side(channels: tuple[int, ...]) -> None:
    config = GeneratorConfig(latent_size=3, au_count=17, channels=channels)
    images = Generator(config)(torch.randn(2, 3), torch.rand(2, 17))
    assert images.shape == (2, 3, config.crop_size, config.crop_size)
    assert config.crop_size == 2 ** len(channels)


def test_values_lie_between_0_and_1() -> None:
    _, generator = make_networks()
    images = generator(torch.randn(4, 12) * 100, torch.rand(4, 17) * 5)
    assert images.min() >= 0
    assert images.max() <= 1


def test_pictures_of_a_batch_do_not_mix() -> None:
    _, generator = make_networks()
    latents, intensities = torch.randn(3, 12), torch.rand(3, 17) * 5
    torch.testing.assert_close(generator(latents, intensities)[1:2], generator(latents[1:2], intensities[1:2]))


def test_every_value_of_the_condition_changes_the_picture() -> None:
    _, generator = make_networks()
    latents = torch.randn(1, GENERATOR.latent_size, requires_grad=True)
    intensities = torch.rand(1, GENERATOR.au_count, requires_grad=True)
    generator(latents, intensities)[0, 0, 0, 0].backward()
    assert latents.grad is not None
    assert intensities.grad is not None
    assert latents.grad.count_nonzero() == GENERATOR.latent_size
    assert intensities.grad.count_nonzero() == GENERATOR.au_count


def test_every_weight_is_used() -> None:
    _, generator = make_networks()
    generator(torch.randn(2, 12), torch.rand(2, 17) * 5).square().mean().backward()
    unused = [name for name, weight in generator.named_parameters() if weight.grad is None or not weight.grad.any()]
    # Instance Norm takes the mean away again that the bias of the convolution before it adds.
    assert all(name.endswith("convolution1.bias") for name in unused)
