import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.error import URLError

import pytest
import torch
import torch.nn.functional as F
from safetensors import safe_open

from engine.errors import ModelError
from trainer.networks.vgg19 import LAYERS, PerceptualLayer, Vgg19Features

FILE = Path("models", "vgg19_features_conv1_1_to_conv3_4.safetensors")


@pytest.fixture
def weights_file(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not (shared / FILE).is_file():
        pytest.skip(f"{shared / FILE} is absent")
    monkeypatch.setenv("EGGAN_SHARED", str(shared))
    return shared / FILE


def test_it_is_vgg19_from_the_input_that_the_file_asks_for(weights_file: Path) -> None:
    """Recomputed from the file alone, up to relu2_1, in the channel order and scale of its metadata."""
    with safe_open(weights_file, "pt") as file:
        assert file.metadata()["input"] == "RGB, float, (x*255 - [123.68,116.779,103.939]), x in 0..1"
        weights = {name: file.get_tensor(name).double() for name in file.keys()}  # noqa: SIM118  it is not a dict
    images = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    maps = images.double() * 255 - torch.tensor([123.68, 116.779, 103.939]).double().view(3, 1, 1)
    for layer in (0, 2):
        maps = F.relu(F.conv2d(maps, weights[f"features.{layer}.weight"], weights[f"features.{layer}.bias"], padding=1))
    maps = F.max_pool2d(maps, 2)
    maps = F.relu(F.conv2d(maps, weights["features.5.weight"], weights["features.5.bias"], padding=1))
    features = Vgg19Features("relu2_1")(images)
    assert features.shape == (1, 128, 8, 8)
    assert torch.allclose(features.double(), maps, rtol=1e-3, atol=1e-2)  # activations are in the hundreds


@pytest.mark.usefixtures("weights_file")
@pytest.mark.parametrize(("layer", "channels", "side"), [("relu1_1", 64, 16), ("relu2_2", 128, 8), ("relu3_1", 256, 4)])
def test_each_layer_has_its_size(layer: PerceptualLayer, channels: int, side: int) -> None:
    assert Vgg19Features(layer)(torch.zeros(1, 3, 16, 16)).shape == (1, channels, side, side)


@pytest.mark.usefixtures("weights_file")
def test_gradients_reach_the_pictures_and_not_the_weights() -> None:
    network = Vgg19Features("relu1_2")
    images = torch.rand(1, 3, 8, 8, requires_grad=True)
    network(images).sum().backward()
    assert images.grad is not None
    assert bool(images.grad.abs().sum() > 0)
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_relu3_1_is_the_first_activation_after_the_second_pooling() -> None:
    assert list(LAYERS) == sorted(LAYERS)
    assert LAYERS["relu3_1"] == LAYERS["relu2_2"] + len(["pool", "convolution", "relu"])


def torchvision_that(gives: Callable[[], dict[str, torch.Tensor]]) -> dict[str, ModuleType]:
    """Importing the real one takes seconds."""
    models = ModuleType("torchvision.models")
    weights = SimpleNamespace(get_state_dict=lambda **_options: gives())
    models.VGG19_Weights = SimpleNamespace(IMAGENET1K_V1=weights)  # type: ignore[attr-defined]
    return {"torchvision": ModuleType("torchvision"), "torchvision.models": models}


def test_torchvisions_weights_get_imagenets_mean_and_deviation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloaded = {
        "features.0.weight": torch.ones(64, 3, 3, 3) / 27,
        "features.0.bias": torch.zeros(64),
        "classifier.0.weight": torch.zeros(1),
    }
    monkeypatch.setenv("EGGAN_SHARED", str(tmp_path))
    for name, module in torchvision_that(lambda: downloaded).items():
        monkeypatch.setitem(sys.modules, name, module)
    images = torch.tensor([0.485 + 0.229, 0.456 + 0.224, 0.406 + 0.225]).view(1, 3, 1, 1).expand(1, 3, 4, 4)
    activations = Vgg19Features("relu1_1")(images)
    assert float(activations[0, 0, 1, 1]) == pytest.approx(1.0)  # one deviation above the mean, averaged


def test_without_weights_and_internet_the_error_names_the_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline() -> dict[str, torch.Tensor]:
        raise URLError("no route to host")

    monkeypatch.setenv("EGGAN_SHARED", str(tmp_path))
    for name, module in torchvision_that(offline).items():
        monkeypatch.setitem(sys.modules, name, module)
    with pytest.raises(ModelError, match="no route to host") as caught:
        Vgg19Features()
    assert "losses.perceptual" in caught.value.remedy
