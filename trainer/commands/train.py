"""`train`: train EGGAN on a labelled dataset."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.exit_codes import CANCELLED
from trainer.config_files import DEFAULT_PRESET, load_config, preset_names
from trainer.data.table import read_table
from trainer.plan import describe_plan
from trainer.run import run_training

Data = Annotated[
    Path, typer.Option("--data", help="Folder with train/metadata.csv and test/metadata.csv.", show_default=False)
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for checkpoints, the log and sample pictures.")]
Config = Annotated[
    str, typer.Option("--config", metavar="NAME|FILE", help=f"TOML file, or one of {', '.join(preset_names())}.")
]
Initial = Annotated[Path | None, typer.Option("--initial", help="Checkpoint whose weights a new training starts from.")]
Steps = Annotated[int | None, typer.Option("--steps", min=1, help="Stop this call after so many steps.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print settings, sizes and steps as a TOML file, and do nothing.")
]


def train(
    data: Data,
    out: Out = Path("runs/eggan"),
    config: Config = DEFAULT_PRESET,
    initial: Initial = None,
    steps: Steps = None,
    dry_run: DryRun = False,
) -> None:
    """Train EGGAN on a labelled dataset; goes on where the output folder holds a checkpoint.

    Prints the checkpoint's path. Ctrl-C saves one and stops.
    """
    settings = load_config(config)
    if dry_run:
        print(describe_plan(settings, read_table(data, "train")), end="")
        return
    outcome = run_training(settings, data, out, initial, stop_after_steps=steps)
    print(outcome.checkpoint)
    if outcome.cancelled:
        print(f"Saved step {outcome.step} of {outcome.total_steps}; the same command goes on from it.", file=sys.stderr)
        raise typer.Exit(CANCELLED)
