"""A CSV table that says where a fault is: its line and its column."""

import csv
import difflib
import io
import math
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from engine.action_units import AU_COLUMNS, AU_NUMBERS
from engine.errors import ProjectError

_AU_LIKE: Final = re.compile(r"au[ _-]*0*(?P<number>\d+)(?!\d)(?P<kind>.*)", re.IGNORECASE)
_PRESENCE: Final = "_c"
"""Ending of OpenFace's columns that say whether an AU is there, not how strongly."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: where it stands in the text, from 1.
        cells: its texts, without the spaces around them.
    """

    line: int
    cells: tuple[str, ...]


class CSVTable:
    """The rows of a CSV text under a header, whose names may have spaces around them.

    Args:
        text: the content of a file.

    Attributes:
        rows: in the text's order; lines without any text are left out.

    Raises:
        ProjectError: the text has no header or no rows, or a row has another number of cells than the header.
    """

    def __init__(self, text: str) -> None:
        reader = csv.reader(io.StringIO(text), skipinitialspace=True)
        header: tuple[str, ...] = ()
        self.rows: list[Row] = []
        try:
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                stripped = tuple(cell.strip() for cell in cells)
                if not header:
                    header = stripped
                    continue
                if len(stripped) != len(header):
                    raise ProjectError(
                        f"Line {reader.line_num} has {len(stripped)} values under {len(header)} column names.",
                        "Correct that line; values are separated by commas, decimals by points.",
                    )
                self.rows.append(Row(reader.line_num, stripped))
        except csv.Error as error:
            raise ProjectError(f"Line {reader.line_num} is not CSV: {error}.", "Choose a CSV file.") from error
        if not self.rows:
            raise ProjectError("There are no rows.", "Choose a CSV file such as OpenFace writes.")
        self._header: Final = header
        self._index: Final = {name: index for index, name in reversed([*enumerate(header)])}

    def has(self, name: str) -> bool:
        """Whether there is a column called `name`."""
        return name in self._index

    def require(self, name: str, remedy: str) -> None:
        """Raise ProjectError unless there is a column called `name`."""
        if name in self._index:
            return
        near = difflib.get_close_matches(name.lower(), [other.lower() for other in self._header], n=1, cutoff=0.7)
        found = next((other for other in self._header if other.lower() in near), None)
        hint = f'Did you mean "{name}" by "{found}"? Rename it, as case and spelling count. ' if found else ""
        raise ProjectError(f'There is no column "{name}".', hint + remedy)

    def intensity_columns(self) -> dict[int, str]:
        """AU number to column name of the intensities that the program knows, by ascending number.

        Raises:
            ProjectError: there are none, or a column looks like one but is not called so.
        """
        known = dict(zip(AU_NUMBERS, AU_COLUMNS, strict=True))
        for name in self._header:
            match = _AU_LIKE.fullmatch(name)
            if match is None or match["kind"].lower() == _PRESENCE or int(match["number"]) not in known:
                continue
            right = known[int(match["number"])]
            if name != right and right not in self._index:
                raise ProjectError(
                    f'The column "{name}" is not one of intensities 0..5.',
                    f'Did you mean "{right}"? Rename it if its values run from 0 to 5.',
                )
        found = {number: name for number, name in known.items() if name in self._index}
        if not found:
            raise ProjectError("There is no column of an action unit's intensity.", f"Known: {', '.join(AU_COLUMNS)}.")
        return found

    def keep_most_frequent(self, name: str) -> None:
        """Keep only the rows with the most frequent text in the column `name`, the first of equally frequent ones."""
        if name in self._index:
            index = self._index[name]
            [(kept, _)] = Counter(row.cells[index] for row in self.rows).most_common(1)
            self.rows = [row for row in self.rows if row.cells[index] == kept]

    def text(self, row: Row, name: str) -> str:
        """What stands in a row's column `name`."""
        return row.cells[self._index[name]]

    def exact(self, row: Row, name: str) -> Fraction:
        """The number in a row's column `name`, exactly as written."""
        self.number(row, name)
        return Fraction(self.text(row, name))

    def number(self, row: Row, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """The number in a row's column `name`; ProjectError unless it is a finite one within `low`..`high`."""
        text = self.text(row, name)
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            shown = f'"{text}"' if text else "Nothing"
            raise ProjectError(
                f"Line {row.line}, column {name}: {shown} is not a number.", "Write decimals with a point, as in 0.25."
            )
        if not low <= number <= high:
            raise ProjectError(
                f"Line {row.line}, column {name}: {text} is outside {low:g}..{high:g}.", "Correct that value."
            )
        return number
