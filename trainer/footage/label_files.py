"""Intensities from CSV files: OpenFace 2's, of pictures or of videos, or a user's own.

Which picture a line is about:

- With a `file_name` column: the one of that name, in the dataset or in the footage; for a video, `frame` says which
  frame.
- Without: the file is named after the photo or video, as OpenFace names it (Baltrusaitis et al., "OpenFace 2.0", 2018).

Frames are counted from 1, as OpenFace does. Of several faces, the one of the highest confidence is read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from engine.action_units import AU_COLUMNS, MAX_INTENSITY
from engine.errors import MediaError
from engine.types import FloatArray
from trainer.footage.tables import read_cells

Moment: TypeAlias = tuple[str, int]
"""A file's name without its ending, in small letters, and a frame counted from 1, or 0 for a photo."""

MIN_CONFIDENCE: Final = 0.5
"""Below it, OpenFace has hardly seen a face."""
_FAULTS_NAMED: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class FileLabels:
    """What CSV files say.

    Attributes:
        intensities: float32 [17] of each moment.
        uncertain: lines passed over, since no face was seen or hardly.
        clipped: values brought to 0..5.
    """

    intensities: Mapping[Moment, FloatArray]
    uncertain: int
    clipped: int

    def of(self, row: Mapping[str, str]) -> FloatArray | None:
        """The intensities of a row of the dataset's table; None where no line is about it."""
        name, source, frame = (row.get(column, "") for column in ("file_name", "source", "frame"))
        moments = [(_stem(name), 0), (_stem(source), int(frame) + 1 if frame else 0)]
        return next((self.intensities[moment] for moment in moments if moment in self.intensities), None)


def read_label_files(path: Path, *, clip: bool = False) -> FileLabels:
    """Read a CSV file, or all in a folder.

    Args:
        path: the file or folder.
        clip: bring intensities outside 0..5 to the nearest end instead of refusing them.

    Raises:
        MediaError: there is no file, a column is missing (with the nearest match), or values are not intensities; the
            lines are named.
    """
    files = sorted(path.rglob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise MediaError(f"There is no CSV file in {path}.", "Name a CSV file, or a folder with OpenFace's.")
    found: dict[Moment, FloatArray] = {}
    confidences: dict[Moment, float] = {}
    faults: list[str] = []
    uncertain = clipped = 0
    for file in files:
        for line, row in enumerate(read_cells(file, AU_COLUMNS).rows, start=2):
            confidence = _confidence(row)
            if confidence < MIN_CONFIDENCE:
                uncertain += 1
                continue
            values, wrong = _intensities(row)
            faults += [f"{file}, line {line}: {fault}" for fault in wrong if not (clip and fault.endswith("0..5"))]
            clipped += sum(fault.endswith("0..5") for fault in wrong)
            moment = _moment(file, line, row)
            if confidence >= confidences.get(moment, 0):
                confidences[moment] = confidence
                found[moment] = np.clip(values, 0, MAX_INTENSITY)
    _refuse(faults)
    return FileLabels(found, uncertain, clipped)


def no_match(path: Path, labels: FileLabels, rows: Iterable[Mapping[str, str]]) -> MediaError:
    """The error for labels none of which belongs to the dataset; shows a name of each."""
    theirs = next((f"{name!r}" + (f" frame {frame}" if frame else "") for name, frame in labels.intensities), "no name")
    ours = next((row.get("source") or row["file_name"] for row in rows), "no picture")
    return MediaError(
        f"No line of {path} is about a picture of the dataset: it tells of {theirs}, the dataset of {ours!r}.",
        "Give the CSV file the name of the photo or video, or a column file_name (and frame, counted from 1).",
    )


def _stem(name: str) -> str:
    return Path(name).stem.lower()


def _confidence(row: Mapping[str, str]) -> float:
    try:
        seen = float(row.get("success") or 1)
        return float(row.get("confidence") or 1) if seen else 0.0
    except ValueError:
        return 0.0


def _moment(file: Path, line: int, row: Mapping[str, str]) -> Moment:
    name = row.get("file_name") or file.stem + ".csv"
    frame = row.get("frame") or "0"
    if not frame.removesuffix(".0").isdigit():
        raise MediaError(f"{file}, line {line}: frame is {frame!r}, not a number from 1 on.", "Correct the line.")
    return _stem(name), int(float(frame))


def _intensities(row: Mapping[str, str]) -> tuple[FloatArray, list[str]]:
    """float32 [17], and what is wrong with them."""
    values = np.zeros(len(AU_COLUMNS), np.float32)
    faults = []
    for index, column in enumerate(AU_COLUMNS):
        try:
            values[index] = float(row[column])
        except ValueError:
            faults.append(f"{column} is {row[column]!r}, not a number")
            continue
        if np.isnan(values[index]):
            faults.append(f"{column} is {row[column]!r}, not a number")
        elif not 0 <= values[index] <= MAX_INTENSITY:
            faults.append(f"{column} is {row[column]}, outside 0..{MAX_INTENSITY:g}")
    return values, faults


def _refuse(faults: Sequence[str]) -> None:
    if not faults:
        return
    more = f"; and {len(faults) - _FAULTS_NAMED:,} more" if len(faults) > _FAULTS_NAMED else ""
    raise MediaError(
        f"{'; '.join(faults[:_FAULTS_NAMED])}{more}.",
        "Correct the lines; --clip brings numbers outside the range to its nearest end.",
    )
