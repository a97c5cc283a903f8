"""Who or what is trained on, and what figures are taken on: drawn once, written down, and kept from then on.

With several people, whole people go to the test split. With one, a stretch of time of each video and of each folder of
photos does, so that no test picture lies between two of the training.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import MediaError
from engine.files import write_atomically
from trainer.footage.records import Record
from trainer.footage.sources import natural_key
from trainer.randomness import array_generator

SPLITS: Final = "splits.json"
SPLIT_NAMES: Final = ("train", "test")
_SHORTEST: Final = 5
"""A sequence of fewer pictures is not divided, unless there is no longer one."""


class Splits(BaseModel):
    """The decision.

    Attributes:
        rule: "people" or "time".
        seed, test_fraction: what it was drawn with.
        people: for the rule "people", each person's split.
        stretches: for the rule "time", the first and the last test picture of each sequence, as `order_of` tells; ""
            where a sequence has none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: Literal["people", "time"]
    seed: int
    test_fraction: float
    people: dict[str, Literal["train", "test"]] = {}
    stretches: dict[str, tuple[str, str]] = {}

    def of(self, record: Record) -> str:
        """The split of a picture: what the footage itself says, or what was drawn."""
        if record.split:
            return record.split
        if self.rule == "people":
            return self.people[record.identity]
        first, last = self.stretches[record.sequence]
        return "test" if first <= order_of(record) <= last else "train"


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """How to draw: the seed, and the share of people or of time that becomes the test split."""

    seed: int = 0
    test_fraction: float = 0.1


def order_of(record: Record) -> str:
    """A text that sorts the pictures of a sequence by time: the frame's number, or the photo's name."""
    return f"{record.frame:09d}" if record.frame >= 0 else natural_key(Path(record.source).name)


def draw_splits(records: Iterable[Record], plan: SplitPlan, earlier: Splits | None = None) -> Splits:
    """Decide on the splits of pictures that are kept. What was decided earlier stays; only what is new is drawn.

    Args:
        records: all pictures that are kept.
        plan: how to draw.
        earlier: of the same dataset.
    """
    undecided = [record for record in records if not record.split]
    people = sorted({record.identity for record in undecided})
    rule = earlier.rule if earlier else "people" if len(people) > 1 else "time"
    if rule == "people":
        drawn = _draw_people(people, plan, earlier.people if earlier else {})
        return Splits(rule=rule, seed=plan.seed, test_fraction=plan.test_fraction, people=drawn)
    stretches = _draw_stretches(undecided, plan, earlier.stretches if earlier else {})
    return Splits(rule="time", seed=plan.seed, test_fraction=plan.test_fraction, stretches=stretches)


def read_splits(folder: Path) -> Splits | None:
    """What was written into a dataset's folder; None where nothing was."""
    path = folder / SPLITS
    try:
        return Splits.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise MediaError(f"{path} cannot be used: {error}.", "Delete it to draw the splits anew.") from error


def write_splits(folder: Path, splits: Splits) -> None:
    """Write the decision into a dataset's folder."""
    text = json.dumps(splits.model_dump(mode="json"), indent=1, sort_keys=True, ensure_ascii=False)
    write_atomically(folder / SPLITS, f"{text}\n".encode())


def _draw_people(
    people: Sequence[str], plan: SplitPlan, earlier: dict[str, Literal["train", "test"]]
) -> dict[str, Literal["train", "test"]]:
    drawn = dict(earlier)
    new = [name for name in people if name not in drawn]
    order = array_generator(plan.seed, len(drawn)).permutation(len(new))
    wanted = max(1, round(plan.test_fraction * (len(drawn) + len(new)))) if plan.test_fraction else 0
    missing = max(0, wanted - list(drawn.values()).count("test"))
    for place, index in enumerate(order):
        drawn[new[index]] = "test" if place < missing else "train"
    return drawn


def _draw_stretches(
    records: Sequence[Record], plan: SplitPlan, earlier: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    sequences: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        sequences[record.sequence].append(record)
    longest = max(map(len, sequences.values()), default=0)
    drawn = dict(earlier)
    for number, (name, pictures) in enumerate(sorted(sequences.items())):
        if name not in drawn:
            divided = plan.test_fraction > 0 and len(pictures) >= min(_SHORTEST, longest) and len(pictures) > 1
            drawn[name] = _stretch(pictures, plan, number) if divided else ("", "")
    return drawn


def _stretch(pictures: list[Record], plan: SplitPlan, number: int) -> tuple[str, str]:
    """The first and the last picture of a stretch at a random place, from a cut on where one is near."""
    ordered = sorted(pictures, key=order_of)
    length = min(max(1, round(plan.test_fraction * len(ordered))), len(ordered) - 1)
    latest = len(ordered) - length
    start = int(array_generator(plan.seed, number).integers(0, latest + 1))
    cuts = np.array([place for place in range(latest + 1) if ordered[place].starts_shot], np.int64)
    near = cuts[np.abs(cuts - start) <= length]
    if len(near):
        start = int(near[np.argmin(np.abs(near - start))])
    return order_of(ordered[start]), order_of(ordered[start + length - 1])
