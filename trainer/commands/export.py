"""`export`: make a model bundle of a checkpoint."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel, ConfigDict, JsonValue, PositiveFloat, ValidationError

from engine.bundle import TrainingRecord
from engine.errors import ModelError
from engine.terminal.json_output import JsonFlag, print_json
from trainer.data.crops import load_crops
from trainer.export import ModelDescription, export_checkpoint, template_of

_SAMPLES = 16


class _Origin(BaseModel):
    """What a description file says: the weights' licence, where they come from, and gains (`trainer.calibration`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    licence: str
    training: TrainingRecord
    gains: dict[int, PositiveFloat] = {}


def export(
    checkpoint: Annotated[Path, typer.Argument(help="A training's checkpoint, as last.pt.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder of the bundle; its name is the model's.", show_default=False)
    ],
    description: Annotated[
        Path,
        typer.Option("--description", help="TOML file with licence, [training] and [gains].", show_default=False),
    ],
    metrics: Annotated[
        list[Path] | None, typer.Option("--metrics", help="JSON file of figures for the card; repeatable.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Dataset on whose test crops the bundle's fidelity is measured.")
    ] = None,
    precision: Annotated[Literal["fp16", "fp32"], typer.Option("--precision", help="How weights are stored.")] = "fp16",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a bundle that exists.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a model bundle of a checkpoint: averaged weights, ONNX files and a card.

    The description's [training] gives steps, hours, hardware, recipe, data and attribution; the checkpoint's steps are
    added to those given, which are of the stages before. Its [gains] make action units act more strongly. Prints the
    bundle's folder.
    """
    origin = _read_origin(description)
    samples = None
    if data is not None:
        crops = load_crops(data, "test", template_of(checkpoint)).crops
        samples = crops[:: max(1, len(crops) // _SAMPLES)][:_SAMPLES].copy()
    model = ModelDescription(output.resolve().name, origin.training, origin.licence, _read_metrics(metrics or []))
    bundle = export_checkpoint(
        checkpoint, output, model, precision, samples=samples, gains=origin.gains, overwrite=overwrite
    )
    if as_json:
        print_json({"bundle": str(output), "card": bundle.card.model_dump(mode="json")})
    else:
        print(output)


def _read_origin(path: Path) -> _Origin:
    try:
        return _Origin.model_validate_json(json.dumps(tomllib.loads(_read(path)), default=str))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ModelError(f"The description {path} cannot be used: {error}.", "Correct the file.") from error


def _read_metrics(paths: list[Path]) -> dict[str, JsonValue]:
    """Each file's figures under the file's name."""
    metrics: dict[str, JsonValue] = {}
    for path in paths:
        try:
            figures: Any = json.loads(_read(path))
        except ValueError as error:
            raise ModelError(
                f"The figures {path} are not JSON: {error}.", "Name a file that --json has written."
            ) from error
        metrics[path.stem] = figures
    return metrics


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
