"""The compositor of predicted edits: moves the frame's own pixels along the flow, paints only where the mask says.

The prediction lives at the crop's resolution, the frame is finer. So a faint mask only shades the moved pixels, which
keep their texture; a strong one replaces them, in colours that agree with the moved frame around.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import cv2
import numpy as np

from engine.compositor.filters import blur, channel_mean, displace, smoothstep, times, wide_ratio
from engine.compositor.occlusion import uncovered, visible_face
from engine.compositor.protocol import PredictedEdit
from engine.compositor.regions import FACE_OVAL, crop_landmarks, face_mask, moved_landmarks
from engine.compositor.rendering import CropEdit, render
from engine.compositor.steadiness import FaceMemory
from engine.compositor.strengths import strength_map
from engine.edit_scope import EVERYWHERE, RegionStrengths
from engine.types import AlignedFace, FloatArray, RGBImage

_OVAL: Final = list(FACE_OVAL)
_MOVING_PX: Final = (0.03, 0.12)
_PAINTED: Final = (0.02, 0.1)
_REPLACED: Final = (0.3, 0.8)
_SHADING_PX: Final = 1.5
_TINT_WIDTH_PX: Final = 6.0
_TINT_LIMITS: Final = (0.7, 1.4)
_UNALIKE: Final = np.float32(0.12)


@dataclass(frozen=True, slots=True)
class PredictedCompositor:
    """Applies a predicted edit at the frame's resolution. An edit without motion and paint returns the frame.

    Attributes:
        regions: how strongly the edit shows where.
    """

    regions: RegionStrengths = EVERYWHERE

    def with_regions(self, regions: RegionStrengths) -> Self:
        """The same compositor, whose edits show as strongly as `regions` say."""
        return replace(self, regions=regions)

    def composite(
        self, frame: RGBImage, face: AlignedFace, edit: PredictedEdit, memory: FaceMemory | None = None
    ) -> RGBImage:
        """Edit one face of one frame.

        Args:
            frame: uint8 [H, W, 3] RGB; left as it is.
            face: the face as aligned in this frame.
            edit: the prediction in the space of `face.crop`.
            memory: of this face, where frames follow each other; the edit is steadied by it.

        Returns:
            A new uint8 [H, W, 3]; pixels beyond the face's mask are those of `frame`, bit for bit.
        """
        if edit.is_unchanged:
            return frame.copy()
        crop_edit = self._crop_edit(face, edit)
        return render(frame, face.frame_to_crop, crop_edit if memory is None else memory.steadied(crop_edit))

    def _crop_edit(self, face: AlignedFace, edit: PredictedEdit) -> CropEdit:
        size = face.crop.shape[0]
        landmarks = crop_landmarks(face)
        oval = landmarks[_OVAL]
        flow = times(edit.flow, smoothstep(np.hypot(*cv2.split(edit.flow)), *_MOVING_PX))
        inside = face_mask(oval, moved_landmarks(oval, flow), size) * uncovered(
            visible_face(face.crop, landmarks), flow
        )
        if not self.regions.are_full:
            inside *= strength_map(self.regions, landmarks, size)
        motion = times(flow, inside)
        moved = displace(face.crop.astype(np.float32) / np.float32(255), motion)
        painted = edit.mask * smoothstep(edit.mask, *_PAINTED) * inside
        replaced = painted * smoothstep(edit.mask, *_REPLACED)
        colour = _tinted(edit.colour, moved, painted)
        shading = blur(times(colour - moved, painted - replaced), _SHADING_PX)
        still = np.zeros((size, size), np.float32)
        return CropEdit(motion, motion, still, replaced, times(colour, replaced) + times(shading, inside))


def _tinted(colour: FloatArray, moved: FloatArray, painted: FloatArray) -> FloatArray:
    """The colour in the light of the moved crop, as far as both show the same thing where they blend.

    Channels are scaled, so that a dark mouth stays dark.
    """
    alike = 1 / (1 + 3 * channel_mean(np.square(colour - moved)) / np.square(_UNALIKE))
    blending = painted * (1 - painted) * alike
    tint = wide_ratio(times(moved, blending), times(colour, blending), _TINT_WIDTH_PX, _TINT_LIMITS)
    return np.asarray(np.minimum(colour * tint, 1), np.float32)
