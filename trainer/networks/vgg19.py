"""VGG19's features for the perceptual loss (equation 5)."""

import os
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.errors import ModelError

PerceptualLayer: TypeAlias = Literal[
    "relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1", "relu3_2", "relu3_3", "relu3_4"
]

LAYERS: Final[dict[PerceptualLayer, int]] = {
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
_SHARED_FILE: Final = Path("models", "vgg19_features_conv1_1_to_conv3_4.safetensors")


class _Weights(NamedTuple):
    """Weights, named as in `Vgg19Features`, and the input that they know: (x - mean) / deviation, x in 0..1."""

    tensors: dict[str, Tensor]
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


class Vgg19Features(nn.Module):
    """The pre-trained features up to one layer, frozen. Gradients flow to the pictures, not to the weights.

    Args:
        layer: φ of equation 5.

    Raises:
        ModelError: the weights are neither in the shared folder nor can they be downloaded.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, layer: PerceptualLayer = "relu3_1") -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for stage in _CHANNELS:
            for outputs in stage:
                layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers[: LAYERS[layer]])
        weights = _find_weights()
        self.load_state_dict({name: weights.tensors[name] for name in self.state_dict()})
        self.register_buffer("mean", torch.tensor(weights.mean).view(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor(weights.deviation).view(1, 3, 1, 1))
        self.requires_grad_(False)

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> the layer's activations [N, C, H, W]."""
        return self.features((images - self.mean) / self.deviation)


def _find_weights() -> _Weights:
    """Oxford's own weights where the shared folder has them, otherwise torchvision's, which are downloaded once."""
    shared = Path(os.environ.get("EGGAN_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    path = shared / _SHARED_FILE
    if path.is_file():
        return _Weights(
            load_file(path), (123.68 / 255, 116.779 / 255, 103.939 / 255), deviation=(1 / 255, 1 / 255, 1 / 255)
        )
    return _Weights(_download(), (0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225))


def _download() -> dict[str, Tensor]:
    from torchvision.models import VGG19_Weights  # only here is torchvision needed

    try:
        return dict(VGG19_Weights.IMAGENET1K_V1.get_state_dict(progress=False, check_hash=True))
    except OSError as error:
        raise ModelError(
            f"VGG19's weights cannot be downloaded: {error}.",
            f"Go online, set EGGAN_SHARED to a folder with {_SHARED_FILE}, or set losses.perceptual to 0.",
        ) from error
