"""People known beforehand: what they look like, and their faces at rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.faces.appearance import STRANGER, Appearance
from engine.faces.association import assign
from engine.faces.expression import NeutralFace
from engine.types import FaceTrack, RGBImage


@dataclass(frozen=True, slots=True, eq=False)
class KnownPerson:
    """One person of a clip.

    Attributes:
        looks: to tell this person from the others of the clip.
        neutral: the face at rest.
    """

    looks: Appearance
    neutral: NeutralFace


def neutrals_of(
    people: Sequence[KnownPerson], pixels: RGBImage, tracks: Sequence[FaceTrack]
) -> list[NeutralFace | None]:
    """The face at rest of whom each face in a picture is likest to; None for somebody unknown.

    Args:
        people: of the clip that the picture is from.
        pixels: uint8 [H, W, 3] RGB.
        tracks: the faces in it.
    """
    looks = [Appearance.of(pixels, track.landmarks_px) for track in tracks]
    costs = [[person.looks.distance(look) for person in people] for look in looks]
    chosen = assign(np.array(costs).reshape(len(tracks), len(people)), STRANGER)
    return [None if index is None else people[index].neutral for index in chosen]
