"""Edits beside true pictures of the same person with the same expression, which groups of a dataset hold."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.alignment import transform_points, warp_crop
from engine.types import RGBImage
from trainer.evaluation.edits import Bench
from trainer.evaluation.likeness import Likeness, face_likeness, face_mask, likeness
from trainer.evaluation.portraits import Gallery, Portrait, intensities

COPY: Final = "copy the source"


@dataclass(frozen=True, slots=True)
class FaceLikeness:
    """How like the truth: L1 inside the face's outline, of 0..1, and MS-SSIM of the box around it."""

    l1: float
    ms_ssim: float


def true_pairs(gallery: Gallery, count: int, random: np.random.Generator) -> list[tuple[Portrait, Portrait]]:
    """Draw pairs of one group: a source, and the true picture of another expression; empty without groups."""
    groups: dict[str, list[Portrait]] = {}
    for portrait in gallery.portraits:
        if portrait.group:
            groups.setdefault(portrait.group, []).append(portrait)
    usable = [members for members in groups.values() if len(members) > 1]
    pairs = []
    for index in range(count if usable else 0):
        members = usable[index % len(usable)]
        source, truth = random.choice(len(members), 2, replace=False)
        pairs.append((members[source], members[truth]))
    return pairs


def compare_with_truth(bench: Bench, pairs: list[tuple[Portrait, Portrait]]) -> dict[str, FaceLikeness]:
    """Edit each source to the truth's expression; likeness by the level's name, and that of the unedited source."""
    sources = [source for source, _ in pairs]
    size = sources[0].face.crop.shape[0]
    truths = np.stack([_in_crop_of(source, truth) for source, truth in pairs])
    masks = np.stack([_face(source, source, size) | _face(source, truth, size) for source, truth in pairs])
    edits = bench.edit(sources, intensities(truth for _, truth in pairs))
    pictures = {COPY: np.stack([source.face.crop for source in sources])}
    pictures |= {level: edited.crops for level, edited in edits.items()}
    return {name: FaceLikeness(*face_likeness(crops, truths, masks)) for name, crops in pictures.items()}


def reconstruct(bench: Bench, portraits: list[Portrait]) -> Likeness:
    """How like itself a face is that the networks give its own expression (u_target = u_source)."""
    rebuilt = bench.rebuild(portraits)
    return likeness(rebuilt, np.stack([portrait.face.crop for portrait in portraits]))


def _in_crop_of(source: Portrait, truth: Portrait) -> RGBImage:
    return warp_crop(truth.pixels, source.face.frame_to_crop, source.face.crop.shape[0])


def _face(source: Portrait, portrait: Portrait, size: int) -> NDArray[np.bool_]:
    landmarks = transform_points(source.face.frame_to_crop, portrait.face.track.landmarks_px[:, :2])
    return face_mask(landmarks.astype(np.float32), size)
