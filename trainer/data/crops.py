"""The aligned crops of a whole split and their labels, as trainings and measurements take them.

Crops are made once and kept under the user's cache folder, one folder a table; they are made anew when the table or a
picture is newer.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from engine.faces.alignment import DEFAULT_TEMPLATE, CropTemplate
from engine.terminal.progress import progress_bar
from engine.types import FloatArray
from trainer.data.crop_cache import CropIndex, ShowProgress, load_stored, read_stored, split_names, store_crops
from trainer.data.table import TABLE_NAME, read_table


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
        unreadable: file names left out because they are no pictures.
    """

    crops: NDArray[np.uint8]
    intensities: FloatArray
    identities: NDArray[np.int64]
    identity_names: tuple[str, ...]
    groups: NDArray[np.int64]
    without_face: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def load_crops(
    data: Path,
    split: str,
    template: CropTemplate,
    cache: Path | None = None,
    show_progress: ShowProgress = progress_bar,
) -> CropSet:
    """Align every labelled picture of a split, or take the crops made before.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        template: where faces lie in the crop.
        cache: folder for the crops; the user's cache folder by default.
        show_progress: shows how far the alignment is.

    Raises:
        MediaError: the table cannot be used, no picture shows a face, or the cache cannot be written.
    """
    folder = _folder_of(data, split, template, cache)
    stored = load_stored(folder, data / split)
    if stored is None:
        stored = store_crops(folder, read_table(data, split), template, show_progress)
    return _crop_set(*stored)


def check_split(data: Path, split: str, template: CropTemplate = DEFAULT_TEMPLATE, cache: Path | None = None) -> int:
    """Find the faults of a split's table; returns how many rows have labels.

    A table of which crops have been made had none, so its pictures are not looked for again.

    Raises:
        MediaError: the table cannot be used.
    """
    stored = read_stored(_folder_of(data, split, template, cache))
    return len(read_table(data, split) if stored is None else stored[1].identities)


def _folder_of(data: Path, split: str, template: CropTemplate, cache: Path | None) -> Path:
    """Where the crops of a split are kept; a table that does not exist has none, wherever that is."""
    table = data / split / TABLE_NAME
    root = cache or user_cache_path("eggan-studio") / "crops"
    return root / (_key(table, template) if table.is_file() else "absent")


def _crop_set(crops: NDArray[np.uint8], index: CropIndex) -> CropSet:
    people, identities = np.unique(index.identities[index.found], return_inverse=True)
    names = split_names(index.identity_names)
    faceless = np.setdiff1d(np.arange(len(index.identities)), np.concatenate([index.found, index.unreadable]))
    left_out = split_names(index.file_names) if len(faceless) or len(index.unreadable) else []
    return CropSet(
        crops=crops,
        intensities=index.intensities[index.found],
        identities=identities,
        identity_names=tuple(names[person] for person in people),
        groups=index.groups[index.found],
        without_face=tuple(Path(left_out[row]).name for row in faceless),
        unreadable=tuple(Path(left_out[row]).name for row in index.unreadable),
    )


def _key(table: Path, template: CropTemplate) -> str:
    with table.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(json.dumps([str(table.resolve()), asdict(template)], sort_keys=True).encode())
    return digest.hexdigest()[:20]
