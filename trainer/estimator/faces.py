"""The landmarks of a whole split, found once and kept on disk, with what is known about each face."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from engine.action_units import AU_COLUMNS, AU_COUNT
from engine.errors import MediaError
from engine.faces.expression import expression_points
from engine.faces.landmarker import LANDMARK_COUNT, FaceLandmarker
from engine.files import replacing
from engine.terminal.progress import progress_bar
from engine.types import FloatArray
from trainer.data.table import TABLE_NAME, LabelledImage, read_rows, read_table

SMILE_KIND: Final = "smile_real"
"""`kind` of a picture of a posed smile that nobody has measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """Faces of a split in which a face was found.

    Attributes:
        points: float32 [N, L, 3], as `expression_points` gives them.
        intensities: float32 [N, 17]; NaN for posed smiles, which have no labels.
        people: str [N].
        groups: str [N]; pictures of one group differ in expression alone; empty where a picture has no group.
    """

    points: FloatArray
    intensities: FloatArray
    people: NDArray[np.str_]
    groups: NDArray[np.str_]

    def chosen(self, mask: NDArray[np.bool_]) -> "Faces":
        """The faces where `mask` [N] is true."""
        return Faces(self.points[mask], self.intensities[mask], self.people[mask], self.groups[mask])

    @property
    def are_labelled(self) -> NDArray[np.bool_]:
        """Bool [N]: whether the intensities are known."""
        return np.asarray(~np.isnan(self.intensities[:, 0]))

    @property
    def are_neutral(self) -> NDArray[np.bool_]:
        """Bool [N]: whether the face is known to show no expression."""
        return np.asarray((self.intensities == 0).all(axis=1))


def load_faces(data: Path, split: str, cache: Path | None = None) -> Faces:
    """Find the landmarks of every labelled face and posed smile of a split, or take those found before.

    Args:
        data: the dataset's folder.
        split: "train" or "test".
        cache: folder for the landmarks; the user's cache folder by default.
    """
    images = (*read_table(data, split), *_posed_smiles(data, split))
    table = (data / split / TABLE_NAME).resolve()
    key = hashlib.sha256(str(table).encode() + table.read_bytes()).hexdigest()[:20]
    kept = (cache or user_cache_path("eggan-studio") / "landmarks") / f"{key}.npy"
    if not kept.is_file():
        _save(_find_landmarks(images), kept)
    landmarks = np.load(kept)
    found = ~np.isnan(landmarks[:, 0, 0])
    faces = Faces(
        points=expression_points(np.nan_to_num(landmarks)),
        intensities=np.stack([image.intensities for image in images]),
        people=np.array([image.identity for image in images]),
        groups=np.array([image.group for image in images]),
    )
    return faces.chosen(found)


def _posed_smiles(data: Path, split: str) -> tuple[LabelledImage, ...]:
    unknown = np.full(AU_COUNT, np.nan, np.float32)
    return tuple(
        LabelledImage(data / split / row["file_name"], row["identity"], "", unknown)
        for _, row in read_rows(data, split, ("file_name", "identity"))
        if row.get("kind") == SMILE_KIND and not row[AU_COLUMNS[0]]
    )


def _find_landmarks(images: Sequence[LabelledImage]) -> FloatArray:
    """Landmarks float32 [N, 478, 3] in pixels, NaN where no face is found."""
    landmarks = np.full((len(images), LANDMARK_COUNT, 3), np.nan, np.float32)
    with FaceLandmarker("image") as landmarker, progress_bar("Finding landmarks", len(images)) as report:
        for row, image in enumerate(images):
            encoded = cv2.imread(str(image.path), cv2.IMREAD_COLOR)
            if encoded is None:
                raise MediaError(f"{image.path} cannot be read as a picture.", "Remove its row or replace the file.")
            faces = landmarker.detect(np.ascontiguousarray(encoded[:, :, ::-1]))
            if faces:
                landmarks[row] = faces[0].landmarks_px
            report(row + 1)
    return landmarks


def _save(landmarks: FloatArray, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        np.save(file, landmarks)
