"""What a face looks like, to tell people apart when positions do not.

Of the photos and renders of 12 unseen people (`photo-puppets-au`, one light), a pair of one person lies nearer than a
pair of two in 99.8 % of all comparisons; this tells the people of one scene apart, it does not recognise anyone.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.faces.alignment import CropTemplate, warp_crop
from engine.types import FloatArray, RGBImage

SAME_PERSON: Final = 0.17
"""Distances below this are taken for one person: of the pairs above, 99 % of one person's, about 5 % of two."""
STRANGER: Final = 0.27
"""Where little else speaks against it, a person may look as different from before: turned away, or half hidden."""

_TEMPLATE: Final = CropTemplate(24, 7.5, (11.5, 8.5))
_BINS: Final = 12
_REDDEST: Final = 0.65
_GREENEST: Final = 0.45
_PICTURE_SHARE: Final = 0.25
_ROWS, _COLUMNS = np.mgrid[: _TEMPLATE.size_px, : _TEMPLATE.size_px]
_FACE: Final = ((_COLUMNS - 11.5) / 8.5) ** 2 + ((_ROWS - 12.0) / 11.0) ** 2 < 1
"""The pixels of the crop that show the face rather than what is behind it."""


@dataclass(frozen=True, slots=True, eq=False)
class Appearance:
    """A face without its pose, size and the strength of its light.

    Attributes:
        colours: float32 [144], how often each pair of redness and greenness occurs; sums to 1.
        picture: float32 [N, 3] RGB, the pixels within the oval of a small aligned crop, over their mean brightness.
    """

    colours: FloatArray
    picture: FloatArray

    @classmethod
    def of(cls, pixels: RGBImage, landmarks_px: FloatArray) -> "Appearance":
        """See the face with these landmarks [478, 3] in its frame."""
        crop = warp_crop(pixels, _TEMPLATE.frame_to_crop(landmarks_px), _TEMPLATE.size_px)[_FACE].astype(np.float32)
        shares = crop[..., :2] / (crop.sum(axis=-1, keepdims=True) + 1)
        bins = (shares - 0.25) * np.array([_BINS / (_REDDEST - 0.25), _BINS / (_GREENEST - 0.25)], np.float32)
        red, green = np.clip(bins, 0, _BINS - 1).astype(np.intp).T
        colours = np.bincount(red * _BINS + green, minlength=_BINS**2) / red.size
        return cls(colours.astype(np.float32), crop / max(float(crop.mean()), 1.0))

    def distance(self, other: "Appearance") -> float:
        """0 for equal pictures; compare with `SAME_PERSON`."""
        colours = 1 - float(np.minimum(self.colours, other.colours).sum())
        return colours + _PICTURE_SHARE * float(np.abs(self.picture - other.picture).mean())

    def drawn_towards(self, other: "Appearance", share: float) -> "Appearance":
        """A mixture that follows slow changes of light and pose: `share` of `other`, 0..1."""
        keep, take = np.float32(1 - share), np.float32(share)
        return Appearance(
            keep * self.colours + take * other.colours,
            keep * self.picture + take * other.picture,
        )
