"""AU curves as CSV files in OpenFace's columns.

Baltrusaitis et al., "OpenFace 2.0: Facial Behavior Analysis Toolkit", 2018; its `FeatureExtraction` writes such files.
"""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import AU_COLUMNS, AU_COUNT, MAX_INTENSITY, au_index
from engine.curves.au_curves import AUCurves
from engine.curves.frame_times import exact_times
from engine.curves.table import CSVTable, Row
from engine.errors import ProjectError
from engine.files import replacing
from engine.types import FloatArray

FRAME: Final = "frame"
FACE_ID: Final = "face_id"
TIMESTAMP: Final = "timestamp"
CONFIDENCE: Final = "confidence"
SUCCESS: Final = "success"
FILE_NAME: Final = "file_name"
"""Our own column: the picture that a row was measured in."""
_INTENSITY_DIGITS: Final = 4
_TIME_DIGITS: Final = 6
_LARGEST_FRAME: Final = 10**9


def read_csv(path: Path) -> AUCurves:
    """Read the curves in a CSV file, as `parse_csv` does.

    Raises:
        ProjectError: the file cannot be read or is not valid; the message names the file, the line and the column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProjectError(
            f"{path} could not be opened: {error.strerror}.", "Check its name and permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise ProjectError(f"{path} is not a text in UTF-8.", "Choose a CSV file such as OpenFace writes.") from error
    try:
        return parse_csv(text)
    except ProjectError as error:
        raise type(error)(f"{path}: {error.message}", error.remedy) from error


def write_csv(curves: AUCurves, path: Path, *, names: Sequence[str] | None = None, overwrite: bool = False) -> None:
    """Write curves in one step: the file is whole, or as it was before.

    Args:
        curves: what to write.
        path: the file.
        names: of the pictures that the rows were measured in, for the column `file_name`; None leaves it out.
        overwrite: True replaces a file that exists.

    Raises:
        ProjectError: the file exists or cannot be written.
    """
    try:
        with replacing(path, replace=overwrite) as file:
            file.write(format_csv(curves, names=names).encode())
    except FileExistsError as error:
        raise ProjectError(f"{path} exists already.", "Choose to overwrite it, or give another name.") from error
    except OSError as error:
        raise ProjectError(f"{path} could not be written: {error.strerror}.", "Choose another folder.") from error


def format_csv(curves: AUCurves, *, names: Sequence[str] | None = None) -> str:
    """Write curves as CSV text; frames are counted from 1, AUs that were not measured are left out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    indices = [au_index(number) for number in curves.aus]
    header = [FRAME, TIMESTAMP, CONFIDENCE, SUCCESS, *(AU_COLUMNS[index] for index in indices)]
    writer.writerow(header if names is None else [*header, FILE_NAME])
    for row, time in enumerate(curves.times):
        cells = [
            str(row + 1),
            f"{float(time):.{_TIME_DIGITS}f}",
            f"{curves.confidence[row]:.3f}",
            str(int(curves.success[row])),
            *(f"{curves.values[row, index]:.{_INTENSITY_DIGITS}f}" for index in indices),
        ]
        writer.writerow(cells if names is None else [*cells, names[row]])
    return text.getvalue()


def parse_csv(text: str) -> AUCurves:
    """Read curves from CSV text.

    Columns may stand in any order and have spaces around their names; those that do not matter here are passed over.
    `timestamp` and at least one `AUxx_r` must be there; without `success` or `confidence`, every row counts fully. Of
    several faces, the one with the most rows is read. Times that are a film's or a camera's usual frame rate, rounded,
    become that rate's exact ones.

    Raises:
        ProjectError: a column is missing or a value is not valid.
    """
    table = CSVTable(text)
    table.require(TIMESTAMP, "It holds the time of each row in seconds.")
    columns = table.intensity_columns()
    table.keep_most_frequent(FACE_ID)
    success = [_is_success(table, row) for row in table.rows]
    return AUCurves(
        _times(table),
        _values(table, columns, success),
        np.array([_confidence(table, row) for row in table.rows], np.float32),
        np.array(success),
        tuple(columns),
    )


def _is_success(table: CSVTable, row: Row) -> bool:
    return not table.has(SUCCESS) or table.number(row, SUCCESS, 0, 1) > 0


def _confidence(table: CSVTable, row: Row) -> float:
    return table.number(row, CONFIDENCE, 0, 1) if table.has(CONFIDENCE) else float(_is_success(table, row))


def _values(table: CSVTable, columns: dict[int, str], success: Sequence[bool]) -> FloatArray:
    """float32 [rows, 17]; where no face was seen, 0 whatever stands there."""
    values = np.zeros((len(table.rows), AU_COUNT), np.float32)
    for number, name in columns.items():
        values[:, au_index(number)] = [
            table.number(row, name, 0, MAX_INTENSITY) if seen else 0.0
            for row, seen in zip(table.rows, success, strict=True)
        ]
    return values


def _times(table: CSVTable) -> tuple[Fraction, ...]:
    written = [table.exact(row, TIMESTAMP) for row in table.rows]
    for index in range(1, len(written)):
        if written[index] <= written[index - 1]:
            raise ProjectError(
                f"Line {table.rows[index].line}, column {TIMESTAMP}: {float(written[index]):g} s does not come after "
                f"{float(written[index - 1]):g} s.",
                "Sort the rows by time, each time once.",
            )
    if table.has(FRAME):
        frames = [int(table.number(row, FRAME, -_LARGEST_FRAME, _LARGEST_FRAME)) for row in table.rows]
    else:
        frames = list(range(len(written)))
    digits = max(_decimals(table.text(row, TIMESTAMP)) for row in table.rows)
    return exact_times(frames, written, Fraction(1, 10**digits))


def _decimals(number: str) -> int:
    """How many digits stand behind the point; many for a number with an exponent."""
    return len(number.partition(".")[2]) if "e" not in number.lower() else 2 * _TIME_DIGITS
