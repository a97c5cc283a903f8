"""`personalize`: a model of one person, from a clip."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.exit_codes import CANCELLED
from trainer.personal.personalizing import DEFAULT_START, Wish, personalize


def personalize_model(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SRC...", help="Videos, photos or folders, all of one person.", show_default=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder of the bundle; its name is the model's.", show_default=False)
    ],
    model: Annotated[
        str, typer.Option("--model", help="The model to start from: a name, or a bundle's folder.")
    ] = DEFAULT_START,
    steps: Annotated[
        int, typer.Option("--steps", min=1, help="Of fine-tuning, in whole epochs; more bring more likeness.")
    ] = 400,
) -> None:
    """Make a model of one person from a clip: prepare, label, fine-tune, export, report.

    Says first how long it will take on this machine. Dataset, checkpoints and the report with pictures before and after
    lie in a folder beside the output, OUTPUT-training. Ctrl-C stops safely, and the same command goes on. Prints the
    bundle's folder and the report.
    """
    personal = personalize(Wish(tuple(sources), output, model, steps))
    if personal.bundle is None:
        done = personal.outcome
        print(f"Saved step {done.step} of {done.total_steps}; the same command goes on from it.", file=sys.stderr)
        raise typer.Exit(CANCELLED)
    print(personal.bundle)
    print(personal.report)
