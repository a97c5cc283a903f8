"""The replace compositor: pastes the generated target over the face, in the frame's colours."""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from engine.compositor.filters import blur, times
from engine.compositor.motion import estimate_motion
from engine.compositor.occlusion import visible_face
from engine.compositor.protocol import GeneratedPair
from engine.compositor.regions import FACE_OVAL, crop_landmarks, face_mask, hull_mask, moved_landmarks
from engine.compositor.registration import match_colours
from engine.compositor.rendering import CropEdit, render
from engine.compositor.steadiness import FaceMemory
from engine.compositor.strengths import strength_map
from engine.edit_scope import EVERYWHERE, RegionStrengths
from engine.types import AlignedFace, RGBImage

_OVAL: Final = list(FACE_OVAL)
_FULL_CHANGE: Final = 0.5
"""Largest change of an intensity from which on the frame's own face is gone."""


@dataclass(frozen=True, slots=True)
class ReplaceCompositor:
    """Shows the generator's own picture, as the paper does: softer than the frame, and a lookalike of an unseen person.

    The picture fades in with the first half intensity of change, since without any change the frame stays as it is.

    Attributes:
        regions: how strongly it shows where.
    """

    regions: RegionStrengths = EVERYWHERE

    def with_regions(self, regions: RegionStrengths) -> Self:
        """The same compositor, whose edits show as strongly as `regions` say."""
        return replace(self, regions=regions)

    def composite(
        self, frame: RGBImage, face: AlignedFace, generated: GeneratedPair, memory: FaceMemory | None = None
    ) -> RGBImage:
        """Edit one face of one frame; see `Compositor`."""
        size = face.crop.shape[0]
        crop = face.crop.astype(np.float32) / np.float32(255)
        landmarks = crop_landmarks(face)
        oval = landmarks[_OVAL]
        inner = blur(hull_mask(oval, size), 3.0)
        source, target = match_colours(generated.source, generated.target, crop, inner)
        motion = estimate_motion(source, target)
        shown = np.float32(min(generated.change / _FULL_CHANGE, 1.0))
        mask = face_mask(oval, moved_landmarks(oval, motion), size) * shown
        mask *= visible_face(face.crop, landmarks) * strength_map(self.regions, landmarks, size)
        still = np.zeros((size, size, 2), np.float32)
        edit = CropEdit(still, still, np.zeros((size, size), np.float32), mask, times(target, mask))
        return render(frame, face.frame_to_crop, edit if memory is None else memory.steadied(edit))
