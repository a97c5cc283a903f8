"""Options of every command that runs the pipeline, and the settings they stand for."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, TypeAlias, cast

import typer

from engine.backends import BackendKind, Device
from engine.edit_scope import EVERYWHERE, REGIONS, FaceSelection, RegionStrengths
from engine.errors import ProjectError
from engine.pipeline import DEFAULT_MODEL, FaceSettings, PipelineSettings
from engine.project import Project

ModelOption: TypeAlias = Annotated[str, typer.Option("--model", help="A bundled model's name, or a model's folder.")]
ModelOrProjectsOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--model", help=f"A bundled model's name, or a model's folder; by default the project's, or {DEFAULT_MODEL}."
    ),
]
BackendOption: TypeAlias = Annotated[str, typer.Option("--backend", help="auto, onnx or torch.")]
DeviceOption: TypeAlias = Annotated[
    str, typer.Option("--device", help="auto, cpu, cuda, tensorrt, directml, coreml or mps.")
]
CompositingOption: TypeAlias = Annotated[
    str, typer.Option("--compositing", help="detail moves the original pixels; replace pastes the generated face.")
]
CompositingOrProjectsOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--compositing",
        help="detail moves the original pixels; replace pastes the generated face. By default the project's, or "
        "detail.",
    ),
]
FacesOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--faces",
        help="Which faces to edit: largest, leftmost, rightmost, all, the one nearest to X,Y in shares of the frame "
        "(0.5,0.5), or ids in the order in which people appear (0 or 0,2). By default the largest, or those "
        "that a project names.",
    ),
]
RegionOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        help=f"How strongly the edit shows in a region of the face, as in mouth=0.5; repeatable. {', '.join(REGIONS)}.",
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
    regions: RegionStrengths = EVERYWHERE,
) -> PipelineSettings:
    """Settings from the words of a command line; what they name is checked when the pipeline is opened."""
    return PipelineSettings(
        model,
        cast(BackendKind, backend),
        cast(Device, device),
        compositing,
        faces=faces or FaceSettings(),
        regions=regions,
    )


def pipeline_settings_of(
    project: Project,
    model: str | None,
    backend: str,
    device: str,
    compositing: str | None,
    *,
    faces: str | None,
    regions: Sequence[str],
    smoothing: float,
    calibrates: bool,
    neutral_at: Fraction | None = None,
) -> PipelineSettings:
    """Settings of a command that may play a project, whose own count where the command line names none.

    Raises:
        ProjectError: `faces` or `regions` name what there is not.
    """
    selection = project.faces.selection if faces is None else FaceSelection.parse(faces)
    return pipeline_settings(
        model or project.model,
        backend,
        device,
        compositing or project.output.compositing,
        face_settings(selection, smoothing, calibrates=calibrates, neutral_at=neutral_at),
        region_strengths(regions, project.faces.regions),
    )


def face_settings(
    faces: FaceSelection, smoothing: float, *, calibrates: bool, neutral_at: Fraction | None = None
) -> FaceSettings:
    """Settings of what reads faces; a known face at rest counts only where people are calibrated at all."""
    return FaceSettings(faces, smoothing, calibrates, neutral_at if calibrates else None)


def region_strengths(words: Sequence[str], others: RegionStrengths = EVERYWHERE) -> RegionStrengths:
    """Read strengths such as "mouth=0.5"; the regions that are not named keep those of `others`.

    Raises:
        ProjectError: there is no such region, or no such strength.
    """
    for word in words:
        region, _, number = (part.strip() for part in word.lower().partition("="))
        if region not in REGIONS:
            near = difflib.get_close_matches(region, REGIONS, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise ProjectError(f"There is no region called {region!r}.", f"{hint}Regions: {', '.join(REGIONS)}.")
        try:
            strength = float(number)
        except ValueError:
            raise ProjectError(f"{word!r} is not a region's strength.", "Write it as in mouth=0.5.") from None
        others = replace(others, **{region: strength})
    return others
