from pathlib import Path

import pytest
import torch

from engine.backends.torch_backend import TorchBackend, choose_half
from engine.backends.torch_networks import LatentNetworks
from engine.bundle import ENCODER_WEIGHTS, GENERATOR_WEIGHTS, Bundle, write_bundle
from engine.errors import ModelError
from tests.engine.networks.tiny import make_networks

CPU = torch.device("cpu")


def test_half_is_taken_where_it_draws_the_same(bundle: Bundle) -> None:
    encoder, generator = make_networks()
    torch.nn.init.zeros_(generator.to_rgb.weight)
    assert choose_half(LatentNetworks(encoder, generator), bundle.card.architecture, CPU) is torch.float16


def test_half_is_not_taken_where_it_draws_something_else(bundle: Bundle) -> None:
    encoder, generator = make_networks()
    with torch.no_grad():
        generator.to_rgb.weight.mul_(100)
    assert choose_half(LatentNetworks(encoder, generator), bundle.card.architecture, CPU) is None


def test_values_too_large_for_float16_leave_bfloat16(bundle: Bundle) -> None:
    encoder, generator = make_networks()
    with torch.no_grad():
        encoder.to_latent.bias.fill_(1e6)  # infinite in float16, and the same for all pictures
        generator.to_rgb.weight.zero_()
        generator.from_condition.weight.mul_(1e-6)
    assert choose_half(LatentNetworks(encoder, generator), bundle.card.architecture, CPU) is torch.bfloat16


@pytest.mark.skipif(torch.cuda.is_available() or torch.backends.mps.is_available(), reason="a GPU is there")
@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_absent(bundle: Bundle, device: str) -> None:
    with pytest.raises(ModelError, match=f"no device '{device}'") as caught:
        TorchBackend(bundle, device)
    assert caught.value.remedy == "Choose one of: auto, cpu."


@pytest.mark.parametrize("name", [ENCODER_WEIGHTS, GENERATOR_WEIGHTS])
def test_weights_that_do_not_fit_the_card(bundle: Bundle, tmp_path: Path, name: str) -> None:
    other = GENERATOR_WEIGHTS if name == ENCODER_WEIGHTS else ENCODER_WEIGHTS
    files = {ENCODER_WEIGHTS: bundle.read(ENCODER_WEIGHTS), GENERATOR_WEIGHTS: bundle.read(GENERATOR_WEIGHTS)}
    mixed = write_bundle(tmp_path / "mixed", bundle.card, files | {name: files[other]})
    with pytest.raises(ModelError, match=rf"{name} do not fit the architecture"):
        TorchBackend(mixed, "cpu")


def test_weights_that_are_not_safetensors(bundle: Bundle, tmp_path: Path) -> None:
    files = {ENCODER_WEIGHTS: b"\x80\x04pickle", GENERATOR_WEIGHTS: bundle.read(GENERATOR_WEIGHTS)}
    broken = write_bundle(tmp_path / "broken", bundle.card, files)
    with pytest.raises(ModelError, match=r"encoder\.safetensors do not fit"):
        TorchBackend(broken, "cpu")
