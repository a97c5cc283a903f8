"""`train`: train EGGAN on a labelled dataset."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.exit_codes import CANCELLED
from trainer.config import TrainingConfig
from trainer.config_files import DEFAULT_PRESET, load_config, preset_names
from trainer.data.crops import check_split
from trainer.data.table import read_table
from trainer.errors import ConfigError
from trainer.hardware import Hardware
from trainer.pace import measure_pace
from trainer.plan import describe_plan
from trainer.readiness import run_checks
from trainer.run import run_training

Data = Annotated[
    Path, typer.Option("--data", help="Folder with train/metadata.csv and test/metadata.csv.", show_default=False)
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for checkpoints, the log and sample pictures.")]
Config = Annotated[
    str, typer.Option("--config", metavar="NAME|FILE", help=f"TOML file, or one of {', '.join(preset_names())}.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="SECTION.NAME=VALUE", help="Change a setting, as schedule.epochs=10; repeatable."),
]
Devices = Annotated[int | None, typer.Option("--devices", min=1, help="Devices of each machine, as run.devices.")]
Nodes = Annotated[int | None, typer.Option("--nodes", min=1, help="Machines, under torchrun, as run.nodes.")]
Initial = Annotated[Path | None, typer.Option("--initial", help="Checkpoint whose weights a new training starts from.")]
Steps = Annotated[int | None, typer.Option("--steps", min=1, help="Stop this call after so many steps.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print settings, sizes and steps as a TOML file, and do nothing.")
]


def train(
    data: Data,
    out: Out = Path("runs/eggan"),
    config: Config = DEFAULT_PRESET,
    settings: Settings = None,
    devices: Devices = None,
    nodes: Nodes = None,
    initial: Initial = None,
    steps: Steps = None,
    dry_run: DryRun = False,
) -> None:
    """Train EGGAN on a labelled dataset; goes on where the output folder holds a checkpoint.

    Prints the checkpoint's path. Ctrl-C saves one and stops. Meanwhile, the output folder's preview.png shows people of
    the test split; log.jsonl tells all that happens, and TensorBoard shows the folder tensorboard.
    """
    overrides = [*(settings or ()), *_given("run.devices", devices), *_given("run.nodes", nodes)]
    resolved = _settings(config, overrides, data)
    if dry_run:
        _print_plan(resolved, data)
        return
    outcome = run_training(resolved, data, out, initial, stop_after_steps=steps)
    print(outcome.checkpoint)
    if outcome.cancelled:
        print(f"Saved step {outcome.step} of {outcome.total_steps}; the same command goes on from it.", file=sys.stderr)
        raise typer.Exit(CANCELLED)


def _given(name: str, value: int | None) -> tuple[str, ...]:
    return () if value is None else (f"{name}={value}",)


def _settings(config: str, overrides: list[str], data: Path) -> TrainingConfig:
    """The configuration; where it has mistakes, those of the data are told with them."""
    try:
        return load_config(config, overrides)
    except ConfigError as error:
        mistake = error

    def tell_mistake() -> None:
        raise mistake

    run_checks(tell_mistake, lambda: check_split(data, "train"), lambda: check_split(data, "test"))
    raise mistake


def _print_plan(config: TrainingConfig, data: Path) -> None:
    template = config.model.template
    run_checks(*(partial(check_split, data, split, template) for split in ("train", "test")))
    table = read_table(data, "train")
    hardware = Hardware(config.run)
    print("Measuring a few steps …", file=sys.stderr)
    plan = describe_plan(config, table, hardware, measure_pace(config, hardware, len(set(table.identities))))
    print(plan, end="")
