"""Options of every command that runs the pipeline, and the settings they stand for."""

from typing import Annotated, TypeAlias, cast

import typer

from engine.backends import BackendKind, Device
from engine.faces.selection import FaceSelection
from engine.pipeline import FaceSettings, PipelineSettings

ModelOption: TypeAlias = Annotated[str, typer.Option("--model", help="A bundled model's name, or a model's folder.")]
BackendOption: TypeAlias = Annotated[str, typer.Option("--backend", help="auto, onnx or torch.")]
DeviceOption: TypeAlias = Annotated[
    str, typer.Option("--device", help="auto, cpu, cuda, tensorrt, directml, coreml or mps.")
]
CompositingOption: TypeAlias = Annotated[
    str, typer.Option("--compositing", help="detail moves the original pixels; replace pastes the generated face.")
]
FacesOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--faces",
        help="Which faces to edit: largest, leftmost, rightmost, all, the one nearest to X,Y in shares of the frame "
        "(0.5,0.5), or ids in the order in which people appear (0 or 0,2).",
    ),
]
SmoothingOption: TypeAlias = Annotated[
    float,
    typer.Option(
        "--smoothing",
        min=0.0,
        max=10.0,
        help="How much a video's faces are smoothed over time: 0 not at all, 1 as usual.",
    ),
]
CalibrationFlag: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--calibrate/--no-calibrate",
        help="Whether to learn each person's face at rest from a video before reading expressions.",
    ),
]


def pipeline_settings(
    model: str,
    backend: str,
    device: str,
    compositing: str = "detail",
    faces: FaceSettings | None = None,
) -> PipelineSettings:
    """Settings from the words of a command line; what they name is checked when the pipeline is opened."""
    return PipelineSettings(
        model, cast(BackendKind, backend), cast(Device, device), compositing, faces=faces or FaceSettings()
    )


def face_settings(faces: str, smoothing: float, *, calibrates: bool) -> FaceSettings:
    """Settings from the words of a command line.

    Raises:
        ProjectError: `faces` does not say which.
    """
    return FaceSettings(FaceSelection.parse(faces), smoothing, calibrates)
