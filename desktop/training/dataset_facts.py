"""What there is to say of a dataset: read from its tables and from the report that `prepare` has left."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

CONTACT_SHEET: Final = "contact_sheet.html"
DISTRIBUTION: Final = "au_distribution.png"
_SPLITS: Final = ("train", "test")
_TABLE: Final = "metadata.csv"
_LABEL: Final = "AU01_r"


@dataclass(frozen=True, slots=True)
class SplitFacts:
    """Of the training or the test split: pictures, those with intensities among them, and people."""

    pictures: int
    labelled: int
    people: int


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """Of both splits, by name, and how many pictures were left out, by reason."""

    splits: Mapping[str, SplitFacts]
    rejected: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_labelled(self) -> bool:
        """Whether every split has pictures with intensities."""
        return all(name in self.splits and self.splits[name].labelled for name in _SPLITS)

    @property
    def has_one_person(self) -> bool:
        """Whether the training split shows one person only."""
        return "train" in self.splits and self.splits["train"].people == 1


def read_dataset(folder: Path) -> DatasetFacts | None:
    """Return what is known of the dataset in a folder, None where there is none."""
    splits = {name: facts for name in _SPLITS if (facts := _read_table(folder / name / _TABLE)) is not None}
    return DatasetFacts(splits, _read_rejected(folder / "report.json")) if splits else None


def _read_table(path: Path) -> SplitFacts | None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row.get("identity") or "", bool(row.get(_LABEL))) for row in csv.DictReader(file)]
    except (OSError, ValueError, csv.Error):
        return None
    return SplitFacts(len(rows), sum(labelled for _, labelled in rows), len({identity for identity, _ in rows}))


def _read_rejected(path: Path) -> Mapping[str, int]:
    try:
        rejected = json.loads(path.read_bytes())["rejected"]
        return {str(reason): int(count) for reason, count in rejected.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
