"""Parts of a face that slide over others: lids over eyes, a jaw away from the mouth. Optical flow starts from there."""

from dataclasses import dataclass

import numpy as np

from engine.compositor.filters import displace
from engine.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FaceLayers:
    """Two layers of the frame's pixels in crop space: what slides over, and what it slides over.

    Attributes:
        motions: float32 [S, S, 4], displacements to where pixels come from: (x, y) of the lower layer, then of the
            upper one.
        masks: float32 [S, S, 4], 0..1: `cover`, `closed`, `unrolled` and `opened`.
    """

    motions: FloatArray
    masks: FloatArray

    @classmethod
    def still(cls, size_px: int) -> "FaceLayers":
        """Nothing slides. The arrays are new, to be drawn into."""
        return cls(np.zeros((size_px, size_px, 4), np.float32), np.zeros((size_px, size_px, 4), np.float32))

    @property
    def base(self) -> FloatArray:
        """Displacement [S, S, 2] of the lower layer."""
        return self.motions[..., :2]

    @property
    def over(self) -> FloatArray:
        """Displacement [S, S, 2] of the upper layer."""
        return self.motions[..., 2:]

    @property
    def cover(self) -> FloatArray:
        """Where the upper layer hides the lower one, [S, S]."""
        return self.masks[..., 0]

    @property
    def closed(self) -> FloatArray:
        """The eyes' surroundings, weighted by how far the lids came down, [S, S]."""
        return self.masks[..., 1]

    @property
    def unrolled(self) -> FloatArray:
        """Lid skin stretched so far that it has no detail of its own, [S, S]."""
        return self.masks[..., 2]

    @property
    def opened(self) -> FloatArray:
        """The inside of a mouth that the frame does not show, [S, S]."""
        return self.masks[..., 3]

    @property
    def slide(self) -> bool:
        """Whether anything does."""
        return bool(self.cover.any())

    def visible_motion(self) -> FloatArray:
        """The displacement [S, S, 2] of what shows."""
        return self.base + self.cover[..., None] * (self.over - self.base)

    def apply(self, picture: FloatArray) -> FloatArray:
        """Move a picture [S, S, C]."""
        below = displace(picture, self.base)
        if not self.slide:
            return below
        return below + self.cover[..., None] * (displace(picture, self.over) - below)

    def moved(self, motion: FloatArray, mask: FloatArray) -> "FaceLayers":
        """The same where the face also moves by `motion` [S, S, 2]; all of it is still where `mask` [S, S] is 0."""
        soft = mask[..., None]
        both = np.concatenate([motion, motion], axis=2)
        if not self.slide:
            return FaceLayers(both * soft, self.masks)
        motion = motion * soft
        return FaceLayers(
            (displace(self.motions, motion) + both) * soft,
            displace(self.masks, motion) * soft,
        )
