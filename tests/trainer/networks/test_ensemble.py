import torch

from tests.trainer.faces import TINY
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import LatentExpressor


def test_the_average_starts_at_the_weights_and_follows_them() -> None:
    networks = Networks(TINY)
    assert isinstance(networks.expressor, LatentExpressor)
    assert isinstance(networks.average, LatentExpressor)
    weight, averaged = networks.expressor.encoder.to_latent.bias, networks.average.encoder.to_latent.bias
    assert torch.equal(weight, averaged)
    start = weight.detach().clone()
    with torch.no_grad():
        weight.add_(1)
    networks.update_average(0.9)
    assert torch.allclose(averaged, start + 0.1)
    networks.update_average(0.9)
    assert torch.allclose(averaged, start + 0.19)
    assert not any(parameter.requires_grad for parameter in networks.average.parameters())
