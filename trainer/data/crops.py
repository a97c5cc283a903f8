"""The aligned crops of a whole split, made once and kept on disk as one uint8 array.

They are kept under the user's cache folder, one folder a table, and made anew when the table or a picture is newer.
"""

import hashlib
import json
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from engine.errors import MediaError
from engine.faces.alignment import CropTemplate
from engine.files import replacing_folder
from engine.terminal.progress import progress_bar
from engine.types import FloatArray
from trainer.data.table import TABLE_NAME, LabelledImage, read_table

_CROPS: Final = "crops.npy"
_INDEX: Final = "index.npz"
_Stored: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.int64]]
"""The crops [N, S, S, 3], and for each the number of its picture among the labelled rows of the table."""


@dataclass(frozen=True, slots=True, eq=False)
class CropSet:
    """A split, ready to be trained or measured on.

    Attributes:
        crops: uint8 [N, S, S, 3] RGB. `load_crops` maps them from the disk: what fits into memory stays there, and a
            split may be larger.
        intensities: float32 [N, 17] in 0..5.
        identities: int64 [N], index into `identity_names`.
        identity_names: sorted names.
        groups: int64 [N]; equal numbers are true before/after pairs; -1 where a picture has no group.
        without_face: file names left out because no face was found.
    """

    crops: NDArray[np.uint8]
    intensities: FloatArray
    identities: NDArray[np.int64]
    identity_names: tuple[str, ...]
    groups: NDArray[np.int64]
    without_face: tuple[str, ...] = ()


def load_crops(data: Path, split: str, template: CropTemplate, cache: Path | None = None) -> CropSet:
    """Align every labelled picture of a split, or take the crops made before.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        template: where faces lie in the crop.
        cache: folder for the crops; the user's cache folder by default.

    Raises:
        MediaError: the table or a picture cannot be used, no picture shows a face, or the cache cannot be written.
    """
    images = read_table(data, split)
    table = data / split / TABLE_NAME
    folder = (cache or user_cache_path("eggan-studio") / "crops") / _key(table, template)
    crops, rows = _load(folder, images) or _make(folder, images, template)
    kept = [images[row] for row in rows]
    names = sorted({image.identity for image in kept})
    groups = sorted({image.group for image in kept} - {""})
    found = set(rows.tolist())
    return CropSet(
        crops=crops,
        intensities=np.stack([image.intensities for image in kept]),
        identities=_numbers([image.identity for image in kept], names),
        identity_names=tuple(names),
        groups=_numbers([image.group for image in kept], groups),
        without_face=tuple(image.path.name for row, image in enumerate(images) if row not in found),
    )


def _numbers(values: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    """The position of each value in `names`, -1 where it is not there."""
    positions = {name: position for position, name in enumerate(names)}
    return np.array([positions.get(value, -1) for value in values], np.int64)


def _key(table: Path, template: CropTemplate) -> str:
    digest = hashlib.sha256(table.read_bytes())
    digest.update(json.dumps([str(table.resolve()), asdict(template)], sort_keys=True).encode())
    return digest.hexdigest()[:20]


def _load(folder: Path, images: Sequence[LabelledImage]) -> _Stored | None:
    """What `_make` has stored; None where it is absent, damaged, or older than a picture."""
    try:
        made = (folder / _INDEX).stat().st_mtime
        if any(image.path.stat().st_mtime > made for image in images):
            return None
        with (folder / _INDEX).open("rb") as file, np.load(file) as index:
            rows = index["rows"]
        crops = np.load(folder / _CROPS, mmap_mode="r")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return (crops, rows) if len(crops) == len(rows) else None


def _make(folder: Path, images: Sequence[LabelledImage], template: CropTemplate) -> _Stored:
    from trainer.data.aligning import align_pictures  # crops made before are loaded without MediaPipe

    rows: list[int] = []
    looked_at = 0
    try:
        with replacing_folder(folder) as part:
            with (part / _CROPS).open("wb") as file, progress_bar("Aligning faces", len(images)) as report:
                _write_header(file, len(images), template)
                with closing(align_pictures(images, template)) as parts:
                    for count, aligned in parts:
                        file.writelines(picture.crop.tobytes() for picture in aligned)
                        rows += [picture.row for picture in aligned]
                        looked_at += count
                        report(looked_at)
                file.seek(0)
                _write_header(file, len(rows), template)
            if not rows:
                raise MediaError(
                    f"No face was found in any of {len(images)} pictures, {images[0].path} among them.",
                    "Check the pictures; a face needs about 60 pixels.",
                )
            np.savez(part / _INDEX, rows=np.array(rows))
    except OSError as error:
        stored = _load(folder, images)  # another training may have finished the same crops meanwhile
        if stored is None:
            raise MediaError(
                f"The crops cannot be kept in {folder}: {error.strerror}.", "Free disk space; see the cache folder."
            ) from error
        return stored
    return np.load(folder / _CROPS, mmap_mode="r"), np.array(rows)


def _write_header(file: BinaryIO, count: int, template: CropTemplate) -> None:
    """Start a .npy file of `count` crops. NumPy pads the header so that it keeps its length when the count changes."""
    shape = (count, template.size_px, template.size_px, 3)
    np.lib.format.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": shape})
