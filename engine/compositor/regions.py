"""Landmark regions of a face and their soft masks in crop space.

Indices are those of MediaPipe's 478-point face mesh; left and right are the image's.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.compositor.filters import blur, pixel_grid, sample, smoothstep
from engine.types import AlignedFace, FloatArray

FACE_OVAL: Final = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
LIPS: Final = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
BROWS: Final = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
LOWER_FACE: Final = (2, 205, 425, 58, 288, 172, 397, 136, 365, 150, 379, 149, 378, 176, 400, 148, 377, 152)
CHIN: Final = 152
NOSE_BASE: Final = 2
NOSE_BRIDGE: Final = 168
NOSE: Final = (6, 193, 417, 196, 419, 236, 456, 198, 420, 49, 279, 48, 278, 64, 294, 98, 327, 97, 326, 2, 4)


class Opening(NamedTuple):
    """An eye's or a mouth's opening: its upper and lower edge, both from corner to corner."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]


EYES: Final = (
    Opening((33, 246, 161, 160, 159, 158, 157, 173, 133), (33, 7, 163, 144, 145, 153, 154, 155, 133)),
    Opening((362, 398, 384, 385, 386, 387, 388, 466, 263), (362, 382, 381, 380, 374, 373, 390, 249, 263)),
)

INNER_LIPS: Final = Opening(
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308), (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
)

_SUBPIXEL_BITS: Final = 4
_MASK_GROWTH: Final = 1.15
_MASK_FEATHER_PX: Final = 4.0
_BORDER_FADE_PX: Final = (1.0, 8.0)
_INVERSION_STEPS: Final = 6


def crop_landmarks(face: AlignedFace) -> FloatArray:
    """The face's landmarks [478, 2] in crop pixels."""
    points = face.track.landmarks_px[:, :2] @ face.frame_to_crop[:, :2].T + face.frame_to_crop[:, 2]
    side = face.crop.shape[0]
    return np.clip(points, -side, 2 * side).astype(np.float32)


def moved_landmarks(points: FloatArray, motion: FloatArray) -> FloatArray:
    """Where points of the source lie in the target, given the motion from target to source.

    The target's place q of a source point p solves q + motion(q) = p; fixed-point iteration converges where motion
    bends less than one pixel a pixel.
    """
    moved = points
    for _ in range(_INVERSION_STEPS):
        moved = points - sample(motion, moved)
    return moved


def hull_mask(points: FloatArray, size_px: int) -> FloatArray:
    """Convex hull of points [N, 2], float32 [size, size], 1 inside, 0 outside, anti-aliased."""
    return hulls_mask([points], size_px)


def hulls_mask(parts: Iterable[FloatArray], size_px: int) -> FloatArray:
    """The union of the convex hulls of several sets of points [N, 2], float32 [size, size], 0..1, anti-aliased."""
    canvas: NDArray[np.uint8] = np.zeros((size_px, size_px), np.uint8)
    for points in parts:
        hull = np.round(cv2.convexHull(points) * 2**_SUBPIXEL_BITS).astype(np.int32)
        cv2.fillConvexPoly(canvas, hull, 255, cv2.LINE_AA, _SUBPIXEL_BITS)
    return canvas.astype(np.float32) / np.float32(255)


@lru_cache(maxsize=8)
def border_fade(size_px: int) -> FloatArray:
    """1 inside a crop, falling to 0 before its border, so that nothing ends at the edge of the generator's picture."""
    x, y = pixel_grid(size_px)
    distance = np.minimum(np.minimum(x, size_px - 1 - x), np.minimum(y, size_px - 1 - y))
    fade = smoothstep(distance, *_BORDER_FADE_PX)
    fade.flags.writeable = False
    return fade


def face_mask(oval: FloatArray, moved_oval: FloatArray, size_px: int) -> FloatArray:
    """Where a face may change: the hull of its outline before and after the edit, a little larger, with a soft edge.

    Args:
        oval, moved_oval: `FACE_OVAL` landmarks [36, 2] of source and target, crop pixels.
        size_px: side of the crop.

    Returns:
        float32 [size, size], 0..1; 0 along the crop's border.
    """
    centre = oval.mean(axis=0)
    outline = centre + _MASK_GROWTH * (np.concatenate([oval, moved_oval]) - centre)
    soft = blur(hull_mask(outline.astype(np.float32), size_px), _MASK_FEATHER_PX)
    return smoothstep(soft * border_fade(size_px), 0.05, 0.95)


def feature_mask(landmarks: FloatArray, moved: FloatArray, size_px: int) -> FloatArray:
    """Mouth and eyes, before and after the edit, where new content is expected; float32 [size, size], 0..1."""
    parts = (list(indices) for indices in (LIPS, *(eye.upper + eye.lower for eye in EYES)))
    mask = hulls_mask((np.concatenate([landmarks[part], moved[part]]) for part in parts), size_px)
    widened = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    return np.clip(blur(np.asarray(widened, np.float32), 1.0), 0.0, 1.0)
