"""Look at one picture: is there a face, how good is it, and what of the picture goes into the dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import cv2
import numpy as np

from engine.faces.alignment import DEFAULT_TEMPLATE, warp_crop
from engine.faces.expression import ExpressionEstimator
from engine.faces.landmarker import FaceLandmarker
from engine.types import FaceTrack, RGBImage
from trainer.footage.occlusion import covered, outside
from trainer.footage.records import Measures
from trainer.footage.similarity import perceptual_hash

_MAX_FACES: Final = 4
_SIMILAR_SIZE: Final = 0.4
"""Faces narrower than this fraction of the largest are bystanders."""
_FRONTAL_YAW: Final = 35.0
"""Beside a face seen from the front, one that is turned further is its mirror image or a bystander."""
_SURROUNDINGS: Final = 2.0
"""Side of the square that is kept, over the larger side of the face's box."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a picture shows.

    Attributes:
        faces: usable faces of a similar size.
        measures: of the face that counts; None where there is none.
        box: (left, top, side) of the square around it, in pixels; None without a face.
    """

    faces: int
    measures: Measures | None = None
    box: tuple[int, int, int] | None = None


class Inspector:
    """Looks at pictures. Owned by one thread; use it in a `with` block."""

    def __init__(self) -> None:
        self._landmarker = FaceLandmarker("image", _MAX_FACES)
        self._estimator = ExpressionEstimator()

    def inspect(self, pixels: RGBImage) -> Finding:
        """Measure the face of one picture, uint8 [H, W, 3] RGB."""
        tracks = _of_similar_size(self._landmarker.detect(pixels))
        if not tracks:
            return Finding(0)
        return Finding(len(tracks), self._measure(pixels, tracks[0]), _surroundings(tracks[0]))

    def _measure(self, pixels: RGBImage, track: FaceTrack) -> Measures:
        height, width = pixels.shape[:2]
        frame_to_crop = DEFAULT_TEMPLATE.frame_to_crop(track.landmarks_px)
        crop = warp_crop(pixels, frame_to_crop, DEFAULT_TEMPLATE.size_px)
        (intensities,) = self._estimator.estimate([track])
        return Measures(
            width_px=round(_width(track), 1),
            sharpness=round(sharpness(crop), 1),
            yaw=round(track.pose.yaw, 1),
            pitch=round(track.pose.pitch, 1),
            roll=round(track.pose.roll, 1),
            covered=round(covered(crop, frame_to_crop, track.landmarks_px), 1),
            outside=round(outside(track.landmarks_px, width, height), 3),
            hash=perceptual_hash(crop),
            intensities=tuple(round(float(value), 2) for value in intensities.values),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._landmarker.close()


def sharpness(crop: RGBImage) -> float:
    """Variance of the Laplacian over the variance of the grey values, times 1000; blur lowers it, contrast does not."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return 1000 * float(cv2.Laplacian(grey, cv2.CV_32F).var()) / max(float(grey.var()), 1.0)


def picture_for_dataset(pixels: RGBImage, box: tuple[int, int, int] | None, max_side_px: int) -> RGBImage:
    """Cut a picture to the square around its face, or leave it whole without one, and scale it down to fit.

    Args:
        pixels: uint8 [H, W, 3] RGB.
        box: as `Finding` has it.
        max_side_px: longest side of what is returned.
    """
    if box is not None:
        left, top, side = box
        pixels = pixels[max(top, 0) : top + side, max(left, 0) : left + side]
    height, width = pixels.shape[:2]
    scale = max_side_px / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _of_similar_size(tracks: Sequence[FaceTrack]) -> list[FaceTrack]:
    """The faces that compete, the one that counts first: largest first, those seen from the front before others."""
    if not tracks:
        return []
    widest = max(map(_width, tracks))
    similar = [track for track in tracks if _width(track) >= _SIMILAR_SIZE * widest]
    frontal = [track for track in similar if abs(track.pose.yaw) <= _FRONTAL_YAW]
    return frontal or similar[:1]


def _width(track: FaceTrack) -> float:
    return track.box_px[2] - track.box_px[0]


def _surroundings(track: FaceTrack) -> tuple[int, int, int]:
    left, top, right, bottom = track.box_px
    side = round(_SURROUNDINGS * max(right - left, bottom - top))
    return round((left + right - side) / 2), round((top + bottom - side) / 2), side
