import pytest
import torch
from torch import nn

from engine.networks import Encoder, EncoderConfig
from tests.engine.networks.tiny import make_networks


def test_default_is_the_papers() -> None:
    encoder = Encoder(EncoderConfig())
    convolutions = [layer for layer in encoder.convolutions if isinstance(layer, nn.Conv2d)]
    assert [convolution.out_channels for convolution in convolutions] == [16, 32, 64, 128, 256]
    assert encoder(torch.rand(1, 3, 128, 128)).shape == (1, 256)


@pytest.mark.parametrize("config", [EncoderConfig(8, (4,), 3), EncoderConfig(32, (4, 5, 6), 7)])
def test_one_latent_a_picture(config: EncoderConfig) -> None:
    assert Encoder(config)(torch.rand(3, 3, config.crop_size, config.crop_size)).shape == (3, config.latent_size)


def test_crop_that_cannot_be_halved_as_often() -> None:
    with pytest.raises(ValueError, match="crop_size 20 is not a multiple of 8"):
        Encoder(EncoderConfig(20, (4, 4, 4), 5))


def test_mid_grey_is_zero_to_the_first_convolution() -> None:
    encoder, _ = make_networks()
    seen = []
    encoder.convolutions[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    encoder(torch.tensor([0.0, 0.5, 1.0]).view(1, 3, 1, 1).expand(1, 3, 16, 16))
    assert seen[0][0, :, 0, 0].tolist() == [-1.0, 0.0, 1.0]


def test_pictures_of_a_batch_do_not_mix() -> None:
    encoder, _ = make_networks()
    images = torch.rand(3, 3, 16, 16)
    torch.testing.assert_close(encoder(images)[1:2], encoder(images[1:2]))
