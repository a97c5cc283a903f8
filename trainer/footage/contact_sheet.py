"""The contact sheet: all pictures on one page that needs nothing else, to be sorted and filtered in any browser."""

import base64
import json
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from engine.action_units import AU_COLUMNS, AU_NUMBERS
from engine.errors import MediaError
from engine.files import write_atomically
from engine.media import read_photo
from engine.terminal.progress import progress_bar
from trainer.errors import TrainingError
from trainer.footage.placing import TRASH, Sorting
from trainer.footage.records import Record
from trainer.footage.splits import SPLIT_NAMES
from trainer.footage.tables import read_cells

CONTACT_SHEET: Final = "contact_sheet.html"
MAX_PICTURES: Final = 3000
"""More make a page that browsers are slow with; an even choice is shown then."""
_TEMPLATE: Final = Path(__file__).with_suffix(".html")
_THUMBNAIL_PX: Final = 112
_QUALITY: Final = 80


def write_contact_sheet(folder: Path, sorting: Sorting) -> Path:
    """Write the contact sheet of a dataset; returns its path.

    Action units are those of the tables where pictures are labelled, otherwise the first estimates.

    Raises:
        TrainingError: the file cannot be written.
    """
    placed = [(record, split) for split, records in sorting.kept.items() for record in records]
    placed += [(record, str(reason)) for record, reason in sorting.rejected]
    chosen = _evenly(placed, MAX_PICTURES)
    labels = _labelled_intensities(folder)
    pictures = []
    with progress_bar("Contact sheet", len(chosen)) as report:
        for order, (record, where) in enumerate(chosen):
            part = Path(where) if where in SPLIT_NAMES else Path(TRASH, where)
            thumbnail = _thumbnail(folder / part / record.name) if record.name else ""
            pictures.append(_entry(record, where, order, thumbnail, labels.get(record.name)))
            report(order + 1)
    note = "" if len(chosen) == len(placed) else f", {len(chosen):,} of them shown"
    document = {
        "title": folder.resolve().name,
        "note": f"{len(placed):,} pictures{note}. A click chooses a picture for discard or restore.",
        "folder": shlex.quote(str(folder)),
        "splits": SPLIT_NAMES,
        "aus": [f"AU{number}" for number in AU_NUMBERS],
        "reasons": Counter(where for _, where in chosen),
        "pictures": pictures,
    }
    data = json.dumps(document, separators=(",", ":")).replace("<", "\\u003c")
    path = folder / CONTACT_SHEET
    try:
        write_atomically(path, _TEMPLATE.read_text(encoding="utf-8").replace("/*DATA*/", data).encode())
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error
    return path


def _evenly(placed: Sequence[tuple[Record, str]], most: int) -> list[tuple[Record, str]]:
    if len(placed) <= most:
        return list(placed)
    return [placed[index] for index in np.linspace(0, len(placed) - 1, most).astype(int)]


def _labelled_intensities(folder: Path) -> dict[str, list[float]]:
    found = {}
    for split in SPLIT_NAMES:
        for row in read_cells(folder / split / "metadata.csv").rows:
            if all(row.get(column) for column in AU_COLUMNS):
                found[row["file_name"]] = [round(float(row[column]), 2) for column in AU_COLUMNS]
    return found


def _entry(record: Record, where: str, order: int, thumbnail: str, labels: Sequence[float] | None) -> Mapping[str, Any]:
    measures = record.measures
    entry: dict[str, Any] = {
        "name": record.name or Path(record.source).name,
        "identity": record.identity,
        "reason": where,
        "order": order,
        "fault": record.fault,
        "thumbnail": thumbnail,
        "intensities": [],
    }
    if measures is not None:
        entry |= {
            "width": round(measures.width_px),
            "sharpness": round(measures.sharpness),
            "yaw": round(measures.yaw),
            "pitch": round(measures.pitch),
            "roll": round(measures.roll),
            "pose": round(max(abs(measures.yaw), abs(measures.pitch), abs(measures.roll))),
            "covered": measures.covered,
            "intensities": list(measures.intensities if labels is None else labels),
        }
    return entry


def _thumbnail(path: Path) -> str:
    """A small JPEG in base64; "" where the picture cannot be read."""
    try:
        pixels = read_photo(path).shown()
    except MediaError:
        return ""
    height, width = pixels.shape[:2]
    scale = _THUMBNAIL_PX / min(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    parameters = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    encoded = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), parameters)[1]
    return base64.b64encode(encoded.tobytes()).decode()
