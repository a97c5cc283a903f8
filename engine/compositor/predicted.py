"""The compositor of the detail variant: the generator has said where pixels come from and what is new."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.compositor.filters import times
from engine.compositor.protocol import PredictedEdit
from engine.compositor.regions import FACE_OVAL, crop_landmarks, face_mask, moved_landmarks
from engine.compositor.rendering import CropEdit, render
from engine.types import AlignedFace, RGBImage

_OVAL: Final = list(FACE_OVAL)


@dataclass(frozen=True, slots=True)
class PredictedCompositor:
    """Moves the frame's own pixels along the predicted flow and paints the predicted colour where the mask says."""

    def composite(self, frame: RGBImage, face: AlignedFace, edit: PredictedEdit) -> RGBImage:
        """Edit one face of one frame; pixels beyond the face's mask are those of `frame`, bit for bit."""
        size = face.crop.shape[0]
        oval = crop_landmarks(face)[_OVAL]
        mask = face_mask(oval, moved_landmarks(oval, edit.flow), size)
        share = edit.mask * mask
        still = np.zeros((size, size, 2), np.float32)
        return render(
            frame,
            face.frame_to_crop,
            CropEdit(
                motion=times(edit.flow, mask),
                layer_motion=still,
                layer_cover=np.zeros((size, size), np.float32),
                share=share,
                addend=times(edit.colour, share),
            ),
        )
