"""`estimator`: train the network that reads action units from landmarks."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import torch
import typer
from rich.console import Console
from rich.table import Table

from engine.action_units import AU_DESCRIPTIONS, AU_NUMBERS
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.progress import progress_bar
from trainer.estimator.evaluation import Evaluation, evaluate_estimator
from trainer.estimator.faces import load_faces
from trainer.estimator.rest import rest_config, rest_levels
from trainer.estimator.training import EstimatorConfig, train_estimator
from trainer.estimator.writing import describe_evaluation, write_estimator

_DEFAULTS: Final = EstimatorConfig()


def estimator(
    data: Annotated[Path, typer.Option("--data", help="Folder with train/metadata.csv and test/metadata.csv.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for networks and card.")] = Path("runs/au-estimator"),
    seed: Annotated[int, typer.Option("--seed", help="Of all randomness.")] = _DEFAULTS.seed,
    steps: Annotated[int, typer.Option("--steps", min=10, help="Of the optimiser.")] = _DEFAULTS.steps,
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder for landmarks found.")] = None,
    json: JsonFlag = False,
) -> None:
    """Train the estimator of action units on landmarks, and measure it on the test split.

    Landmarks are found once and kept. To use the result, copy it to assets/models/au-estimator.
    """
    torch.set_num_threads(1)  # more threads cost more than these small matrices bring
    config = replace(_DEFAULTS, seed=seed, steps=steps)
    train, test = (load_faces(data, split, cache) for split in ("train", "test"))
    with progress_bar("Training", steps) as report:
        trained = train_estimator(train, config, report)
    with progress_bar("Strangers at rest", rest_config(config).steps) as report:
        trained.intensities.rest_levels.copy_(rest_levels(train, config, report))
    evaluation = evaluate_estimator(trained, test)
    write_estimator(out, trained, config, evaluation, data)
    if json:
        print_json({"folder": str(out), "metrics": describe_evaluation(evaluation)})
    else:
        Console(highlight=False).print(_table(evaluation))
        print(out)


def _table(evaluation: Evaluation) -> Table:
    """A line for each AU: correlation and mean squared error by what is known of the person."""
    columns = {"single face": evaluation.single, "neutral guessed": evaluation.guessed, "known": evaluation.known}
    table = Table("AU", "", *(f"{name}\nPCC, MSE" for name in columns))
    for index, number in enumerate(AU_NUMBERS):
        cells = (f"{part.correlation[index]:.3f}, {part.squared_error[index]:.3f}" for part in columns.values())
        table.add_row(str(number), AU_DESCRIPTIONS[number], *cells)
    table.add_section()
    means = (f"{part.correlation.mean():.3f}, {part.squared_error.mean():.3f}" for part in columns.values())
    table.add_row("", "mean", *means)
    return table
