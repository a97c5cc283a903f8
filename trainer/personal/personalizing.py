"""A personal model from a person's footage: prepare, label, draw pairs, fine-tune, export, report.

Each stage leaves a mark in the working folder when it is done, and the training its checkpoints, so the same call goes
on after an end of any kind.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from engine.bundle import Bundle, DetailArchitecture, TrainingRecord, find_bundle
from engine.errors import MediaError
from engine.files import write_atomically
from engine.media import open_source
from engine.pipeline import DEFAULT_MODEL
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.config_files import load_config
from trainer.data.crops import load_crops
from trainer.data.table import TABLE_NAME, read_table
from trainer.errors import TrainingError
from trainer.export import ModelDescription, export_checkpoint
from trainer.footage.labelling import label
from trainer.footage.layouts import Footage, Layout, recognise
from trainer.footage.placing import require_splits
from trainer.footage.preparing import Preparation, prepare
from trainer.footage.tables import read_cells
from trainer.initial import model_of, networks_of_bundle, save_initial
from trainer.messages import say
from trainer.networks.ensemble import Networks
from trainer.personal.comparison import FIGURES, choose_subject, measure_likeness, sit
from trainer.personal.forecast import Extent, forecast
from trainer.personal.poses import PARTNERS, pair_moments
from trainer.personal.rehearsal import EDITS, draw_pairs
from trainer.personal.report import REPORT, Side, write_report
from trainer.run import Outcome, run_training

DEFAULT_START: Final = DEFAULT_MODEL
LOOKED_AT: Final = 300
"""Pictures of the footage that are looked at, about; a clip has many that are nearly equal."""
_EDITED: Final = 34
"""Pictures that pairs are drawn of: each action unit has six turns."""
_PAIRED: Final = 80
"""Pictures that are paired with other moments of the clip."""
_SHOWN: Final = 3
_DATA, _RUN, _INITIAL, _PROGRESS = "data", "run", "initial.pt", "progress.json"
_TEST_PAIRS: Final = "pairs"
"""The split of pairs of test pictures."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        sources: photos, videos or folders, all of one person.
        output: folder of the bundle.
        model: name or folder of the bundle to start from.
        steps: of fine-tuning.
    """

    sources: tuple[Path, ...]
    output: Path
    model: str
    steps: int

    @property
    def working_folder(self) -> Path:
        """Where dataset, checkpoints and report lie."""
        return self.output.with_name(f"{self.output.name}-training")


@dataclass(frozen=True, slots=True)
class Personal:
    """What came of it.

    Attributes:
        bundle: its folder; None where the training was cancelled.
        report: the page before and after.
        outcome: of the training.
    """

    bundle: Path | None
    report: Path
    outcome: Outcome


def personalize(wish: Wish) -> Personal:
    """Make a personal model, or go on making it. Tells on standard error what is going on and how long it will take.

    Raises:
        EngineError: footage that cannot be used, an output that exists, or whatever a stage raises.
    """
    folder = wish.working_folder
    base = Bundle.load(find_bundle(wish.model))
    footage = [recognise(source, Layout.PERSON, identity="person") for source in wish.sources]
    for part in footage:
        say(part.describe())
    if wish.output.exists() and any(wish.output.iterdir()):
        raise TrainingError(f"{wish.output} exists already.", "Choose another --output; it is not replaced.")
    progress = _Progress(folder, wish)
    config = _adapted(load_config(preset_for(base)), base)
    every = _every(footage)
    say(_forecast(config, footage, every, wish.steps))
    data = folder / _DATA
    progress.once("prepared", lambda: require_splits(prepare(footage, data, Preparation(every=every)).sorting))
    progress.once("labelled", lambda: _label(data))
    progress.once("drawn", lambda: _draw(data, base))
    progress.once("started", lambda: save_initial(folder / _INITIAL, base, config.model))
    started = time.monotonic()
    whole, total = _of_length(config, data, wish.steps)
    say(f"Fine-tuning for {total:,} steps, without an identity loss: there is nobody to tell the one person from.")
    outcome = run_training(whole, data, folder / _RUN, initial=folder / _INITIAL)
    if outcome.cancelled:
        return Personal(None, folder / REPORT, outcome)
    hours = (time.monotonic() - started) / 3600
    crops = load_crops(data, "test", config.model.template).crops
    description = ModelDescription(wish.output.resolve().name, _record(base, footage, hours), base.card.licence)
    samples = crops[:16].copy() if len(crops) > 1 else None
    bundle = export_checkpoint(outcome.checkpoint, wish.output, description, "fp16", samples=samples)
    _compare(folder, data, base, bundle, config, outcome)
    return Personal(wish.output, folder / REPORT, outcome)


class _Progress:
    """The stages that are done, in a file of the working folder, with what was asked for."""

    def __init__(self, folder: Path, wish: Wish) -> None:
        self._path = folder / _PROGRESS
        sources = [str(source.resolve()) for source in wish.sources]
        asked: dict[str, Any] = {"sources": sources, "model": wish.model, "steps": wish.steps}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            saved: dict[str, Any] = json.loads(self._path.read_bytes()) if self._path.is_file() else {"asked": asked}
        except (OSError, ValueError) as error:
            raise TrainingError(
                f"{self._path} cannot be used: {error}.", f"Delete {folder}, or choose another."
            ) from error
        if saved["asked"] != asked:
            raise TrainingError(
                f"{folder} was begun with other footage, another model or other steps.",
                "Ask for the same again to go on, choose another --output, or delete that folder.",
            )
        self._asked = asked
        self._done: list[str] = saved.get("done", [])

    def once(self, stage: str, work: Callable[[], object]) -> None:
        """Do a stage unless it is done, and note it."""
        if stage in self._done:
            return
        work()
        self._done.append(stage)
        write_atomically(self._path, json.dumps({"asked": self._asked, "done": self._done}, indent=1).encode())


def preset_for(base: Bundle) -> str:
    """The preset that fine-tunes a bundle's variant."""
    return "personal-detail" if isinstance(base.card.architecture, DetailArchitecture) else "personal"


