"""The dataset's table: Hugging Face's imagefolder convention with OpenFace's column names.

`<split>/metadata.csv` has `file_name`, `identity` and `AU01_r … AU45_r`; `group` is optional and names pictures that
differ in expression alone (same person, pose and framing), so any two of them are a true before/after pair.
"""

import csv
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from engine.action_units import AU_COLUMNS, MAX_INTENSITY
from engine.errors import MediaError
from engine.types import FloatArray

TABLE_NAME: Final = "metadata.csv"
NumberedRow: TypeAlias = tuple[int, dict[str, str]]
"""A line's number in the file, from 2, and its cells by column."""


@dataclass(frozen=True, slots=True)
class LabelledImage:
    """One row: a picture of a person and its intensities, float32 [17] in 0..5; `group` is "" where it has none."""

    path: Path
    identity: str
    group: str
    intensities: FloatArray


def read_table(data: Path, split: str) -> tuple[LabelledImage, ...]:
    """Read the rows of a split that have labels; rows whose AU columns are all empty are left out.

    Raises:
        MediaError: the table cannot be read, lacks a column, names a picture that does not exist, or holds a value that
            is not an intensity. The message names the line.
    """
    rows = read_rows(data, split, ("file_name", "identity", *AU_COLUMNS))
    table = data / split / TABLE_NAME
    images = tuple(_image(table, line, row) for line, row in rows if any(row[column] for column in AU_COLUMNS))
    if not images:
        raise MediaError(f"{table} has no labelled row.", "Give every AUxx_r column of a picture a value from 0 to 5.")
    return images


def read_rows(data: Path, split: str, columns: Sequence[str]) -> list[NumberedRow]:
    """Read a split's table as text.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        columns: those that the table must have.

    Raises:
        MediaError: the table cannot be read, lacks a column, or has a line that is too short.
    """
    table = data / split / TABLE_NAME
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, skipinitialspace=True, restval="")
            _check_columns(table, columns, list(reader.fieldnames or ()))
            return [(reader.line_num, row) for row in reader]
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


def _image(table: Path, line: int, row: dict[str, str]) -> LabelledImage:
    path = table.parent / row["file_name"]
    if not path.is_file():
        raise MediaError(f"{table}, line {line}: the picture {path} does not exist.", "Correct file_name.")
    intensities = [_intensity(f"{table}, line {line}: {column}", row[column]) for column in AU_COLUMNS]
    return LabelledImage(path, row["identity"], row.get("group", ""), np.array(intensities, np.float32))


def _intensity(place: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise MediaError(f"{place} is {text!r}, not a number.", "Correct the row, or empty all of its AUs.") from None
    if not 0.0 <= value <= MAX_INTENSITY:  # NaN, too
        raise MediaError(f"{place} is {text}, outside 0..{MAX_INTENSITY:g}.", "Correct or clip the row.")
    return value
