"""How strongly an edit shows in each region of the face."""

from dataclasses import astuple, dataclass
from typing import Final

import numpy as np

from engine.compositor.filters import blur
from engine.compositor.regions import BROWS, EYES, FACE_OVAL, LOWER_FACE, hulls_mask
from engine.errors import ProjectError
from engine.types import FloatArray

_FOREHEAD: Final = FACE_OVAL[:6] + FACE_OVAL[-5:]
_EYE_GROWTH: Final = 1.35
_EDGE_PX: Final = 3.0


@dataclass(frozen=True, slots=True)
class RegionStrengths:
    """Strength of an edit by region, 0..1: 0 leaves a region as it is in the frame, 1 shows the whole edit.

    Regions meet in soft edges. In between, motion is shortened and new content is half transparent, so these are for
    protecting a region; a weaker expression is better asked for by its intensities.

    Attributes:
        mouth: the lower face, from the nose's base to the chin.
        eyes: the eyes with their lids.
        brows: the brows and the forehead.
        cheeks: all the rest, the nose among it.

    Raises:
        ProjectError: a strength is outside 0..1.
    """

    mouth: float = 1.0
    eyes: float = 1.0
    brows: float = 1.0
    cheeks: float = 1.0

    def __post_init__(self) -> None:
        for region, strength in zip(self.__slots__, astuple(self), strict=True):
            if not 0 <= strength <= 1:
                raise ProjectError(
                    f"The strength of the {region} is {strength:g}, outside 0..1.", "Choose a number from 0 to 1."
                )

    @property
    def are_full(self) -> bool:
        """Whether the whole edit shows everywhere."""
        return bool(min(astuple(self)) == 1)

    def over(self, landmarks: FloatArray, size_px: int) -> FloatArray:
        """The strength at each pixel of a crop, float32 [size, size].

        Args:
            landmarks: [478, 2] in crop pixels.
            size_px: side of the crop.
        """
        if self.are_full:
            return np.ones((size_px, size_px), np.float32)
        regions = _regions(landmarks, size_px)
        total = np.maximum(sum(regions), np.float32(1e-3))
        weighted = sum(np.float32(strength) * region for strength, region in zip(astuple(self), regions, strict=True))
        return np.asarray(weighted / total, np.float32)


EVERYWHERE: Final = RegionStrengths()
"""The whole edit shows."""


def _regions(landmarks: FloatArray, size_px: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Soft masks of mouth, eyes, brows and cheeks, each float32 [size, size], 0..1."""

    def soft(*hulls: FloatArray) -> FloatArray:
        return blur(hulls_mask(hulls, size_px), _EDGE_PX)

    mouth = soft(landmarks[list(LOWER_FACE)])
    eyes = soft(*(_grown(landmarks[list(eye.upper + eye.lower)]) for eye in EYES))
    upper = [landmarks[list(brow)] for brow in BROWS]
    brows = soft(*upper, np.concatenate([*upper, landmarks[list(_FOREHEAD)]])) * (1 - eyes)
    return mouth, eyes, brows, np.maximum(1 - mouth - eyes - brows, 0)


def _grown(points: FloatArray) -> FloatArray:
    centre, half = points.mean(axis=0), np.ptp(points[:, 0]) / 2
    around = points + (points - centre) * np.float32(_EYE_GROWTH - 1)
    return np.concatenate([around, centre + np.array([[0, -half], [0, half]], np.float32) * np.float32(0.7)])
