"""VGG19's features for the perceptual loss (equation 5)."""

import os
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.errors import ModelError

LAYERS: Final = {
    "relu1_1": 2,
    "relu1_2": 4,
    "relu2_1": 7,
    "relu2_2": 9,
    "relu3_1": 12,
    "relu3_2": 14,
    "relu3_3": 16,
    "relu3_4": 18,
}
"""For each layer, how many of torchvision's `vgg19().features` lead up to and include it."""

_CHANNELS: Final = ((64, 64), (128, 128), (256, 256, 256, 256))
_MEAN: Final = (123.68 / 255, 116.779 / 255, 103.939 / 255)
_FILE: Final = "vgg19_features_conv1_1_to_conv3_4.safetensors"


class Vgg19Features(nn.Module):
    """The pre-trained features up to one layer, frozen. Gradients flow to the pictures, not to the weights."""

    def __init__(self, layer: str = "relu3_1") -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for stage in _CHANNELS:
            for outputs in stage:
                layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers[: LAYERS[layer]])
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.full((1, 3, 1, 1), 1 / 255), persistent=False)
        self._load()
        self.requires_grad_(requires_grad=False)

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> the layer's activations [N, C, H, W]."""
        activations: Tensor = self.features((images - self.mean) / self.deviation)
        return activations

    def _load(self) -> None:
        shared = os.environ.get("EGGAN_SHARED")
        local = (
            Path(shared) / "models" / _FILE
            if shared
            else Path(__file__).resolve().parents[3] / "shared" / "models" / _FILE
        )
        wanted = set(self.state_dict())
        if local.is_file():
            weights = {name: tensor for name, tensor in load_file(local).items() if name in wanted}
        else:
            weights = {
                f"features.{name}": tensor for name, tensor in _download().items() if f"features.{name}" in wanted
            }
            # torchvision's weights expect ImageNet's mean and deviation instead of the original network's mean alone.
            self.mean = torch.tensor((0.485, 0.456, 0.406)).view(1, 3, 1, 1)
            self.deviation = torch.tensor((0.229, 0.224, 0.225)).view(1, 3, 1, 1)
        self.load_state_dict(weights)


def _download() -> dict[str, Tensor]:
    from torchvision.models import VGG19_Weights, vgg19

    try:
        weights: dict[str, Tensor] = vgg19(weights=VGG19_Weights.IMAGENET1K_V1).features.state_dict()
    except OSError as error:
        raise ModelError(
            f"VGG19's weights cannot be downloaded ({error}).",
            f"Set EGGAN_SHARED to a folder with models/{_FILE}, connect to the internet, or set losses.perceptual to 0.",
        ) from error
    return weights
