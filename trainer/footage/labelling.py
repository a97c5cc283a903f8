"""Give the pictures of a dataset their intensities, in its tables."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from engine.types import FloatArray
from trainer.data.table import TABLE_NAME
from trainer.footage.distribution import DISTRIBUTION, hardly_varying, write_distribution
from trainer.footage.estimating import NEUTRAL_KIND, Portrait, estimate
from trainer.footage.label_files import no_match, read_label_files
from trainer.footage.splits import SPLIT_NAMES
from trainer.footage.tables import Cells, read_cells, write_cells

Row: TypeAlias = dict[str, str]
_NAMES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """What came of it.

    Attributes:
        new: pictures labelled in this call.
        earlier: pictures that had labels before and kept them.
        remarks: what was left out or needs attention, one line each.
        weak: AUs that hardly vary in the training split.
        plot: the picture of the distribution.
    """

    new: int
    earlier: int
    remarks: tuple[str, ...]
    weak: tuple[int, ...]
    plot: Path


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    of: Callable[[Path, Row], FloatArray | None]
    remarks: tuple[str, ...]


def label(
    folder: Path, labels_from: Path | None = None, *, anew: bool = False, clip: bool = False, workers: int = 0
) -> Labelled:
    """Label the pictures of a dataset that have no labels.

    Args:
        folder: of the dataset.
        labels_from: a CSV file or a folder of them; None estimates the intensities.
        anew: label those that have labels, too.
        clip: bring intensities of the files to 0..5 instead of refusing them.
        workers: processes that find landmarks; 0 takes one a core.

    Raises:
        MediaError: there is no table, the files cannot be used, or nothing is labelled in the end.
    """
    paths = [folder / split for split in SPLIT_NAMES if (folder / split / TABLE_NAME).is_file()]
    tables = {split: read_cells(split / TABLE_NAME, ("file_name", "identity")) for split in paths}
    if not tables:
        raise MediaError(
            f"{folder} has no {SPLIT_NAMES[0]}/{TABLE_NAME}.", "Name the folder of a dataset; `prepare` makes one."
        )
    everything = [(split, row) for split, cells in tables.items() for row in cells.rows]
    wanted = [(split, row) for split, row in everything if anew or not _is_labelled(row)]
    labels = _from_files(labels_from, wanted, clip=clip) if labels_from else _estimated(everything, wanted, workers)
    new = 0
    for split, row in wanted:
        intensities = labels.of(split, row)
        if intensities is not None:
            row.update({column: f"{value:.3f}" for column, value in zip(AU_COLUMNS, intensities, strict=True)})
            new += 1
    if new:
        for split, cells in tables.items():
            write_cells(split / TABLE_NAME, list(dict.fromkeys([*cells.columns, *AU_COLUMNS])), cells.rows)
    return _report(folder, tables, labels.remarks, new, len(everything) - len(wanted))


def _report(folder: Path, tables: Mapping[Path, Cells], remarks: Sequence[str], new: int, earlier: int) -> Labelled:
    intensities = {split.name: _intensities(cells.rows) for split, cells in tables.items()}
    filled = {name: values for name, values in intensities.items() if len(values)}
    if not filled:
        raise MediaError(f"No picture of {folder} could be labelled. {' '.join(remarks)}", "Look at its pictures.")
    plot = folder / DISTRIBUTION
    write_distribution(plot, filled)
    empty = [f"No picture of the {name} split is labelled." for name in intensities if name not in filled]
    return Labelled(new, earlier, (*remarks, *empty), hardly_varying(next(iter(filled.values()))), plot)


def _is_labelled(row: Row) -> bool:
    return all(row.get(column) for column in AU_COLUMNS)


def _intensities(rows: Sequence[Row]) -> FloatArray:
    labelled = [row for row in rows if _is_labelled(row)]
    return np.array([[float(row[column]) for column in AU_COLUMNS] for row in labelled], np.float32)


def _from_files(path: Path, wanted: Sequence[tuple[Path, Row]], *, clip: bool) -> _Labels:
    labels = read_label_files(path, clip=clip)
    found = [labels.of(row) is not None for _, row in wanted]
    if wanted and not any(found):
        raise no_match(path, labels, [row for _, row in wanted])
    remarks = (
        _counted("Pictures in no line of the CSV, which stay unlabelled", found.count(False)),
        _counted("Lines passed over, as they saw no face or were not sure of it", labels.uncertain),
        _counted("Values outside 0..5, brought to the nearest end", labels.clipped),
    )
    return _Labels(lambda _split, row: labels.of(row), tuple(filter(None, remarks)))


def _estimated(everything: Sequence[tuple[Path, Row]], wanted: Sequence[tuple[Path, Row]], workers: int) -> _Labels:
    """Estimates from all pictures of the people wanted, since more pictures tell more of a person's face at rest."""
    people = {row["identity"] for _, row in wanted}
    portraits = [
        Portrait(split / row["file_name"], row["identity"], row.get("kind") == NEUTRAL_KIND)
        for split, row in everything
        if row["identity"] in people
    ]
    estimates = estimate(portraits, workers)
    asked = {split / row["file_name"] for split, row in wanted}
    remarks = (
        _named("Pictures without a face, which stay unlabelled", _names(estimates.without_face, asked)),
        _named("Pictures that cannot be read, which stay unlabelled", _names(estimates.unreadable, asked)),
        _named("People with a single picture, which hardly tells expression from build", estimates.guessed_from_one),
    )
    return _Labels(lambda split, row: estimates.intensities.get(split / row["file_name"]), tuple(filter(None, remarks)))


def _names(paths: Sequence[Path], asked: AbstractSet[Path]) -> list[str]:
    return sorted(path.name for path in paths if path in asked)


def _counted(what: str, count: int) -> str:
    return f"{what}: {count:,}." if count else ""


def _named(what: str, names: Sequence[str]) -> str:
    more = ", …" if len(names) > _NAMES_SHOWN else ""
    return f"{what}, {len(names):,}: {', '.join(names[:_NAMES_SHOWN])}{more}." if names else ""
