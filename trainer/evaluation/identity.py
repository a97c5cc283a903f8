"""Table 2 of the paper: is it still the same person? The threshold comes from pairs of real photos."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import MediaError
from engine.media import read_photo
from engine.types import FaceTrack, FloatArray, RGBImage
from trainer.data.photos import photos_by_person
from trainer.evaluation.portraits import Gallery
from trainer.evaluation.reading import FaceReader
from trainer.evaluation.verification import equal_error_rate

_REAL_KINDS: Final = {"neutral_real", "smile_real"}
_PORTRAITS_A_PERSON: Final = 8


@dataclass(frozen=True, slots=True)
class RealPairs:
    """How face verification does on real pictures.

    Attributes:
        threshold: the cosine from which on two pictures count as one person, that of the equal error rate.
        accuracy: mean of the shares of pairs of one person accepted and of pairs of two persons refused.
        same, different: how many such pairs there were.
        photographs: whether they are photos (else pictures of the test split).
    """

    threshold: float
    accuracy: float
    same: int
    different: int
    photographs: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """How face verification sees edits beside their sources.

    Attributes:
        accepted: share taken for the same person.
        mean_cosine: of source and edit.
    """

    accepted: float
    mean_cosine: float

    @classmethod
    def of(cls, similarities: FloatArray, pairs: RealPairs) -> "Verification":
        """Judge the cosines of sources and edits."""
        return cls(float((similarities >= pairs.threshold).mean()), float(similarities.mean()))


def judge_real_pairs(data: Path, gallery: Gallery, reader: FaceReader) -> RealPairs:
    """Compare all real photos of both splits, or portraits of the gallery where the dataset does not tell photos.

    Raises:
        MediaError: nobody has two pictures, or there is but one person.
    """
    names, pictures, tracks = _photos(data, reader)
    photographs = len(names) > len(set(names))
    if not photographs:
        names, pictures, tracks = _portraits(gallery)
    vectors = reader.identities(pictures, tracks)
    cosines = vectors @ vectors.T
    same: list[float] = []
    different: list[float] = []
    for (first, name), (second, other) in combinations(enumerate(names), 2):
        (same if name == other else different).append(float(cosines[first, second]))
    if not same or not different:
        raise MediaError(
            f"{data} has no two people with two pictures each, so there is no threshold for face verification.",
            "Leave --verifier out.",
        )
    accepted, refused = np.array(same), np.array(different)
    threshold, _ = equal_error_rate(accepted, refused)
    accuracy = float((accepted >= threshold).mean() + (refused < threshold).mean()) / 2
    return RealPairs(threshold, accuracy, len(same), len(different), photographs)


def _photos(data: Path, reader: FaceReader) -> tuple[list[str], list[RGBImage], list[FaceTrack]]:
    """Real photos with a face, of both splits, and whose they are."""
    named = []
    for split in ("train", "test"):
        try:
            people = photos_by_person(data, split, _REAL_KINDS)
        except MediaError:  # the dataset does not tell photos from other pictures
            continue
        named += [(f"{split} {name}", path) for name, paths in people.items() for path in paths]
    pictures = [read_photo(path).shown() for _, path in named]
    found = [
        (name, pixels, track)
        for (name, _), pixels, track in zip(named, pictures, reader.find(pictures), strict=True)
        if track is not None
    ]
    return [name for name, _, _ in found], [pixels for _, pixels, _ in found], [track for _, _, track in found]


def _portraits(gallery: Gallery) -> tuple[list[str], list[RGBImage], list[FaceTrack]]:
    chosen = [
        portrait
        for person in gallery.people
        for portrait in [portrait for portrait in gallery.portraits if portrait.person == person][:_PORTRAITS_A_PERSON]
    ]
    return (
        [portrait.person for portrait in chosen],
        [portrait.pixels for portrait in chosen],
        [portrait.face.track for portrait in chosen],
    )
