"""The detail compositor: moves the frame's own pixels as the generator's face moves, adds only what they lack.

A generator with a vector latent draws an unseen person as a blurred lookalike. Its motion is right where its pixels
are not, so the result keeps the resolution and the identity of the frame.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import cv2
import numpy as np

from engine.compositor.eyelids import fit_eyelids
from engine.compositor.filters import blur, displace, luminance, mix
from engine.compositor.layers import FaceLayers
from engine.compositor.motion import estimate_motion, stretching
from engine.compositor.mouth import fit_mouth
from engine.compositor.new_content import MovedPictures, new_content
from engine.compositor.occlusion import uncovered, visible_face
from engine.compositor.protocol import GeneratedPair
from engine.compositor.regions import FACE_OVAL, crop_landmarks, face_mask, feature_mask, hull_mask, moved_landmarks
from engine.compositor.registration import match_colours, registration_field
from engine.compositor.rendering import CropEdit, render
from engine.compositor.steadiness import FaceMemory
from engine.compositor.strengths import strength_map
from engine.edit_scope import EVERYWHERE, RegionStrengths
from engine.types import AlignedFace, FloatArray, RGBImage

_OVAL: Final = list(FACE_OVAL)
_MOST_SHARPENING: Final = 1.5


@dataclass(frozen=True, slots=True)
class DetailSettings:
    """How the detail compositor treats what it takes from the generator.

    Attributes:
        shading: 0..1, how much of the expression's shading (folds, dimples) is laid over the moved pixels.
        sharpening: 0..1, how far new content is sharpened towards the sharpness of the crop.
        regions: how strongly the edit shows where.
    """

    shading: float = 1.0
    sharpening: float = 0.8
    regions: RegionStrengths = EVERYWHERE


@dataclass(frozen=True, slots=True)
class DetailCompositor:
    """Warps the frame by the generated motion and adds the residual where new content appears.

    Equal pictures of source and target return the frame bit for bit.
    """

    settings: DetailSettings = DetailSettings()

    def with_regions(self, regions: RegionStrengths) -> Self:
        """The same compositor, whose edits show as strongly as `regions` say."""
        return replace(self, settings=replace(self.settings, regions=regions))

    def composite(
        self, frame: RGBImage, face: AlignedFace, generated: GeneratedPair, memory: FaceMemory | None = None
    ) -> RGBImage:
        """Edit one face of one frame; see `Compositor`."""
        if generated.is_unchanged:
            return frame.copy()
        edit = self._edit(face, generated, memory)
        return render(frame, face.frame_to_crop, edit if memory is None else memory.steadied(edit))

    def _edit(self, face: AlignedFace, generated: GeneratedPair, memory: FaceMemory | None) -> CropEdit:
        """Work out the edit in crop space."""
        size = face.crop.shape[0]
        crop = face.crop.astype(np.float32) / np.float32(255)
        landmarks = crop_landmarks(face)
        oval = landmarks[_OVAL]
        inner = blur(hull_mask(oval, size), 3.0)
        shift = registration_field(crop, generated.source, landmarks, inner)
        if memory is not None:
            shift = memory.steadied_shift(shift)
        source, target = (displace(picture, shift, cv2.INTER_CUBIC) for picture in (generated.source, generated.target))
        source, target = match_colours(source, target, crop, inner)
        layers = FaceLayers.still(size)
        greys = luminance(source), luminance(target)
        fit_eyelids(layers, *greys, landmarks)
        fit_mouth(layers, *greys, landmarks)
        motion = estimate_motion(_prewarped(source, target, layers), target)
        moved_points = moved_landmarks(landmarks, motion + displace(layers.visible_motion(), motion))
        mask = face_mask(oval, moved_points[_OVAL], size) * uncovered(visible_face(face.crop, landmarks), motion)
        if not self.settings.regions.are_full:
            mask *= strength_map(self.settings.regions, landmarks, size)
        layers = layers.moved(motion, mask)
        moved = MovedPictures(
            target=target,
            source=layers.apply(source),
            crop=layers.apply(crop),
            stretching=stretching(motion),
            mask=mask,
            features=feature_mask(landmarks, moved_points, size),
            layers=layers,
        )
        sharpening = self.settings.sharpening * _missing_sharpness(crop, source, inner)
        share, addend = new_content(moved, sharpening, self.settings.shading)
        return CropEdit(layers.base, layers.over, layers.cover, share, addend)


def _prewarped(source: FloatArray, target: FloatArray, layers: FaceLayers) -> FloatArray:
    """The source after what slides has slid; an opened mouth, in which there is nothing to follow, is the target's."""
    if not layers.slide:
        return source
    return mix(layers.apply(source), target, layers.opened)


def _missing_sharpness(crop: FloatArray, generated: FloatArray, mask: FloatArray) -> float:
    """How much finer the crop's detail is than the generator's, as an unsharp gain: 0 where they are equal."""
    greys = (luminance(picture) for picture in (crop, generated))
    detail = [float((np.square(grey - blur(grey, 2.0)) * mask).mean()) for grey in greys]
    return float(np.clip(np.sqrt(detail[0] / (detail[1] + 1e-7)) - 1, 0.0, _MOST_SHARPENING))
