"""The ONNX files of E and G of either variant."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from engine.bundle import Architecture, DetailArchitecture
from engine.networks import DetailEncoder, DetailGenerator, Encoder, Generator
from trainer.deployment.detail import DeployedDetailEncoder, DeployedDetailGenerator
from trainer.deployment.latent import DeployedEncoder, DeployedGenerator
from trainer.deployment.tracing import OPSET, onnx_file

__all__ = ["OPSET", "OnnxFiles", "write_onnx"]

_LATENT_OUTPUTS: Final = ("images",)
_DETAIL_OUTPUTS: Final = ("images", "flow", "mask", "colour")


@dataclass(frozen=True, slots=True)
class OnnxFiles:
    """The contents of the ONNX files of E and G, and what their inputs are."""

    encoder: bytes
    generator: bytes
    architecture: Architecture


def write_onnx(
    encoder: Encoder | DetailEncoder,
    generator: Generator | DetailGenerator,
    architecture: Architecture,
    *,
    store_half: bool,
) -> OnnxFiles:
    """Trace E and G, in evaluation mode on the CPU; `store_half` keeps their weights as float16."""
    inputs = {name: torch.zeros(2, *shape) for name, shape in architecture.encoded_shapes.items()}
    inputs |= {name: torch.zeros(2, *shape) for name, shape in architecture.condition_shapes.items()}
    crops = torch.zeros(2, architecture.crop_size, architecture.crop_size, 3, dtype=torch.uint8)
    encoded = list(architecture.encoded_shapes)

    def trace(module: torch.nn.Module, given: dict[str, Tensor], outputs: list[str]) -> bytes:
        return onnx_file(module.eval(), given, outputs, store_half=store_half)

    if isinstance(architecture, DetailArchitecture):
        assert isinstance(encoder, DetailEncoder)
        assert isinstance(generator, DetailGenerator)
        inputs["crops"] = crops
        return OnnxFiles(
            trace(DeployedDetailEncoder(encoder), {"crops": crops}, encoded),
            trace(DeployedDetailGenerator(generator), inputs, list(_DETAIL_OUTPUTS)),
            architecture,
        )
    assert isinstance(encoder, Encoder)
    assert isinstance(generator, Generator)
    return OnnxFiles(
        trace(DeployedEncoder(encoder), {"crops": crops}, encoded),
        trace(DeployedGenerator(generator), inputs, list(_LATENT_OUTPUTS)),
        architecture,
    )
