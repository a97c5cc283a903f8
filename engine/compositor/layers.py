"""Parts of a face that slide over others: lids over eyes, a jaw away from the mouth. Optical flow starts from there."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.compositor.filters import displace, mix, times
from engine.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FaceLayers:
    """Two layers of the frame's pixels in crop space: what slides over, and what it slides over.

    Attributes:
        base: float32 [S, S, 2], displacement of the lower layer to where its pixels come from.
        over: float32 [S, S, 2], displacement of the upper layer.
        cover: float32 [S, S], 0..1, where the upper layer hides the lower one.
        closed: float32 [S, S], 0..1, surroundings of eyes and mouth, weighted by how far they closed.
        unrolled: float32 [S, S], 0..1, lid skin stretched so far that it has no detail of its own.
        opened: float32 [S, S], 0..1, the inside of a mouth that the frame does not show.
    """

    base: FloatArray
    over: FloatArray
    cover: FloatArray
    closed: FloatArray
    unrolled: FloatArray
    opened: FloatArray

    @classmethod
    def still(cls, size_px: int) -> "FaceLayers":
        """Nothing slides. The arrays are new, to be drawn into."""
        motions = (np.zeros((size_px, size_px, 2), np.float32) for _ in range(2))
        masks = (np.zeros((size_px, size_px), np.float32) for _ in range(4))
        return cls(*motions, *masks)

    @property
    def slide(self) -> bool:
        """Whether anything does."""
        return bool(self.cover.any())

    def visible_motion(self) -> FloatArray:
        """The displacement [S, S, 2] of what shows."""
        return mix(self.base, self.over, self.cover) if self.slide else self.base

    def apply(self, picture: FloatArray) -> FloatArray:
        """Move a picture [S, S, C]."""
        below = displace(picture, self.base)
        return mix(below, displace(picture, self.over), self.cover) if self.slide else below

    def moved(self, motion: FloatArray, mask: FloatArray) -> "FaceLayers":
        """The same where the face also moves by `motion` [S, S, 2]; all of it is still where `mask` [S, S] is 0."""
        motion = times(motion, mask)
        if not self.slide:
            return replace(self, base=motion, over=motion)
        masks = np.asarray(cv2.merge([self.cover, self.closed, self.unrolled, self.opened]), np.float32)
        return FaceLayers(
            motion + times(displace(self.base, motion), mask),
            motion + times(displace(self.over, motion), mask),
            *(np.asarray(moved, np.float32) for moved in cv2.split(times(displace(masks, motion), mask))),
        )
