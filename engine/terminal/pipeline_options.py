"""Options of every command that runs the pipeline, and the settings they stand for."""

from typing import Annotated, TypeAlias, cast

import typer

from engine.backends import BackendKind, Device
from engine.pipeline import PipelineSettings

ModelOption: TypeAlias = Annotated[str, typer.Option("--model", help="A bundled model's name, or a model's folder.")]
BackendOption: TypeAlias = Annotated[str, typer.Option("--backend", help="auto, onnx or torch.")]
DeviceOption: TypeAlias = Annotated[
    str, typer.Option("--device", help="auto, cpu, cuda, tensorrt, directml, coreml or mps.")
]
CompositingOption: TypeAlias = Annotated[
    str, typer.Option("--compositing", help="detail moves the original pixels; replace pastes the generated face.")
]


def pipeline_settings(model: str, backend: str, device: str, compositing: str = "detail") -> PipelineSettings:
    """Settings from the words of a command line; what they name is checked when the pipeline is opened."""
    return PipelineSettings(model, cast(BackendKind, backend), cast(Device, device), compositing)
