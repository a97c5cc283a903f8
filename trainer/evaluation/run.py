"""An evaluation from start to finish: open the model, find the faces, measure, write the report."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from engine.backends import Backend, BackendKind, Device, open_backend
from engine.bundle import Bundle
from engine.errors import MediaError
from engine.faces.alignment import CropTemplate
from engine.pipeline import PipelineSettings
from engine.terminal.progress import progress_bar
from trainer.data.photos import photos_by_person
from trainer.data.table import read_table
from trainer.evaluation.edits import Bench
from trainer.evaluation.levels import NETWORK, open_level
from trainer.evaluation.movement import FaceReport, measure_photos
from trainer.evaluation.opening import measured_bundle
from trainer.evaluation.portraits import load_gallery
from trainer.evaluation.reading import FaceReader
from trainer.evaluation.report import PAPER_EDITS, Findings, edits_needed, evaluate_model
from trainer.evaluation.sheets import action_unit_sheet, expression_sheet, interpolation_sheet
from trainer.evaluation.verification import Verifier
from trainer.evaluation.writing import Subject, write_report

DEFAULT_LEVELS: Final = (NETWORK, "detail")
_PEOPLE_ON_SHEETS: Final = 6


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """What is measured, and how.

    Attributes:
        levels: where edits are looked at, of `trainer.evaluation.levels.LEVELS`.
        edits: how many edits Table 1 is made of.
        backend, device: where the networks compute, as `engine.backends` names them.
        movement: whether neutral photos are animated through the whole pipeline, too.
        seed: of the draws of sources and targets.
    """

    levels: tuple[str, ...] = DEFAULT_LEVELS
    edits: int = PAPER_EDITS
    backend: BackendKind = "auto"
    device: Device = "auto"
    movement: bool = True
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What an evaluation found.

    Attributes:
        findings: what was measured.
        movement: what `animate` does to neutral photos; empty where that was not asked for or there are none.
    """

    findings: Findings
    movement: tuple[FaceReport, ...]


def evaluate_and_report(
    model: str,
    data: Path,
    folder: Path,
    settings: EvaluationSettings,
    verifier: Verifier | None = None,
    photos: Sequence[Path] = (),
) -> Evaluation:
    """Measure a model on the test split of a dataset and write the report.

    Args:
        model: a bundled model's name, a bundle's folder, or a training's checkpoint (`.pt`).
        data: the dataset's folder.
        folder: of the report.
        settings: what is measured.
        verifier: for Table 2; without it there is none.
        photos: further ones to be animated.

    Raises:
        EngineError: the model, the data or the folder cannot be used.
    """
    start = time.perf_counter()
    with measured_bundle(model) as bundle, FaceReader(verifier) as reader:
        backend = open_backend(bundle, settings.backend, settings.device)
        try:
            findings, sheets = _measure(bundle, backend, data, reader, settings)
        finally:
            backend.close()
        movement = _animate(bundle, data, settings, verifier, photos) if settings.movement else ()
    write_report(
        folder,
        Subject(model, str(data), backend.name, time.perf_counter() - start),
        findings,
        sheets,
        movement,
    )
    return Evaluation(findings, movement)


def _measure(
    bundle: Bundle, backend: Backend, data: Path, reader: FaceReader, settings: EvaluationSettings
) -> tuple[Findings, dict[str, Figure]]:
    crop = bundle.card.crop
    template = CropTemplate(crop.size_px, crop.eye_distance_px, crop.eye_centre_px)
    levels = [open_level(name, backend, bundle.card.architecture) for name in dict.fromkeys(settings.levels)]
    gallery = load_gallery(read_table(data, "test"), template, reader, settings.edits)
    with progress_bar("Editing", edits_needed(gallery, settings.edits)) as progress:
        done = 0

        def on_edit(count: int) -> None:
            nonlocal done
            done += count
            progress(done)

        bench = Bench(backend, reader, gallery, levels, on_edit)
        findings = evaluate_model(bench, reader, data, settings.edits, settings.seed)
        people = [gallery.calmest(person) for person in gallery.people[:_PEOPLE_ON_SHEETS]]
        drawn = {
            "expressions": expression_sheet(bench, people),
            "interpolation": interpolation_sheet(bench, people),
            "action_units": action_unit_sheet(bench, people[0]),
        }
    return findings, {f"{name}_{level}": sheet for name, own in drawn.items() for level, sheet in own.items()}


def _animate(
    bundle: Bundle, data: Path, settings: EvaluationSettings, verifier: Verifier | None, photos: Sequence[Path]
) -> tuple[FaceReport, ...]:
    try:
        neutral = photos_by_person(data, "test", {"neutral_real"})
    except MediaError:  # the dataset does not tell neutral photos from other pictures
        neutral = {}
    wanted = [*(path for paths in neutral.values() for path in paths), *photos]
    compositing = next((level for level in settings.levels if level != NETWORK), "detail")
    reports = []
    with progress_bar("Animating", len(wanted)) as progress:
        pipeline = PipelineSettings(bundle.folder, settings.backend, settings.device, compositing)
        for report in measure_photos(wanted, pipeline, verifier):
            reports.append(report)
            progress(len(reports))
    return tuple(reports)
