import pytest
import torch
from torch import nn

from trainer.networks.classifiers import ExpressionClassifier, IdentityClassifier, Vgg19Trunk


def test_the_trunk_has_vgg19s_sixteen_convolutions() -> None:
    with torch.device("meta"):
        layers = [layer for layer in Vgg19Trunk(1.0).layers if isinstance(layer, nn.Conv2d)]
    assert [layer.out_channels for layer in layers] == [64] * 2 + [128] * 2 + [256] * 4 + [512] * 8


@pytest.mark.parametrize(("width", "first", "last"), [(0.25, 16, 128), (0.01, 8, 8)])
def test_the_width_scales_the_channels_down_to_8(width: float, first: int, last: int) -> None:
    with torch.device("meta"):
        layers = [layer for layer in Vgg19Trunk(width).layers if isinstance(layer, nn.Conv2d)]
    assert (layers[0].out_channels, layers[-1].out_channels) == (first, last)


def test_they_tell_six_levels_of_17_action_units_and_one_logit_a_person() -> None:
    pictures = torch.zeros(2, 3, 128, 128)
    assert ExpressionClassifier(0.01)(pictures).shape == (2, 17, 6)
    assert IdentityClassifier(5, 0.01)(pictures).shape == (2, 5)
