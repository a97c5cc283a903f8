"""The values that flow between the engine's stages. All are immutable."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RGBImage: TypeAlias = NDArray[np.uint8]
"""uint8 [H, W, 3], RGB, 0..255."""

FloatArray: TypeAlias = NDArray[np.float32]
Affine: TypeAlias = NDArray[np.float64]
"""float64 [2, 3]: maps column vectors (x, y, 1) of one pixel space to (x, y) of another; pixel centres at integers."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        pixels: uint8 [H, W, 3] RGB, read-only.
        time: presentation time in seconds from the start of the source, exact.
        index: position in the source, from 0.
    """

    pixels: RGBImage
    time: Fraction
    index: int


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Head rotation in degrees: yaw + is towards the viewer's right, pitch + is up, roll + is clockwise."""

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceTrack:
    """One face in one frame.

    Attributes:
        id: stable over the frames of a track.
        landmarks_px: float32 [478, 3], MediaPipe's face mesh; x and y in frame pixels, z in the same scale, smaller is
            nearer.
        box_px: (left, top, right, bottom) of the landmarks.
        pose: head rotation.
        confidence: 0..1; 1 where the landmarker reports none.
    """

    id: int
    landmarks_px: FloatArray
    box_px: tuple[float, float, float, float]
    pose: HeadPose
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class AlignedFace:
    """A face brought to the crop template of the networks.

    Attributes:
        track: the face in its frame.
        frame_to_crop: [2, 3] similarity from frame pixels to crop pixels.
        crop: uint8 [S, S, 3] RGB.
    """

    track: FaceTrack
    frame_to_crop: Affine
    crop: RGBImage
