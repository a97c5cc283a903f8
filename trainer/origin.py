"""Where a bundle's weights come from: what a description file says, or otherwise what the training's own log tells."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, PositiveFloat, ValidationError

from engine.bundle import TrainingRecord
from engine.errors import ModelError
from trainer.watch import LOG

NOT_STATED: Final = "not stated"


class Origin(BaseModel):
    """The weights' licence, how they came about, and gains of action units (`trainer.calibration`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    licence: str
    training: TrainingRecord
    gains: dict[int, PositiveFloat] = {}


def read_origin(path: Path) -> Origin:
    """Read a description, a TOML file.

    Raises:
        ModelError: it cannot be read, or says something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Origin.model_validate_json(json.dumps(tomllib.loads(text), default=str))
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ModelError(f"The description {path} cannot be used: {error}.", "Correct the file.") from error


def logged_origin(checkpoint: Path) -> Origin:
    """What the log beside a checkpoint tells; its steps are the checkpoint's own, so none are given here."""
    records = _records(checkpoint.with_name(LOG))
    begun = next((record for record in records if record.get("event") == "start"), {})
    data, hardware, recipe = NOT_STATED, NOT_STATED, NOT_STATED
    if begun:
        whose = "1 person" if begun["people"] == 1 else f"{begun['people']:,} people"
        data = f"{begun['pictures']:,} pictures of {whose}"
        hardware = f"{begun['processes']} x {begun['device']}, {begun['precision']}"
        recipe = f"{begun['variant']}, batches of {begun['batch_size']}"
    record = TrainingRecord(
        steps=0, hours=round(_hours(records), 2), hardware=hardware, recipe=recipe, data=data, attribution=()
    )
    return Origin(licence=NOT_STATED, training=record)


def _records(log: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return []


def _hours(records: Iterable[Mapping[str, Any]]) -> float:
    """The time from the start to the last record of every call, all calls together."""
    seconds = began = last = 0.0
    for record in records:
        if record["event"] == "start":
            seconds, began = seconds + last - began, record["time"]
        if record["event"] != "preparing":
            last = record["time"]
    return (seconds + last - began) / 3600
