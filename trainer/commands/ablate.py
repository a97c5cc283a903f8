"""`ablate`: train the whole model and its variants with a term left out, and compare them."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.exit_codes import CANCELLED
from trainer.config_files import DEFAULT_PRESET, load_config, preset_names
from trainer.evaluation.ablation import ablation_text, compare_variants, train_variant, variant_configs
from trainer.evaluation.levels import NETWORK
from trainer.evaluation.report import PAPER_EDITS
from trainer.evaluation.run import EvaluationSettings
from trainer.evaluation.verification import Verifier


def ablate(
    data: Annotated[Path, typer.Option("--data", help="Dataset with train and test splits.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of trainings and reports.")] = Path(
        "runs/ablation"
    ),
    config: Annotated[
        str, typer.Option("--config", metavar="NAME|FILE", help=f"TOML file, or one of {', '.join(preset_names())}.")
    ] = DEFAULT_PRESET,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="SECTION.NAME=VALUE", help="Change a setting, as schedule.epochs=10; repeatable."
        ),
    ] = None,
    verifier: Annotated[
        Path | None, typer.Option("--verifier", help="ONNX network that tells people apart (112 px), for Table 2.")
    ] = None,
    edits: Annotated[int, typer.Option("--edits", min=8, help="How many edits Table 1 is made of.")] = PAPER_EDITS,
) -> None:
    """Train E and the variants E_wtP (no perceptual term), E_wtI (no identity term) and E_wtS (no structured latent).

    Each goes on where its folder holds a checkpoint, so the same command goes on after Ctrl-C. At the end, all are
    evaluated: ablation.md, ablation.json and ablation.png, the paper's figure 4.
    """
    network = None if verifier is None else Verifier(verifier)
    trained = []
    for name, variant in variant_configs(load_config(config, settings or ())).items():
        print(f"Training {name}", file=sys.stderr)
        trained.append(train_variant(name, variant, data, output))
        if trained[-1].cancelled:
            print("Stopped; the same command goes on.", file=sys.stderr)
            raise typer.Exit(CANCELLED)
    measured = replace(EvaluationSettings(), levels=(NETWORK,), edits=edits, movement=False)
    print(ablation_text(compare_variants(trained, data, output, measured, network)), end="")
