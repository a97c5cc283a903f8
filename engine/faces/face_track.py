"""A face's landmarks as a `FaceTrack`, and the boxes that tracking reasons about."""

import numpy as np

from engine.faces.pose import head_pose
from engine.types import FaceTrack, FloatArray

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in frame pixels."""


def face_track(face_id: int, landmarks_px: FloatArray, confidence: float = 1.0) -> FaceTrack:
    """Describe the face whose landmarks, float32 [478, 3] in frame pixels, are given; they become read-only.

    Args:
        face_id: stable over the frames of a track.
        landmarks_px: as MediaPipe gives them.
        confidence: 1 where the face was seen in its frame, 0 where it was predicted from earlier ones.
    """
    landmarks_px.flags.writeable = False
    return FaceTrack(
        id=face_id,
        landmarks_px=landmarks_px,
        box_px=box_of(landmarks_px),
        pose=head_pose(landmarks_px),
        confidence=confidence,
    )


def box_of(landmarks_px: FloatArray) -> Box:
    """The box around landmarks [478, 3]."""
    left, top = landmarks_px[:, :2].min(axis=0)
    right, bottom = landmarks_px[:, :2].max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def centre_of(box: Box) -> tuple[float, float]:
    """The middle (x, y) of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def size_of(box: Box) -> float:
    """The side of the square of a box's area, in pixels: one measure of how large a face is."""
    return float(np.sqrt(area_of(box)))


def area_of(box: Box) -> float:
    """Square pixels of a box."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def overlap_of(a: Box, b: Box) -> float:
    """Intersection over union of two boxes."""
    common = _common_area(a, b)
    return common / max(area_of(a) + area_of(b) - common, 1e-9)


def share_within(box: Box, other: Box) -> float:
    """The share of a box that lies within another one, 0..1."""
    return _common_area(box, other) / max(area_of(box), 1e-9)


def _common_area(a: Box, b: Box) -> float:
    return area_of((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))
