"""`evaluate`: measure a model on people it has never seen, through the same pipeline as `animate`."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from engine.terminal.pipeline_options import (
    BackendOption,
    CompositingOption,
    DeviceOption,
    ModelOption,
    pipeline_settings,
)
from engine.terminal.progress import progress_bar
from trainer.data.photos import photos_by_person
from trainer.evaluation.geometry import MOVEMENTS, STILLNESS_LIMIT
from trainer.evaluation.movement import FaceReport, measure_photos, real_pair_similarities
from trainer.evaluation.verification import Verifier, equal_error_rate


def evaluate(
    data: Annotated[
        Path, typer.Option("--data", help="Dataset whose test split has neutral photos.", show_default=False)
    ],
    photo: Annotated[list[Path] | None, typer.Option("--photo", help="A further photo to measure; repeatable.")] = None,
    verifier: Annotated[Path | None, typer.Option("--verifier", help="ONNX network for face verification.")] = None,
    model: ModelOption = "eggan-128",
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: CompositingOption = "detail",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file, too.")] = None,
) -> None:
    """Measure whether faces really move, and whether they stay the same person.

    Every neutral photo of the test split is animated as `animate` does; MediaPipe's landmarks on the results tell how
    far mouth, lids and brows moved. With --verifier, a face verification network compares results and photos.
    """
    neutral = photos_by_person(data, "test", {"neutral_real"})
    photos = [path for paths in neutral.values() for path in paths] + (photo or [])
    network = None if verifier is None else Verifier(verifier)
    settings = pipeline_settings(model, backend, device, compositing)
    reports = []
    with progress_bar("Animating", len(photos)) as progress:
        for report in measure_photos(photos, settings, network):
            reports.append(report)
            progress(len(reports))
    console = Console(highlight=False)
    console.print(movement_table(reports))
    document: dict[str, object] = {"photos": [_document(report) for report in reports]}
    if network is not None:
        document["verification"] = _verify(console, data, reports, network)
    if json_file is not None:
        json_file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def movement_table(reports: Iterable[FaceReport]) -> Table:
    """A line a photo, a column a measure; what misses its requirement is marked with an exclamation mark."""
    reports = list(reports)
    table = Table(
        "photo",
        *(f"{name}\n{movement.requirement}" for name, movement in MOVEMENTS.items()),
        "largest change\nby neutral",
    )
    for report in reports:
        cells = [
            _marked(report.changes[name], movement.passes(report.changes[name])) for name, movement in MOVEMENTS.items()
        ]
        name, change = max(report.stillness.items(), key=lambda item: abs(item[1]), default=("", math.nan))
        table.add_row(report.name, *cells, f"{_marked(change, abs(change) < STILLNESS_LIMIT)} {name}")
    passed = [sum(movement.passes(report.changes[name]) for report in reports) for name, movement in MOVEMENTS.items()]
    still = sum(all(abs(change) < STILLNESS_LIMIT for change in report.stillness.values()) for report in reports)
    table.add_section()
    table.add_row("passed", *(f"{count}/{len(reports)}" for count in passed), f"{still}/{len(reports)}")
    return table


def _marked(value: float, passes: bool) -> str:
    return f"{value:+.3f}" + ("" if passes else " !")


def _verify(console: Console, data: Path, reports: list[FaceReport], network: Verifier) -> dict[str, float]:
    people = {
        f"{split} {name}": paths
        for split in ("train", "test")
        for name, paths in photos_by_person(data, split, {"neutral_real", "smile_real"}).items()
    }
    threshold, error_rate = equal_error_rate(*real_pair_similarities(people, network))
    similarities = np.array([value for report in reports for value in report.similarities.values()])
    accepted = float((similarities >= threshold).mean())
    console.print(
        f"Face verification accepts {accepted:.1%} of {len(similarities)} results at cosine {threshold:.3f}, "
        f"where the real pairs' equal error rate is {error_rate:.1%}; mean cosine {similarities.mean():.3f}."
    )
    return {
        "accepted": accepted,
        "threshold": threshold,
        "equal_error_rate": error_rate,
        "mean_cosine": float(similarities.mean()),
    }


def _document(report: FaceReport) -> dict[str, object]:
    return {
        "name": report.name,
        "changes": {name: None if math.isnan(value) else value for name, value in report.changes.items()},
        "stillness": report.stillness,
        "similarities": report.similarities,
    }
