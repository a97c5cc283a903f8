"""The trainer's command lines: what `python -m trainer` is to be called with for each stage."""

import json
from pathlib import Path
from typing import Final

from desktop.training.order import Order, Stage, TrainingFolder

CONFIGURATIONS: Final = ("small", "paper-mmi", "paper-rafd", "detail")
"""The trainer's presets that a person may want to start from nothing with."""
_IN_CARD: Final = "Trained with EGGAN Studio, preset {}."


def arguments(folder: TrainingFolder, order: Order, stage: Stage) -> list[str]:
    """Return what comes after `python -m trainer`."""
    data, run, bundle = (str(path) for path in (folder.dataset(order), folder.run(order), folder.bundle(order)))
    sources = [str(source) for source in order.sources]
    match stage:
        case Stage.PERSONALIZE:
            return ["personalize", *sources, "-o", bundle, "--model", order.model, "--steps", str(order.steps)]
        case Stage.PREPARE:
            return ["prepare", *sources, "-o", data, *(["--layout", order.layout] if order.layout else [])]
        case Stage.LABEL:
            return ["label", data, *(["--from", str(order.labels)] if order.labels is not None else [])]
        case Stage.ESTIMATE:
            return ["train", "--data", data, *_settings(order), "--dry-run"]
        case Stage.TRAIN:
            return ["train", "--data", data, *_settings(order), "-o", run]
        case Stage.EXPORT:
            checkpoint = str(Path(run) / "last.pt")
            return ["export", checkpoint, "-o", bundle, "--description", str(folder.description), "--data", data]


def description(order: Order, hardware: str, hours: float) -> str:
    """Return what the model's card is to say, as TOML.

    Args:
        order: of the training.
        hardware: that it ran on.
        hours: that it took.
    """
    attribution = ", ".join(_text(line) for line in order.attribution.splitlines() if line.strip())
    return (
        f"licence = {_text(order.licence)}\n\n[training]\nsteps = 0\nhours = {hours:.3f}\n"
        f"hardware = {_text(hardware)}\nrecipe = {_text(_IN_CARD.format(Path(order.preset).stem))}\n"
        f"data = {_text(order.data)}\nattribution = [{attribution}]\n"
    )


def _settings(order: Order) -> list[str]:
    changed = []
    if order.epochs:
        changed += ["--set", f"schedule.epochs={order.epochs}"]
    if order.one_person:
        changed += ["--set", "losses.identity=0"]
    return ["--config", order.preset, *changed]


def _text(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for the characters that JSON lets stand."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")
