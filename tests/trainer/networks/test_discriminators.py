import torch
from torch import nn

from trainer.networks.discriminators import ImageDiscriminator, LatentDiscriminator


def test_d_z_has_six_fully_connected_layers_of_the_papers_widths() -> None:
    network = LatentDiscriminator(256)
    layers = [layer for layer in network.layers if isinstance(layer, nn.Linear)]
    assert [layer.in_features for layer in layers] == [256, 256, 128, 64, 32, 16]
    assert layers[-1].out_features == 1
    assert network(torch.zeros(3, 256)).shape == (3,)


def test_d_img_has_six_convolutions_of_stride_2() -> None:
    network = ImageDiscriminator(first_channels=4)
    layers = [layer for layer in network.layers if isinstance(layer, nn.Conv2d)]
    assert len(layers) == 6
    assert all(layer.stride == (2, 2) for layer in layers)
    assert network(torch.zeros(3, 3, 128, 128)).shape == (3,)


def test_d_img_judges_each_picture_by_itself() -> None:
    """As the gradient penalty supposes."""
    network = ImageDiscriminator(first_channels=2)
    pictures = torch.rand(2, 3, 128, 128, generator=torch.Generator().manual_seed(0))
    together, alone = network(pictures), network(pictures[:1])
    assert torch.allclose(together[:1], alone, atol=1e-6)
