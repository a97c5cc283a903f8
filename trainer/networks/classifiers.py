"""C_exp and C_id: one architecture, inspired by VGG19 (section 4.1)."""

from typing import Final

import torch
from torch import Tensor, nn

from engine.action_units import AU_COUNT

LEVELS: Final = 6
"""An intensity is told as one of the six levels 0..5."""

_CONVOLUTIONS: Final = (2, 2, 4, 4, 4)
_WIDTHS: Final = (64, 128, 256, 512, 512)


class Vgg19Trunk(nn.Module):
    """VGG19's sixteen 3x3 convolutions with Instance Norm, each stage followed by pooling.

    Args:
        width: fraction of VGG19's channels.
    """

    def __init__(self, width: float) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for count, channels in zip(_CONVOLUTIONS, _WIDTHS, strict=True):
            outputs = max(8, round(channels * width))
            for _ in range(count):
                layers += [
                    nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, bias=False),
                    nn.InstanceNorm2d(outputs, affine=True),
                    nn.ReLU(inplace=True),
                ]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.layers = nn.Sequential(*layers)
        self.channels = inputs

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> features [N, channels * 4 * 4] for S = 128."""
        return torch.flatten(self.layers(images * 2 - 1), 1)


class ExpressionClassifier(nn.Module):
    """C_exp: six levels of each action unit."""

    def __init__(self, width: float = 1.0, crop_size: int = 128) -> None:
        super().__init__()
        self.trunk = Vgg19Trunk(width)
        self.head = nn.Linear(self.trunk.channels * (crop_size // 32) ** 2, AU_COUNT * LEVELS)

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> logits [N, 17, 6]."""
        return self.head(self.trunk(images)).unflatten(1, (AU_COUNT, LEVELS))


class IdentityClassifier(nn.Module):
    """C_id: one logit per person of the training set."""

    def __init__(self, identities: int, width: float = 1.0, crop_size: int = 128) -> None:
        super().__init__()
        self.trunk = Vgg19Trunk(width)
        self.head = nn.Linear(self.trunk.channels * (crop_size // 32) ** 2, identities)

    def forward(self, images: Tensor) -> Tensor:
        """[N, 3, S, S] RGB in 0..1 -> logits [N, identities]."""
        return self.head(self.trunk(images))