def _draw(data: Path, base: Bundle) -> None:
    """Add edits by the model to the training split, and pair moments of the clip in both splits."""
    draw_pairs(data, base.folder, _EDITED)
    if isinstance(base.card.architecture, DetailArchitecture):
        paired = pair_moments(data, "train", "train", _PAIRED)
        say(f"{paired:,} pairs of moments of one pose teach what the person's expressions look like.")
    pair_moments(data, "test", _TEST_PAIRS, _PAIRED)


def _adapted(config: TrainingConfig, base: Bundle) -> TrainingConfig:
    return config.model_copy(update={"model": model_of(base.card.architecture, config.model)})


def _of_length(config: TrainingConfig, data: Path, steps: int) -> tuple[TrainingConfig, int]:
    """The configuration with as many whole epochs as come nearest to `steps`, and their steps."""
    in_epoch = max(1, len(read_table(data, "train")) // config.schedule.batch_size)
    epochs = max(1, round(steps / in_epoch))
    schedule = config.schedule.model_copy(update={"epochs": epochs})
    return config.model_copy(update={"schedule": schedule}), epochs * in_epoch


def _every(footage: Sequence[Footage]) -> int:
    """Of the videos' frames, each how many-th is looked at."""
    return max(1, round(_frames(footage) / LOOKED_AT))


def _frames(footage: Sequence[Footage]) -> int:
    frames = 0
    for part in footage:
        for source in part.sources:
            if source.is_video:
                with open_source(source.path) as opened:
                    frames += opened.info.expected_frame_count or 0
    return frames


def _forecast(config: TrainingConfig, footage: Sequence[Footage], every: int, steps: int) -> str:
    say("Measuring this machine …")
    sources = [source for part in footage for source in part.sources]
    pictures = _frames(footage) // every + sum(not source.is_video for source in sources)
    moments = _PAIRED * (1 + PARTNERS) if _frames(footage) else 0
    expected = forecast(config, sources[0].path, Extent(pictures, _EDITED * EDITS, moments, steps))
    looking, training, writing = (
        f"{max(part / 60, 0.5):.2g}" for part in (expected.looking, expected.training, expected.writing)
    )
    unit = "minute" if expected.minutes == 1 else "minutes"
    return (
        f"This will take about {expected.minutes} {unit} here: {looking} to look at {pictures:,} pictures, {training} "
        f"for {steps:,} steps of {expected.step:.2g} s, {writing} to export. Ctrl-C stops it safely; the same command "
        "goes on."
    )


def _label(data: Path) -> None:
    labelled = label(data)
    if not any(len(read_table(data, split)) for split in ("train", "test")):
        raise MediaError("No picture could be labelled.", "Choose other footage.")
    for remark in labelled.remarks:
        say(remark)


def _record(base: Bundle, footage: Sequence[Footage], hours: float) -> TrainingRecord:
    record = base.card.training
    files = sum(len(part.sources) for part in footage)
    return TrainingRecord(
        steps=record.steps,
        hours=round(record.hours + hours, 3),
        hardware=record.hardware,
        recipe=f"{base.card.name}, fine-tuned on one person with preset {preset_for(base)}. {record.recipe}",
        data=f"{record.data}; then {files} file{'s' if files != 1 else ''} of one person",
        attribution=record.attribution,
    )


def _compare(folder: Path, data: Path, base: Bundle, bundle: Bundle, config: TrainingConfig, outcome: Outcome) -> None:
    subject = choose_subject(data, _SHOWN, config.model.template)
    pairs = load_crops(data, _TEST_PAIRS, config.model.template) if _has_rows(data / _TEST_PAIRS) else None
    before = networks_of_bundle(base, config.model).eval()
    after = Networks(config.model).eval()
    after.load_state_dict(load_checkpoint(outcome.checkpoint)["networks"])
    sides = [
        Side(name, measure_likeness(networks, subject.crops, pairs), sit(networks, own.folder, subject))
        for name, networks, own in (("before", before, base), ("after", after, bundle))
    ]
    summary = (
        f"{bundle.card.name}, {outcome.step:,} steps from {base.card.name}. "
        f"{len(read_table(data, 'train')):,} pictures to train on, {len(subject.crops.crops):,} to test."
    )
    write_report(folder / REPORT, f"{bundle.card.name}: before and after", summary, subject, *sides)
    first, second = (side.likeness for side in sides)
    for what, old, new in zip(FIGURES, first.texts, second.texts, strict=True):
        if old:
            say(f"{what[0].upper()}{what[1:]}: {old} before, {new} after.")


def _has_rows(split: Path) -> bool:
    return bool(read_cells(split / TABLE_NAME).rows)
