import torch

from tests.trainer.faces import TINY
from trainer.networks.ensemble import EncoderGenerator, Networks


def test_one_pass_makes_what_a_pass_for_each_expression_would() -> None:
    torch.manual_seed(0)
    network = EncoderGenerator(TINY)
    pictures, neutral, happy = torch.rand(2, 3, 128, 128), torch.zeros(2, 17), torch.full((2, 17), 3.0)
    latents, first, second = network(pictures, neutral, happy)
    assert torch.equal(latents, network.encoder(pictures))
    assert torch.allclose(first, network.generator(latents, neutral), atol=1e-5)
    assert torch.allclose(second, network.generator(latents, happy), atol=1e-5)


def test_the_average_starts_at_the_weights_and_follows_them() -> None:
    networks = Networks(TINY)
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
