"""ONNX Runtime's execution providers that this program knows, fastest first, and their settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from platformdirs import user_cache_path

from engine.bundle import Architecture

MAX_TENSORRT_BATCH: Final = 16
"""A larger batch is computed too, after TensorRT has built another engine for it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One execution provider.

    Attributes:
        device: its name in this program.
        name: its name in ONNX Runtime.
        options: its settings.
        precedes: providers that take the parts of a graph which this one cannot.
    """

    device: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    precedes: tuple["Provider", ...] = ()

    @property
    def chain(self) -> list[tuple[str, dict[str, str]]]:
        """The argument `providers` of a session."""
        return [(provider.name, dict(provider.options)) for provider in (self, *self.precedes)]


CPU: Final = Provider("cpu", "CPUExecutionProvider")
CUDA: Final = Provider(
    "cuda",
    "CUDAExecutionProvider",
    # No TensorFloat-32: pictures must not depend on the device. The exhaustive search would delay the start.
    {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"},
    (CPU,),
)
DIRECTML: Final = Provider("directml", "DmlExecutionProvider", precedes=(CPU,))
COREML: Final = Provider("coreml", "CoreMLExecutionProvider", {"ModelFormat": "MLProgram"}, (CPU,))


def tensorrt(architecture: Architecture) -> Provider:
    """TensorRT builds an engine for a range of batch sizes, which takes a while, and keeps it in the user's cache."""
    size = architecture.crop_size
    inputs = {"crops": (size, size, 3), **architecture.encoded_shapes, **architecture.condition_shapes}

    def shapes(batch: int) -> str:
        return ",".join(f"{name}:{'x'.join(map(str, (batch, *shape)))}" for name, shape in inputs.items())

    options = {
        "trt_engine_cache_enable": "1",
        "trt_engine_cache_path": str(user_cache_path("eggan-studio", appauthor=False) / "tensorrt"),
        "trt_profile_min_shapes": shapes(1),
        "trt_profile_opt_shapes": shapes(2),
        "trt_profile_max_shapes": shapes(MAX_TENSORRT_BATCH),
    }
    return Provider("tensorrt", "TensorrtExecutionProvider", options, (CUDA, CPU))


def providers(architecture: Architecture) -> tuple[Provider, ...]:
    """All providers, fastest first."""
    return (tensorrt(architecture), CUDA, DIRECTML, COREML, CPU)
