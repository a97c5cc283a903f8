"""Aligned crops of a whole split, made once and kept on disk as one uint8 array.

The crop is the engine's own (`engine.faces.alignment`), so the networks see in training what they see in use. Pictures of one group
share one alignment, the least-squares fit to the landmarks of all of them: between two of them nothing moves but the face.
"""

import atexit
import hashlib
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from rich.progress import track

from engine.errors import MediaError
from engine.faces.alignment import CropTemplate, warp_crop
from engine.faces.landmarker import FaceLandmarker
from engine.files import replacing
from engine.types import FloatArray
from trainer.data.table import LabelledImage, read_table


@dataclass(frozen=True, slots=True, eq=False)
class CropSet:
    """A split in memory.

    Attributes:
        crops: uint8 [N, S, S, 3] RGB, memory-mapped.
        intensities: float32 [N, 17].
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
    without_face: tuple[str, ...]


def load_crops(data: Path, split: str, template: CropTemplate, cache: Path | None = None) -> CropSet:
    """Align every labelled picture of a split, or take the crops made before.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        template: where faces lie in the crop.
        cache: folder for the crops; the user's cache folder by default.
    """
    images = read_table(data, split)
    folder = (cache or user_cache_path("eggan-studio") / "crops") / _key(data / split / "metadata.csv", template)
    if not (folder / "index.npz").is_file():
        _make(images, template, folder)
    index = np.load(folder / "index.npz")
    kept = [images[i] for i in index["rows"]]
    names = tuple(sorted({image.identity for image in kept}))
    number = {name: position for position, name in enumerate(names)}
    groups = {name: position for position, name in enumerate(sorted({image.group for image in kept} - {""}))}
    found = set(index["rows"].tolist())
    return CropSet(
        crops=np.load(folder / "crops.npy", mmap_mode="r"),
        intensities=np.stack([image.intensities for image in kept]),
        identities=np.array([number[image.identity] for image in kept]),
        identity_names=names,
        groups=np.array([groups.get(image.group, -1) for image in kept]),
        without_face=tuple(image.path.name for i, image in enumerate(images) if i not in found),
    )


def _key(table: Path, template: CropTemplate) -> str:
    digest = hashlib.sha256(table.read_bytes())
    digest.update(json.dumps([str(table.resolve()), asdict(template)], sort_keys=True).encode())
    return digest.hexdigest()[:20]


def _make(images: Sequence[LabelledImage], template: CropTemplate, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    members: dict[str, list[int]] = defaultdict(list)
    for row, image in enumerate(images):
        members[image.group or f"single {row}"].append(row)
    groups = [[(row, images[row].path) for row in rows] for rows in members.values()]
    crops: list[NDArray[np.uint8]] = []
    kept: list[int] = []
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker) as pool:
        parts = pool.map(partial(_align_group, template=template), groups, chunksize=8)
        for part in track(parts, "Aligning faces", total=len(groups)):
            kept += [row for row, _ in part]
            crops += [crop for _, crop in part]
    if not kept:
        raise MediaError(
            "No face was found in any picture of the dataset.", "Check the pictures; faces need about 60 pixels."
        )
    with replacing(folder / "crops.npy") as file:
        np.save(file, np.stack(crops))
    with replacing(folder / "index.npz") as file:
        np.savez(file, rows=np.array(kept))


_landmarker: FaceLandmarker | None = None


def _start_worker() -> None:
    global _landmarker
    _landmarker = FaceLandmarker("image")
    atexit.register(_landmarker.close)
    cv2.setNumThreads(1)


def _align_group(group: list[tuple[int, Path]], template: CropTemplate) -> list[tuple[int, NDArray[np.uint8]]]:
    assert _landmarker is not None
    found = []
    for row, path in group:
        encoded = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if encoded is None:
            continue
        pixels = np.ascontiguousarray(encoded[:, :, ::-1])
        tracks = _landmarker.detect(pixels)
        if tracks:
            found.append((row, pixels, tracks[0].landmarks_px))
    if not found:
        return []
    frame_to_crop = template.frame_to_crop_of_all([landmarks for _, _, landmarks in found])
    return [(row, warp_crop(pixels, frame_to_crop, template.size_px)) for row, pixels, _ in found]
