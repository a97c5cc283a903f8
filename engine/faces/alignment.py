"""The one aligner, for training and for inference: a similarity from stable landmarks to a fixed crop template.

Eye corners and the bridge of the nose hardly move with the expression, so the crop stays still while the face acts. All
of them enter one least-squares fit (Umeyama, "Least-Squares Estimation of Transformation Parameters Between Two Point
Patterns", 1991, without reflection), so the noise of a single landmark is averaged and never selects another solution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import Affine, AlignedFace, FaceTrack, RGBImage

STABLE_LANDMARKS: Final = (33, 133, 362, 263, 168, 6, 197, 195, 5)
"""MediaPipe indices: eye corners from the image's left to its right, then the nose from the bridge down to the tip."""

_STABLE_POINTS: Final = np.array(
    [
        (-0.7242, -0.0133),
        (-0.2758, 0.0133),
        (0.2758, 0.0133),
        (0.7242, -0.0133),
        (0.0, -0.0885),
        (0.0, 0.0304),
        (0.0, 0.1434),
        (0.0, 0.2521),
        (0.0, 0.3692),
    ]
)
"""Mean positions in 108 aligned neutral faces, symmetrised.

The origin lies between the eyes; the unit is the distance between their centres.
"""


@dataclass(frozen=True, slots=True)
class CropTemplate:
    """Where a face lies in the square crop of the networks.

    Attributes:
        size_px: side of the crop.
        eye_distance_px: distance between the centres of the eyes.
        eye_centre_px: (x, y) of the point between the eyes; pixel centres are at integers.
    """

    size_px: int = 128
    eye_distance_px: float = 38.0
    eye_centre_px: tuple[float, float] = (63.5, 42.5)

    def scaled_to(self, size_px: int) -> "CropTemplate":
        """The same part of the face in a crop of another size."""
        scale = size_px / self.size_px
        x, y = ((place + 0.5) * scale - 0.5 for place in self.eye_centre_px)
        return CropTemplate(size_px, self.eye_distance_px * scale, (x, y))

    @property
    def points_px(self) -> NDArray[np.float64]:
        """float64 [9, 2]: where `STABLE_LANDMARKS` belong, in crop pixels."""
        return np.asarray(_STABLE_POINTS * self.eye_distance_px + np.array(self.eye_centre_px))

    def frame_to_crop(self, landmarks_px: NDArray[np.floating]) -> Affine:
        """Fit the similarity that brings a face's landmarks [478, 2 or 3] (frame pixels) to the template."""
        return self.frame_to_crop_of_all([landmarks_px])

    def frame_to_crop_of_all(self, landmarks_px: Sequence[NDArray[np.floating]]) -> Affine:
        """Fit one similarity to several pictures of a face that moved in its expression alone."""
        stable = [points[list(STABLE_LANDMARKS), :2].astype(np.float64) for points in landmarks_px]
        return fit_similarity(np.concatenate(stable), np.tile(self.points_px, (len(stable), 1)))


DEFAULT_TEMPLATE: Final = CropTemplate()


def fit_similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> Affine:
    """Least-squares rotation, uniform scale and translation from points `source` [N, 2] to `target` [N, 2]."""
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    a, b = source - source_mean, target - target_mean
    spread = max(float((a * a).sum()), 1e-12)
    cosine = float((a * b).sum()) / spread
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / spread
    rotation = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([rotation, target_mean - rotation @ source_mean])


def invert_affine(matrix: Affine) -> Affine:
    """The inverse of a [2, 3] affine map."""
    return np.asarray(cv2.invertAffineTransform(matrix), dtype=np.float64)


def transform_points(matrix: Affine, points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Apply a [2, 3] affine map to points [N, 2]."""
    return np.asarray(points, dtype=np.float64) @ matrix[:, :2].T + matrix[:, 2]


def warp_crop(pixels: RGBImage, frame_to_crop: Affine, size_px: int) -> RGBImage:
    """Resample the frame into a square crop, without aliasing where the face is much larger than the crop.

    Args:
        pixels: uint8 [H, W, 3] RGB.
        frame_to_crop: [2, 3] from frame pixels to crop pixels.
        size_px: side of the crop.

    Returns:
        uint8 [size_px, size_px, 3]; pixels beyond the frame repeat its border.
    """
    shrink = 1.0 / float(np.hypot(frame_to_crop[0, 0], frame_to_crop[1, 0]))
    oversampling = 2 ** max(0, int(np.log2(shrink)))
    # Pixel centres at integers: scaling by k about the crop's corner (-0.5, -0.5) maps c to k c + (k - 1) / 2.
    matrix = frame_to_crop * oversampling
    matrix[:, 2] += (oversampling - 1) / 2
    side = size_px * oversampling
    crop = cv2.warpAffine(pixels, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if oversampling > 1:
        crop = cv2.resize(crop, (size_px, size_px), interpolation=cv2.INTER_AREA)
    return np.asarray(crop, dtype=np.uint8)


def align(pixels: RGBImage, track: FaceTrack, template: CropTemplate = DEFAULT_TEMPLATE) -> AlignedFace:
    """Cut the face of `track` out of its frame, aligned to `template`."""
    frame_to_crop = template.frame_to_crop(track.landmarks_px)
    crop = warp_crop(pixels, frame_to_crop, template.size_px)
    crop.flags.writeable = False
    return AlignedFace(track=track, frame_to_crop=frame_to_crop, crop=crop)
