"""`export`: make a model bundle of a checkpoint."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import JsonValue

from engine.errors import ModelError
from engine.terminal.json_output import JsonFlag, print_json
from trainer.data.crops import load_crops
from trainer.export import ModelDescription, export_checkpoint, template_of
from trainer.origin import logged_origin, read_origin

_SAMPLES = 16


def export(
    checkpoint: Annotated[Path, typer.Argument(help="A training's checkpoint, as last.pt.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder of the bundle; its name is the model's.", show_default=False)
    ],
    description: Annotated[
        Path | None,
        typer.Option("--description", help="TOML file with licence, [training] and [gains].", show_default=False),
    ] = None,
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

    Without a description, the card says what the training's log tells, and that no licence is stated. A description's
    [training] gives steps, hours, hardware, recipe, data and attribution; the checkpoint's steps are added to those
    given, which are of the stages before. Its [gains] make action units act more strongly. Prints the bundle's folder.
    """
    origin = logged_origin(checkpoint) if description is None else read_origin(description)
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
