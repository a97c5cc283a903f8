"""Put the pictures where they belong: a split with its table, or a trash folder named after the reason.

Everything is decided anew from the records each time, so other limits move pictures between dataset and trash without
looking at them again. Labels and rows of other origin in the tables stay.
"""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from trainer.data.table import TABLE_NAME
from trainer.errors import TrainingError
from trainer.footage.limits import Limits, Reason
from trainer.footage.records import Record
from trainer.footage.similarity import DuplicateFinder
from trainer.footage.splits import SPLIT_NAMES, SplitPlan, draw_splits, order_of, read_splits, write_splits
from trainer.footage.tables import read_cells, write_cells

INCOMING: Final = "incoming"
TRASH: Final = "trash"
_COLUMNS: Final = (
    "file_name",
    "identity",
    "group",
    "kind",
    "source",
    "frame",
    "time_s",
    "sharpness",
    "yaw",
    "pitch",
    "roll",
)


@dataclass(frozen=True, slots=True)
class Sorting:
    """What became of the pictures.

    Attributes:
        kept: by split.
        rejected: those in the trash, and those without a picture, with the reason.
        removed: pictures that have vanished from the dataset's folders.
    """

    kept: Mapping[str, tuple[Record, ...]]
    rejected: tuple[tuple[Record, Reason], ...]
    removed: int

    def counts(self) -> dict[Reason, int]:
        """How many pictures were left out for each reason."""
        counted = Counter(reason for _, reason in self.rejected)
        return {reason: counted[reason] for reason in Reason if counted[reason]}


def place(folder: Path, records: Iterable[Record], limits: Limits, plan: SplitPlan) -> Sorting:
    """Move the pictures of a dataset to their splits and to the trash, and write the tables and the splits.

    Args:
        folder: of the dataset.
        records: all pictures.
        limits: what pictures must be like.
        plan: how splits are drawn, where they are not yet.

    Raises:
        MediaError: an earlier table cannot be read.
        TrainingError: a file cannot be moved or written.
    """
    whereabouts = _whereabouts(folder)
    present = [record for record in records if not record.name or record.name in whereabouts]
    kept, rejected = _sort_out(present, limits)
    splits = draw_splits(kept, plan, read_splits(folder))
    by_split: dict[str, list[Record]] = {name: [] for name in SPLIT_NAMES}
    for record in kept:
        by_split[splits.of(record)].append(record)
    places = {record.name: Path(split) for split, own in by_split.items() for record in own}
    places |= {record.name: Path(TRASH, reason) for record, reason in rejected if record.name}
    labels = _labels(folder)
    try:
        _move(folder, whereabouts, places)
        write_splits(folder, splits)
    except OSError as error:
        raise TrainingError(
            f"{error.filename or folder} cannot be moved or written: {error.strerror}.",
            "Free disk space and check permissions; the same command goes on.",
        ) from error
    known = {record.name for record in records}
    for split, own in by_split.items():
        _write_table(folder / split / TABLE_NAME, own, labels, known)
    removed = len(known - {""} - whereabouts.keys())
    return Sorting({split: tuple(own) for split, own in by_split.items()}, tuple(rejected), removed)


def _whereabouts(folder: Path) -> dict[str, Path]:
    """Every picture of the dataset and where it lies now."""
    found: dict[str, Path] = {}
    for part in (INCOMING, TRASH, *SPLIT_NAMES):
        found |= {path.name: path for path in (folder / part).rglob("*") if path.is_file()}
    return found


def _sort_out(records: Iterable[Record], limits: Limits) -> tuple[list[Record], list[tuple[Record, Reason]]]:
    kept: list[Record] = []
    rejected: list[tuple[Record, Reason]] = []
    duplicates = DuplicateFinder(limits.max_hash_distance)
    for record in sorted(records, key=lambda record: (record.identity, record.sequence, order_of(record))):
        reason = limits.reason(record)
        measures = record.measures
        if reason is None and measures is not None:
            is_chosen = record.is_curated or record.by_hand
            if not is_chosen and duplicates.knows(measures.hash, measures.intensities):
                reason = Reason.DUPLICATE
            else:
                duplicates.add(measures.hash, measures.intensities)
        if reason is None:
            kept.append(record)
        else:
            rejected.append((record, reason))
    return kept, rejected


def _labels(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of the tables that are there, by the picture's name."""
    tables = [folder / split / TABLE_NAME for split in SPLIT_NAMES]
    return {row["file_name"]: row for table in tables if table.is_file() for row in read_cells(table).rows}


def _move(folder: Path, whereabouts: Mapping[str, Path], places: Mapping[str, Path]) -> None:
    for part in {*places.values(), *map(Path, SPLIT_NAMES)}:
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, part in places.items():
        if whereabouts[name] != folder / part / name:
            whereabouts[name].rename(folder / part / name)
    shutil.rmtree(folder / INCOMING, ignore_errors=True)
    for empty in (folder / TRASH).glob("*"):
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()


def _write_table(
    table: Path, records: Iterable[Record], labels: Mapping[str, Mapping[str, str]], known: set[str]
) -> None:
    foreign = [row for row in (read_cells(table).rows if table.is_file() else []) if row["file_name"] not in known]
    rows = [_row(record, labels.get(record.name, {})) for record in records]
    extra = [name for row in foreign for name in row if name not in (*_COLUMNS, *AU_COLUMNS)]
    write_cells(table, [*_COLUMNS, *AU_COLUMNS, *dict.fromkeys(extra)], [*rows, *foreign])


def _row(record: Record, earlier: Mapping[str, str]) -> dict[str, str]:
    row = {
        "file_name": record.name,
        "identity": record.identity,
        "source": Path(record.source).name,
        "frame": str(record.frame) if record.frame >= 0 else "",
        "time_s": f"{record.time_s:.3f}" if record.frame >= 0 else "",
    }
    if record.measures is not None:
        row |= {name: f"{getattr(record.measures, name):.1f}" for name in ("sharpness", "yaw", "pitch", "roll")}
    return {**row, **record.cells, **{name: earlier[name] for name in AU_COLUMNS if earlier.get(name)}}


def pictures_by_reason(rejected: Iterable[tuple[Record, Reason]]) -> dict[Reason, list[Record]]:
    """Rejected pictures, collected by reason."""
    collected: dict[Reason, list[Record]] = defaultdict(list)
    for record, reason in rejected:
        collected[reason].append(record)
    return collected


def require_splits(sorting: Sorting) -> None:
    """Raise MediaError where no picture was kept, or none for one of the splits."""
    empty = [split for split in SPLIT_NAMES if not sorting.kept[split]]
    if not empty:
        return
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorting.counts().items()) or "nothing rejected"
    if len(empty) == len(SPLIT_NAMES):
        raise MediaError(f"No picture is of use: {reasons}.", "Look at the contact sheet, then loosen the limits.")
    raise MediaError(
        f"The {empty[0]} split is empty: {reasons}.",
        "Add footage, loosen the limits, or choose another --test-fraction.",
    )
