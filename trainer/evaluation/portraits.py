"""The pictures that a model is measured on: faces of the test split, found once, with all that is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import AUVector
from engine.errors import MediaError
from engine.faces.alignment import CropTemplate, align
from engine.faces.expression import NeutralFace
from engine.media import read_photo
from engine.types import AlignedFace, FloatArray, RGBImage
from trainer.data.table import LabelledImage
from trainer.evaluation.reading import FaceReader

_NEUTRALS_A_PERSON: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """A picture of a face.

    Attributes:
        pixels: uint8 [H, W, 3] RGB.
        face: where it lies; the crop has the model's template.
        expression: its intensities, of the dataset's labels.
        person: who it is.
        group: pictures of one group differ in expression alone; "" where it has none.
    """

    pixels: RGBImage
    face: AlignedFace
    expression: AUVector
    person: str
    group: str

    @property
    def is_neutral(self) -> bool:
        """Whether no action unit is active."""
        return not self.expression.values.any()


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """The portraits of a split.

    Attributes:
        portraits: in the table's order.
        neutral: of each person who has one, a portrait at rest, best a photo outside all groups.
        resting: the shapes of these people's faces at rest, as the estimator of action units wants them.
    """

    portraits: tuple[Portrait, ...]
    neutral: Mapping[str, Portrait]
    resting: Mapping[str, NeutralFace]

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone, sorted."""
        return tuple(sorted({portrait.person for portrait in self.portraits}))

    def calmest(self, person: str) -> Portrait:
        """A person's portrait at rest, or the one nearest to it."""
        own = (portrait for portrait in self.portraits if portrait.person == person)
        return self.neutral.get(person) or min(own, key=lambda portrait: float(portrait.expression.values.sum()))


def load_gallery(images: Sequence[LabelledImage], template: CropTemplate, reader: FaceReader, most: int) -> Gallery:
    """Read pictures of a split, evenly spread over it, and find their faces; those without a face are left out.

    Args:
        images: the labelled pictures.
        template: of the model's crops.
        reader: finds faces.
        most: how many pictures at the most, beside neutral ones of each person.

    Raises:
        MediaError: a file is not a picture, or no face was found at all.
    """
    spread = np.unique(np.linspace(0, len(images) - 1, min(most, len(images))).astype(int))
    rows = sorted({*spread.tolist(), *_neutral_rows(images)})
    portraits = tuple(_portraits([images[row] for row in rows], template, reader))
    if not portraits:
        raise MediaError(f"No face was found in any of {len(rows)} pictures.", "Check the test split's pictures.")
    at_rest: dict[str, list[Portrait]] = {}
    for portrait in portraits:
        if portrait.is_neutral:
            at_rest.setdefault(portrait.person, []).append(portrait)
    chosen = {person: _outside_groups(own) for person, own in at_rest.items()}
    return Gallery(
        portraits,
        {person: own[0] for person, own in chosen.items()},
        {person: NeutralFace.measured([portrait.face.track for portrait in own]) for person, own in chosen.items()},
    )


def intensities(portraits: Iterable[Portrait]) -> FloatArray:
    """The labels of portraits, float32 [N, 17]."""
    return np.stack([portrait.expression.values for portrait in portraits])


def _portraits(images: Sequence[LabelledImage], template: CropTemplate, reader: FaceReader) -> Iterable[Portrait]:
    pictures = [read_photo(Path(image.path)).shown() for image in images]
    for image, pixels, track in zip(images, pictures, reader.find(pictures), strict=True):
        if track is not None:
            face = align(pixels, track, template)
            yield Portrait(pixels, face, AUVector(image.intensities), image.identity, image.group)


def _neutral_rows(images: Sequence[LabelledImage]) -> list[int]:
    """The first few neutral pictures of each person, those outside groups before others."""
    rows: dict[str, list[int]] = {}
    for row in sorted(range(len(images)), key=lambda row: images[row].group != ""):
        if not images[row].intensities.any():
            rows.setdefault(images[row].identity, []).append(row)
    return [row for own in rows.values() for row in own[:_NEUTRALS_A_PERSON]]


def _outside_groups(portraits: Sequence[Portrait]) -> Sequence[Portrait]:
    return [portrait for portrait in portraits if not portrait.group] or portraits
