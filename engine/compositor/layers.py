"""Parts of a face that slide over others: the pre-warp that optical flow starts from."""

from dataclasses import dataclass, fields

import numpy as np

from engine.compositor.filters import displace
from engine.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FaceLayers:
    """Two layers of the frame's pixels in crop space: what slides over, and what it slides over.

    Attributes:
        base: float32 [S, S, 2], displacement of the lower layer to where its pixels come from.
        over: float32 [S, S, 2], displacement of the upper layer.
        cover: float32 [S, S], 0..1, where the upper layer hides the lower one.
        closed: float32 [S, S], 0..1, the eyes' surroundings weighted by how far the lids came down.
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
        """Nothing slides; the arrays are fresh."""
        motions = (np.zeros((size_px, size_px, 2), np.float32) for _ in range(2))
        masks = (np.zeros((size_px, size_px), np.float32) for _ in range(4))
        return cls(*motions, *masks)

    def joined(self, other: "FaceLayers") -> "FaceLayers":
        """Both together, where they touch different parts of the face."""
        return FaceLayers(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def visible_motion(self) -> FloatArray:
        """The displacement [S, S, 2] of what shows."""
        return self.base + self.cover[..., None] * (self.over - self.base)

    def apply(self, picture: FloatArray) -> FloatArray:
        """Move a picture [S, S, 3]."""
        cover = self.cover[..., None]
        return displace(picture, self.base) * (1 - cover) + displace(picture, self.over) * cover

    def moved(self, motion: FloatArray) -> "FaceLayers":
        """The same where the whole face moves by `motion` [S, S, 2] afterwards."""
        motions = displace(np.concatenate([self.base, self.over], axis=2), motion)
        masks = displace(np.dstack([self.cover, self.closed, self.unrolled, self.opened]), motion)
        return FaceLayers(
            motion + motions[..., :2], motion + motions[..., 2:], *(masks[..., channel] for channel in range(4))
        )

    def faded(self, mask: FloatArray) -> "FaceLayers":
        """Still where `mask` [S, S] is 0."""
        soft = mask[..., None]
        return FaceLayers(
            self.base * soft,
            self.over * soft,
            self.cover * mask,
            self.closed * mask,
            self.unrolled * mask,
            self.opened * mask,
        )
