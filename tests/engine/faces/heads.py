"""Heads for tests: made-up landmarks of a stiff face in any pose, and photos."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.faces import pose
from engine.types import FaceTrack, FloatArray, HeadPose, RGBImage


def rotation(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """Turn by degrees about axes x to the viewer's right, y down, z away: first roll, then pitch, then yaw."""
    y, p, r = np.radians([-yaw, pitch, roll])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(about_y @ about_x @ about_z)


def stiff_head() -> NDArray[np.float64]:
    """Points [478, 3] in the head's frame: the mean head's rigid landmarks, all others somewhere fixed."""
    points = np.random.default_rng(7).normal(0.0, 0.5, (478, 3))
    points[list(pose.RIGID_LANDMARKS)] = pose.MEAN_HEAD_POINTS
    return points


def posed(
    points: NDArray[np.float64], turned: NDArray[np.float64], scale_px: float, origin_px: tuple[float, float, float]
) -> FloatArray:
    """The points [N, 3] of a head seen in a frame."""
    return np.asarray(scale_px * points @ turned.T + np.array(origin_px), dtype=np.float32)


def track_of(landmarks_px: FloatArray) -> FaceTrack:
    """A track with these landmarks."""
    return FaceTrack(0, landmarks_px, (0.0, 0.0, 1.0, 1.0), HeadPose(0.0, 0.0, 0.0), 1.0)


def read_photo(path: Path) -> RGBImage:
    """A photo's pixels, read-only."""
    encoded = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert encoded is not None
    pixels = np.ascontiguousarray(encoded[:, :, ::-1]).astype(np.uint8)
    pixels.flags.writeable = False
    return pixels
