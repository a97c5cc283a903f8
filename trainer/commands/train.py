"""`train`: train EGGAN on a labelled dataset."""

from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.progress import progress_bar
from trainer.config import TrainingConfig, read_config
from trainer.run import run_training


def train(
    data: Annotated[Path, typer.Option("--data", help="Folder with train/metadata.csv and test/metadata.csv.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for checkpoints, the log and sample pictures.")] = Path("runs/eggan"),
    config: Annotated[Path | None, typer.Option("--config", help="TOML file; the paper's settings by default.")] = None,
    initial: Annotated[Path | None, typer.Option("--initial", help="Checkpoint whose weights a new training starts from.")] = None,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="Stop this call after so many steps.")] = None,
) -> None:
    """Train EGGAN on a labelled dataset; goes on where the output folder holds a checkpoint.

    Prints the checkpoint's path.
    """
    settings = TrainingConfig() if config is None else read_config(config)
    with progress_bar("Training") as report:
        last = run_training(settings, data, out, initial, lambda step, total, _losses: report(step, total), steps)
    print(last)
