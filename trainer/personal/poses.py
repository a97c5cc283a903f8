"""True pairs out of a clip: moments in which a person holds the head alike and shows another expression.

The one picture is brought into the other's frame by the landmarks that no expression moves, so that between the two
nothing moves but the face, nearly. They are what a model that moves the footage's own pixels can learn of a person: how
teeth, folds and lids really look.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from engine.action_units import AU_COLUMNS
from engine.faces.alignment import STABLE_LANDMARKS, fit_similarity
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo, write_photo
from engine.terminal.progress import progress_bar
from engine.types import FloatArray, RGBImage
from trainer.data.table import TABLE_NAME
from trainer.footage.tables import Cells, read_cells, write_cells

KIND: Final = "brought"
PARTNERS: Final = 4
"""Of each picture, at most."""
_APART_S: Final = 20.0
"""Later on, light and clothes may be others."""
_TURNED: Final = {"yaw": 4.0, "pitch": 4.0, "roll": 10.0}
"""Degrees by which the head may be turned further; tilting is undone."""
_ANOTHER: Final = 3.0
"""Sum over action units by which expressions differ at least."""
Row = Mapping[str, str]


def pair_moments(data: Path, split: str, into: str, pictures: int) -> int:
    """Pair pictures of a labelled split with other moments of the same pose; returns how many pairs there are.

    Args:
        data: the dataset of one person.
        split: whose pictures are taken.
        into: the split that gets pictures and partners; the same one, or one of its own.
        pictures: how many are given partners, chosen evenly.
    """
    cells = read_cells(data / split / TABLE_NAME, ("file_name", "identity", *AU_COLUMNS))
    moments = [row for row in cells.rows if _is_moment(row)]
    places = np.linspace(0, len(moments) - 1, min(pictures, len(moments))).astype(int)
    chosen = [moments[place] for place in np.unique(places)]
    (data / into).mkdir(exist_ok=True)
    brought: list[dict[str, str]] = []
    anchors: list[dict[str, str]] = []
    with FaceLandmarker("image") as landmarker, progress_bar("Pairing moments", len(chosen)) as report:
        for done, row in enumerate(chosen, start=1):
            made = _bring(data, split, into, row, partners(row, moments), landmarker)
            if made:
                row["group"] = row["file_name"]
                anchors.append(row)
                brought += made
            report(done)
    if into == split:
        rows = [row for row in cells.rows if row.get("kind") != KIND]
    else:
        rows = anchors
        for row in rows:
            shutil.copyfile(data / split / row["file_name"], data / into / row["file_name"])
    _write(data / into / TABLE_NAME, cells, [*rows, *brought])
    return len(brought)


def partners(row: Row, moments: Sequence[Row]) -> list[Row]:
    """The moments of the same clip, pose and time whose expressions are farthest from a picture's, farthest first."""
    own = _expression(row)
    found = [(float(np.abs(_expression(other) - own).sum()), place) for place, other in enumerate(moments)]
    alike = [(apart, place) for apart, place in found if apart >= _ANOTHER and _in_same_pose(row, moments[place])]
    return [moments[place] for _, place in sorted(alike, key=lambda pair: (-pair[0], pair[1]))[:PARTNERS]]


def _is_moment(row: Row) -> bool:
    """Whether a row is a labelled frame of a clip."""
    return bool(row.get("frame") and row.get(AU_COLUMNS[0]) and not row.get("kind"))


def _in_same_pose(row: Row, other: Row) -> bool:
    near = abs(float(row["time_s"]) - float(other["time_s"])) <= _APART_S
    alike = all(abs(float(row[angle]) - float(other[angle])) <= limit for angle, limit in _TURNED.items())
    return row["source"] == other["source"] and near and alike


def _expression(row: Row) -> FloatArray:
    return np.array([float(row[column]) for column in AU_COLUMNS], np.float32)


def _bring(
    data: Path, split: str, into: str, row: Row, others: Sequence[Row], landmarker: FaceLandmarker
) -> list[dict[str, str]]:
    """Write the partners of a picture, each in the picture's own frame; returns their rows."""
    picture = read_photo(data / split / row["file_name"]).shown()
    own = landmarker.detect(picture)[:1]
    made: list[dict[str, str]] = []
    for other in others if own else ():
        pixels = read_photo(data / split / other["file_name"]).shown()
        for track in landmarker.detect(pixels)[:1]:
            name = f"{Path(row['file_name']).stem}_moment{len(made)}.jpg"
            brought = bring_into_frame(pixels, track.landmarks_px, picture, own[0].landmarks_px)
            write_photo(data / into / name, brought, overwrite=True)
            cells = {column: other[column] for column in ("identity", *AU_COLUMNS)}
            made.append({**cells, "file_name": name, "group": row["file_name"], "kind": KIND})
    return made


def bring_into_frame(
    pixels: RGBImage, landmarks_px: FloatArray, picture: RGBImage, picture_landmarks_px: FloatArray
) -> RGBImage:
    """Move a picture so that its face lies where that of another one does; landmarks are [478, 3] of each."""
    stable = list(STABLE_LANDMARKS)
    moved = fit_similarity(
        landmarks_px[stable, :2].astype(np.float64), picture_landmarks_px[stable, :2].astype(np.float64)
    )
    height, width = picture.shape[:2]
    made = cv2.warpAffine(pixels, moved, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(made, np.uint8)


def _write(table: Path, cells: Cells, rows: Sequence[Row]) -> None:
    write_cells(table, list(dict.fromkeys((*cells.columns, "group", "kind"))), rows)
