"""Aligned crops and their labels on disk: made once, then mapped.

A folder holds `crops.npy`, uint8 [N, S, S, 3], which is mapped and never read as a whole, and `index.npz`, the labels
by columns, so that a training of a million pictures starts without reading its table row by row.
"""

import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.faces.alignment import CropTemplate
from engine.files import replacing_folder
from engine.terminal.progress import ReportProgress
from engine.types import FloatArray
from trainer.data.table import LabelledTable

ShowProgress: TypeAlias = Callable[[str, int], AbstractContextManager[ReportProgress]]
"""Takes what is going on and how many steps it has; as `engine.terminal.progress.progress_bar`."""

_CROPS: Final = "crops.npy"
_INDEX: Final = "index.npz"
_BETWEEN_NAMES: Final = "\0"


@dataclass(frozen=True, slots=True, eq=False)
class CropIndex:
    """The labelled rows of a table, and which of them have a crop.

    Attributes:
        file_names: UTF-8 text of all rows, uint8, separated by zeros.
        identity_names, group_names: likewise, the distinct ones.
        identities, groups: int64 [N] of every row, positions in these; -1 where a picture has no group.
        intensities: float32 [N, 17] in 0..5.
        found: int64, the rows of the crops, in their order.
        unreadable: int64, the rows whose file is no picture; in those in neither, no face was found.
    """

    file_names: NDArray[np.uint8]
    identity_names: NDArray[np.uint8]
    group_names: NDArray[np.uint8]
    identities: NDArray[np.int64]
    groups: NDArray[np.int64]
    intensities: FloatArray
    found: NDArray[np.int64]
    unreadable: NDArray[np.int64]


Stored: TypeAlias = tuple[NDArray[np.uint8], CropIndex]


def read_stored(folder: Path) -> Stored | None:
    """Map what `store_crops` has left in the folder of a table and template; None where it is absent or damaged."""
    try:
        with (folder / _INDEX).open("rb") as file, np.load(file) as stored:
            index = CropIndex(**{field.name: stored[field.name] for field in fields(CropIndex)})
        crops = np.load(folder / _CROPS, mmap_mode="r")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return (crops, index) if len(crops) == len(index.found) else None


def load_stored(folder: Path, pictures: Path) -> Stored | None:
    """As `read_stored`, but None also where a picture is newer, or is there no more.

    Args:
        folder: of one table and template.
        pictures: folder of the table, which file names are relative to.
    """
    stored = read_stored(folder)
    if stored is None:
        return None
    prefix = f"{pictures}{os.sep}"
    try:
        made = (folder / _INDEX).stat().st_mtime
        names = split_names(stored[1].file_names)
        return None if any(os.stat(prefix + name).st_mtime > made for name in names) else stored  # noqa: PTH116
    except OSError:
        return None


def store_crops(folder: Path, table: LabelledTable, template: CropTemplate, show_progress: ShowProgress) -> Stored:
    """Align the pictures of a table into `folder`, which appears when all is done.

    Raises:
        MediaError: no picture shows a face, or the folder cannot be written.
    """
    try:
        with replacing_folder(folder) as part:
            with (part / _CROPS).open("wb") as file:
                found, unreadable = _write_crops(file, table, template, show_progress)
            if not found:
                raise MediaError(
                    f"No face was found in any of {len(table)} pictures, {table[0].path} among them.",
                    "Check the pictures; a face needs about 60 pixels.",
                )
            index = _index(table, found, unreadable)
            np.savez(part / _INDEX, **{field.name: getattr(index, field.name) for field in fields(CropIndex)})
    except OSError as error:
        stored = load_stored(folder, table.folder)  # another training may have finished the same crops meanwhile
        if stored is None:
            raise MediaError(
                f"The crops cannot be kept in {folder}: {error.strerror}.", "Free disk space; see the cache folder."
            ) from error
        return stored
    return np.load(folder / _CROPS, mmap_mode="r"), index


def split_names(text: NDArray[np.uint8]) -> list[str]:
    """The names in a column of `CropIndex`."""
    return text.tobytes().decode().split(_BETWEEN_NAMES) if len(text) else []


def _write_crops(
    file: BinaryIO, table: LabelledTable, template: CropTemplate, show_progress: ShowProgress
) -> tuple[list[int], list[int]]:
    """Write a .npy file of the crops; returns the rows in which a face was found, and those that are no pictures."""
    from trainer.data.aligning import align_pictures  # crops made before are loaded without MediaPipe

    found: list[int] = []
    unreadable: list[int] = []
    looked_at = 0
    _write_header(file, len(table), template)
    with (
        show_progress("Aligning faces", len(table)) as report,
        closing(align_pictures(table, template)) as parts,
    ):
        for part in parts:
            file.writelines(picture.crop.tobytes() for picture in part.aligned)
            found += [picture.row for picture in part.aligned]
            unreadable += part.unreadable
            looked_at += part.looked_at
            report(looked_at)
    file.seek(0)
    _write_header(file, len(found), template)
    return found, unreadable


def _index(table: LabelledTable, found: Sequence[int], unreadable: Sequence[int]) -> CropIndex:
    people, groups = sorted(set(table.identities)), sorted(set(table.groups) - {""})
    return CropIndex(
        file_names=_joined(table.file_names),
        identity_names=_joined(people),
        group_names=_joined(groups),
        identities=_numbers(table.identities, people),
        groups=_numbers(table.groups, groups),
        intensities=table.intensities,
        found=np.array(found, np.int64),
        unreadable=np.array(unreadable, np.int64),
    )


def _joined(names: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer(_BETWEEN_NAMES.join(names).encode(), np.uint8)


def _numbers(values: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    """The position of each value in `names`, -1 where it is not there."""
    positions = {name: position for position, name in enumerate(names)}
    return np.array([positions.get(value, -1) for value in values], np.int64)


def _write_header(file: BinaryIO, count: int, template: CropTemplate) -> None:
    """Start a .npy file of `count` crops. NumPy pads the header so that it keeps its length when the count changes."""
    shape = (count, template.size_px, template.size_px, 3)
    np.lib.format.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": shape})
