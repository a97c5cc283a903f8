"""The detail variant's E and G in the form that ONNX Runtime computes: pictures NHWC, conversions inside the graph."""

import torch
from torch import Tensor, nn

from engine.networks import DetailEncoder, DetailGenerator, compose


class DeployedDetailEncoder(nn.Module):
    """E, from uint8 crops."""

    def __init__(self, encoder: DetailEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, crops: Tensor) -> tuple[Tensor, ...]:
        """uint8 [N, S, S, 3] RGB -> latents [N, latent_size], then the maps, NCHW."""
        encoded: tuple[Tensor, ...] = self.encoder(_pictures(crops))
        return encoded


class DeployedDetailGenerator(nn.Module):
    """G, and the composition of what it predicts."""

    def __init__(self, generator: DetailGenerator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Latents, maps, source and target [N, au_count] in 0..5, crops uint8 [N, S, S, 3] -> pictures and predictions.

        Returns:
            Pictures [N, S, S, 3] RGB in 0..1, flow [N, S, S, 2], mask [N, S, S] and colour [N, S, S, 3].
        """
        latents, *maps, source, target, crops = inputs
        edit = self.generator(latents, tuple(maps), source, target)
        composed = compose(_pictures(crops), edit)
        mask = torch.squeeze(edit.mask, 1)
        return composed.permute(0, 2, 3, 1), edit.flow.permute(0, 2, 3, 1), mask, edit.colour.permute(0, 2, 3, 1)


def _pictures(crops: Tensor) -> Tensor:
    return crops.permute(0, 3, 1, 2).float() * (1 / 255)
