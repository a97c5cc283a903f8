"""`evaluate`: measure a model on people it has never seen, and write a report."""

from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.table import Table

from engine.backends import BackendKind, Device
from engine.pipeline import DEFAULT_MODEL
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.pipeline_options import BackendOption, DeviceOption
from trainer.evaluation import paper
from trainer.evaluation.document import findings_document, movement_document
from trainer.evaluation.geometry import MOVEMENTS
from trainer.evaluation.levels import LEVELS
from trainer.evaluation.means import told
from trainer.evaluation.movement import FaceReport, counts_passed
from trainer.evaluation.report import PAPER_EDITS, Findings, blurred_levels
from trainer.evaluation.run import DEFAULT_LEVELS, EvaluationSettings, evaluate_and_report
from trainer.evaluation.truth import COPY
from trainer.evaluation.verification import Verifier
from trainer.evaluation.writing import REPORT_TEXT
from trainer.messages import say


def evaluate(
    data: Annotated[Path, typer.Option("--data", help="Dataset with train and test splits.", show_default=False)],
    model: Annotated[
        str, typer.Option("--model", help="A bundled model's name, a model's folder, or a checkpoint (.pt).")
    ] = DEFAULT_MODEL,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the report.")] = Path("runs/evaluation"),
    verifier: Annotated[
        Path | None, typer.Option("--verifier", help="ONNX network that tells people apart (112 px), for Table 2.")
    ] = None,
    edits: Annotated[int, typer.Option("--edits", min=8, help="How many edits Table 1 is made of.")] = PAPER_EDITS,
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--level", help=f"Where edits are looked at, of {', '.join(LEVELS)}; repeatable.", metavar="LEVEL"
        ),
    ] = None,
    movement: Annotated[
        bool, typer.Option("--movement/--no-movement", help="Animate the neutral photos and measure what moves.")
    ] = True,
    photo: Annotated[list[Path] | None, typer.Option("--photo", help="A further photo to animate; repeatable.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the draws of sources and targets.")] = 0,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    json: JsonFlag = False,
) -> None:
    """Measure expressions, identity, control and likeness of a model's edits on the test split.

    Writes report.md, report.json and figures, some of which show people of the dataset. Prints a summary and the
    report's path.
    """
    settings = EvaluationSettings(
        levels=tuple(level or DEFAULT_LEVELS),
        edits=edits,
        backend=cast(BackendKind, backend),
        device=cast(Device, device),
        movement=movement,
        seed=seed,
    )
    network = None if verifier is None else Verifier(verifier)
    found = evaluate_and_report(model, data, output, settings, network, photo or [])
    for where, lost in blurred_levels(found.findings).items():
        say(f"No face was found in {lost:,} of {edits:,} edits ({where}): its pictures are too blurred to be measured.")
    if json:
        print_json(
            {
                "report": str(output / REPORT_TEXT),
                **findings_document(found.findings),
                "movement": movement_document(list(found.movement)),
            }
        )
        return
    console = Console(highlight=False)
    console.print(_summary(found.findings))
    if found.movement:
        console.print(_movement_table(found.movement))
    print(output / REPORT_TEXT)


def _summary(findings: Findings) -> Table:
    """A line a measure, a column a level."""
    levels = list(findings.expression)
    table = Table("", *levels, "paper (RaFD)")

    def add(name: str, values: list[str], of_paper: float | None = None) -> None:
        table.add_row(name, *values, "" if of_paper is None else f"{of_paper:g}")

    expression, controls = findings.expression, findings.controls
    add("AU MSE, mean of 17", [told(expression[x].mean_squared_error, ".3f") for x in levels], paper.AU_SQUARED_ERROR)
    add("AU PCC, mean of 17", [told(expression[x].mean_correlation, ".3f") for x in levels], paper.AU_CORRELATION)
    if findings.verification:
        accepted = [f"{findings.verification[x].accepted:.4f}" for x in levels]
        add("verification", accepted, paper.VERIFICATION)
    rebuilt = f"{findings.reconstruction.ms_ssim:.3f}"
    add("reconstruction MS-SSIM", [rebuilt if x == "network" else "" for x in levels])
    add("off-target change", [told(controls[x].off_target.mean(), ".2f") for x in levels])
    add("monotone AUs of 17", [str(int(controls[x].monotone.sum())) for x in levels])
    if findings.truth:
        copy = findings.truth[COPY].l1
        add("L1 to the truth, of copying", [f"{findings.truth[x].l1 / copy:.2f}" for x in levels])
    return table


def _movement_table(reports: tuple[FaceReport, ...]) -> Table:
    """A line a measure: what `animate` must move, and on how many photos it does."""
    passed, still = counts_passed(reports)
    table = Table("animate", "required", "passed")
    for name, movement in MOVEMENTS.items():
        table.add_row(name, movement.requirement, f"{passed[name]}/{len(reports)}")
    table.add_row("neutral stays neutral", "< 3 %", f"{still}/{len(reports)}")
    return table
