"""The dataset's table: Hugging Face's imagefolder convention with OpenFace's column names.

`<split>/metadata.csv` has `file_name`, `identity` and `AU01_r … AU45_r`; `group` is optional and names pictures that
differ in expression alone (same person, pose and framing), so any two of them are a true before/after pair.
"""

import csv
import difflib
import math
import os
import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, overload

import numpy as np

from engine.action_units import AU_COLUMNS, AU_COUNT, MAX_INTENSITY
from engine.errors import MediaError
from engine.types import FloatArray

TABLE_NAME: Final = "metadata.csv"
NumberedRow: TypeAlias = tuple[int, dict[str, str]]
"""A line's number in the file, from 2, and its cells by column."""
_FAULTS_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class LabelledImage:
    """One row: a picture of a person and its intensities, float32 [17] in 0..5; `group` is "" where it has none."""

    path: Path
    identity: str
    group: str
    intensities: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class LabelledTable(Sequence[LabelledImage]):
    """The labelled rows of a split, kept by columns: a million of them take some hundred megabytes.

    Attributes:
        folder: the split's, which `file_names` are relative to.
        file_names, identities, groups: text of each row; a group is "" where a row has none.
        intensities: float32 [N, 17] in 0..5.
    """

    folder: Path
    file_names: Sequence[str]
    identities: Sequence[str]
    groups: Sequence[str]
    intensities: FloatArray

    def __len__(self) -> int:
        return len(self.file_names)

    @overload
    def __getitem__(self, row: int) -> LabelledImage: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[LabelledImage, ...]: ...
    def __getitem__(self, row: int | slice) -> LabelledImage | tuple[LabelledImage, ...]:
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(len(self))))
        return LabelledImage(
            self.folder / self.file_names[row], self.identities[row], self.groups[row], self.intensities[row]
        )


def read_table(data: Path, split: str) -> LabelledTable:
    """Read the rows of a split that have labels; rows whose AU columns are all empty are left out.

    Raises:
        MediaError: the table cannot be read, lacks a column, names a picture that does not exist, or holds a value that
            is not an intensity. The message names the first few faults with their lines, and how many there are.
    """
    table = data / split / TABLE_NAME
    columns = _Columns(table.parent)
    with _open_table(data, split, ("file_name", "identity", *AU_COLUMNS)) as (names, rows):
        file_name, identity = names.index("file_name"), names.index("identity")
        group = names.index("group") if "group" in names else None
        labels = [names.index(column) for column in AU_COLUMNS]
        for line, cells in rows:
            values = [cells[place] for place in labels]
            if any(values):
                columns.add(line, cells[file_name], cells[identity], "" if group is None else cells[group], values)
    return columns.table(table)


def read_rows(data: Path, split: str, columns: Sequence[str]) -> list[NumberedRow]:
    """Read a split's table as text.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        columns: those that the table must have.

    Raises:
        MediaError: the table cannot be read or lacks a column.
    """
    with _open_table(data, split, columns) as (names, rows):
        return [(line, dict(zip(names, cells, strict=False))) for line, cells in rows]


@contextmanager
def _open_table(
    data: Path, split: str, columns: Sequence[str]
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """Open a split's table and check its columns.

    Yields:
        The columns' names; then an iterator over each row's line in the file and its cells, no fewer than the names.
    """
    table = data / split / TABLE_NAME
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file, skipinitialspace=True)
            names = next(reader, [])
            _check_columns(table, columns, names)
            yield names, ((reader.line_num, cells + [""] * (len(names) - len(cells))) for cells in reader if cells)
    except FileNotFoundError:
        raise MediaError(
            f"{table} does not exist.",
            f"Point --data at a folder with train/{TABLE_NAME} and test/{TABLE_NAME}; the latter is for other people.",
        ) from None
    except OSError as error:
        raise MediaError(f"{table} cannot be read: {error.strerror}.", "Check --data.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise MediaError(f"{table} is not a CSV file in UTF-8: {error}.", "Save it anew as CSV UTF-8.") from error


def _check_columns(table: Path, wanted: Sequence[str], columns: list[str]) -> None:
    missing = [name for name in wanted if name not in columns]
    if missing:
        near = difflib.get_close_matches(missing[0], columns, n=1)
        hint = f"Is {near[0]!r} meant? Rename it to {missing[0]!r}." if near else "Add what is missing."
        raise MediaError(f"{table} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.", hint)


class _Columns:
    """Collects a table row by row, and what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prefix = f"{folder}{os.sep}"
        self._names: list[str] = []
        self._identities: list[str] = []
        self._groups: list[str] = []
        self._intensities = array("f")
        self._faults: list[str] = []
        self._fault_count = 0
        self._remedy = ""

    def add(self, line: int, file_name: str, identity: str, group: str, intensities: Sequence[str]) -> None:
        """Take in a labelled row."""
        if not os.path.isfile(self._prefix + file_name):  # noqa: PTH113 - a million `Path`s take seconds
            self._fault(line, f"the picture {self._folder / file_name} does not exist", "Correct file_name.")
        if not identity:
            self._fault(line, "identity is empty", "Name the person of every labelled picture.")
        try:
            values = [*map(float, intensities)]
            sound = min(values) >= 0.0 and max(values) <= MAX_INTENSITY and not math.isnan(sum(values))
        except ValueError:
            sound = False
        if not sound:
            self._find_faults(line, intensities)
            return
        self._names.append(file_name)
        self._identities.append(sys.intern(identity))
        self._groups.append(sys.intern(group))
        self._intensities.extend(values)

    def table(self, path: Path) -> LabelledTable:
        """What was collected.

        Raises:
            MediaError: a row had a fault, or there was none.
        """
        if self._fault_count > 1:
            unnamed = self._fault_count - len(self._faults)
            more = f"; and {unnamed:,} more" if unnamed else ""
            faults = "; ".join(self._faults)
            raise MediaError(f"{path} has {self._fault_count:,} faults: {faults}{more}.", "Correct these lines.")
        if self._faults:
            raise MediaError(f"{path}, {self._faults[0]}.", self._remedy)
        if not self._names:
            raise MediaError(
                f"{path} has no labelled row.", "Give every AUxx_r column of a picture a value from 0 to 5."
            )
        intensities = np.array(self._intensities, np.float32).reshape(-1, AU_COUNT)
        return LabelledTable(self._folder, self._names, self._identities, self._groups, intensities)

    def _find_faults(self, line: int, intensities: Sequence[str]) -> None:
        for column, text in zip(AU_COLUMNS, intensities, strict=True):
            try:
                value = float(text)
            except ValueError:
                self._fault(line, f"{column} is {text!r}, not a number", "Correct the row, or empty all of its AUs.")
                continue
            if not 0.0 <= value <= MAX_INTENSITY:  # NaN, too
                self._fault(line, f"{column} is {text}, outside 0..{MAX_INTENSITY:g}", "Correct or clip the row.")

    def _fault(self, line: int, fault: str, remedy: str) -> None:
        self._fault_count += 1
        self._remedy = remedy
        if len(self._faults) < _FAULTS_NAMED:
            self._faults.append(f"line {line}: {fault}")
