"""How a training goes, read from the lines of its log: a pure fold of records into figures and curves."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

Record: TypeAlias = Mapping[str, Any]
Curve: TypeAlias = tuple[tuple[int, float], ...]
"""Points of a curve: the number of steps done, and the value."""

_OF_SPEED: Final = frozenset({"images_per_second", "seconds_left", "memory_bytes"})
_OF_RATE: Final = frozenset({"learning_rate", "classifier_learning_rate"})
_BEFORE_STEPS: Final = frozenset({"preparing", "start"})
_COMMON: Final = frozenset({"event", "step", "time"})


@dataclass(frozen=True, slots=True)
class Activity:
    """What a process is at, besides training steps.

    Attributes:
        what: in the trainer's words.
        done, total: of it; no total where it is not known.
    """

    what: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What the log has told so far.

    Attributes:
        step, total_steps: done and in all; 0 in all before the first step.
        images_per_second, seconds_left, memory_bytes: at the last entry; 0 before it.
        device: that it runs on.
        losses, figures: curves of the losses on training pictures, and of the figures on the test split.
        samples: how many sample grids were written.
        checkpoint: the step that the last checkpoint holds, None before the first.
        outcome: "done", "cancelled", "paused" or "failed"; "" while it goes on.
        seconds: that all calls trained for.
        time: of the last record, seconds since 1970.
    """

    step: int = 0
    total_steps: int = 0
    images_per_second: float = 0.0
    seconds_left: float = 0.0
    memory_bytes: int = 0
    device: str = ""
    losses: Mapping[str, Curve] = field(default_factory=dict)
    figures: Mapping[str, Curve] = field(default_factory=dict)
    samples: int = 0
    checkpoint: int | None = None
    outcome: str = ""
    seconds: float = 0.0
    time: float = 0.0


def parse(lines: Iterable[str]) -> list[Record]:
    """Return the records of whole lines; what is no record is passed over."""
    records: list[Record] = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and isinstance(record.get("event"), str) and _is_numbered(record):
            records.append(record)
    return records


def _is_numbered(record: Record) -> bool:
    return all(isinstance(record.get(name, 0), int | float) for name in ("step", "time"))


def follow(course: Course, records: Iterable[Record]) -> Course:
    """Return the course after some more records."""
    added: dict[str, dict[str, list[tuple[int, float]]]] = {"losses": {}, "figures": {}}
    for record in records:
        event, step, time = record["event"], int(record.get("step", 0)), float(record.get("time", course.time))
        trained = (
            max(0.0, time - course.time) if course.total_steps and not course.outcome and event != "start" else 0.0
        )
        course = replace(course, step=step, time=time, seconds=course.seconds + trained)
        match event:
            case "start":
                total = int(record.get("total_steps", 0))
                course = replace(course, total_steps=total, device=str(record.get("device", "")), outcome="")
            case "losses":
                course = replace(
                    course,
                    images_per_second=float(record.get("images_per_second", 0)),
                    seconds_left=float(record.get("seconds_left", 0)),
                    memory_bytes=int(record.get("memory_bytes", 0)),
                )
            case "samples":
                course = replace(course, samples=course.samples + 1)
            case "checkpoint":
                course = replace(course, checkpoint=step)
            case "end":
                course = replace(course, outcome=str(record.get("outcome", "done")), seconds_left=0.0)
        if event in added:
            for name, value in record.items():
                if name not in _COMMON | _OF_SPEED | _OF_RATE and isinstance(value, int | float):
                    added[event].setdefault(name, []).append((step, float(value)))
    return replace(
        course, losses=_longer(course.losses, added["losses"]), figures=_longer(course.figures, added["figures"])
    )


def _longer(curves: Mapping[str, Curve], added: Mapping[str, list[tuple[int, float]]]) -> Mapping[str, Curve]:
    return {**curves, **{name: (*curves.get(name, ()), *points) for name, points in added.items()}} if added else curves
