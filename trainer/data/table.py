"""The dataset's table: Hugging Face's imagefolder convention with OpenFace's column names.

`<split>/metadata.csv` has `file_name`, `identity` and `AU01_r … AU45_r`; `group` is optional and names pictures that differ in
expression alone (same person, pose and framing), so any two of them are a true before/after pair.
"""

import csv
import difflib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.action_units import AU_COLUMNS, MAX_INTENSITY
from engine.errors import MediaError
from engine.types import FloatArray


@dataclass(frozen=True, slots=True)
class LabelledImage:
    """One row: a picture of a person and its intensities, float32 [17] in 0..5."""

    path: Path
    identity: str
    group: str
    intensities: FloatArray


def read_table(data: Path, split: str) -> tuple[LabelledImage, ...]:
    """Read the rows of a split that have labels; rows whose AU columns are empty are left out.

    Raises:
        MediaError: the table is missing, lacks a column, or holds a value that is not an intensity; names the line and the remedy.
    """
    table = data / split / "metadata.csv"
    if not table.is_file():
        raise MediaError(
            f"{table} does not exist.", "Point --data at a folder with train/metadata.csv and test/metadata.csv."
        )
    with table.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        _check_columns(table, list(reader.fieldnames or ()))
        rows = tuple(_image(table, line, row) for line, row in enumerate(reader, start=2) if row[AU_COLUMNS[0]])
    if not rows:
        raise MediaError(
            f"{table} has no labelled row.", "Label the pictures first: every AUxx_r column needs a value."
        )
    return rows


def _check_columns(table: Path, columns: list[str]) -> None:
    missing = [name for name in ("file_name", "identity", *AU_COLUMNS) if name not in columns]
    if missing:
        near = difflib.get_close_matches(missing[0], columns, n=1)
        hint = f"Is {near[0]!r} meant? Rename it." if near else "Add it."
        raise MediaError(f"{table} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.", hint)


def _image(table: Path, line: int, row: dict[str, str]) -> LabelledImage:
    values = np.zeros(len(AU_COLUMNS), np.float32)
    for index, column in enumerate(AU_COLUMNS):
        try:
            values[index] = float(row[column])
        except (TypeError, ValueError):
            raise MediaError(
                f"{table}, line {line}: {column} is {row[column]!r}, not a number.", "Correct the row."
            ) from None
        if not 0.0 <= values[index] <= MAX_INTENSITY:
            raise MediaError(
                f"{table}, line {line}: {column} is {row[column]}, outside 0..5.", "Correct or clip the row."
            )
    return LabelledImage(table.parent / row["file_name"], row["identity"], row.get("group") or "", values)
