"""CSV tables as text: read whole with their columns, written whole, wrong columns named with the nearest match."""

import csv
import difflib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MediaError
from engine.files import write_atomically


@dataclass(frozen=True, slots=True)
class Cells:
    """A table's columns, and its rows as text by column."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def read_cells(path: Path, wanted: Sequence[str] = ()) -> Cells:
    """Read a CSV file.

    Args:
        path: the file.
        wanted: columns that it must have.

    Raises:
        MediaError: it cannot be read, is not CSV in UTF-8, is empty, or lacks a column.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, skipinitialspace=True, restval="")
            columns = tuple(name.strip() for name in reader.fieldnames or ())
            reader.fieldnames = list(columns)
            require_columns(path, columns, wanted)
            rows = [{name: cell.strip() for name, cell in row.items() if name in columns} for row in reader]
            return Cells(columns, rows)
    except FileNotFoundError:
        raise MediaError(f"{path} does not exist.", "Check the path.") from None
    except OSError as error:
        raise MediaError(f"{path} cannot be read: {error.strerror}.", "Check the path and its permissions.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise MediaError(f"{path} is not a CSV file in UTF-8: {error}.", "Save it anew as CSV UTF-8.") from error


def require_columns(path: Path, columns: Sequence[str], wanted: Sequence[str]) -> None:
    """Raise MediaError where columns are missing; names the most similar ones that are there."""
    missing = [name for name in wanted if name not in columns]
    if not missing:
        return
    if not columns:
        raise MediaError(f"{path} is empty.", f"Its first line names the columns: {', '.join(wanted)}.")
    others = [name for name in columns if name not in wanted]
    near = {name: match for name in missing for match in difflib.get_close_matches(name, others, n=1, cutoff=0.7)}
    hints = [f"{match!r} to {name!r}" for name, match in near.items()]
    raise MediaError(
        f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
        f"Rename {', '.join(hints)}." if hints else f"Add what is missing; it has {', '.join(columns)}.",
    )


def write_cells(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file in one step; cells that a row lacks are empty.

    Raises:
        MediaError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    try:
        write_atomically(path, text.getvalue().encode())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error
