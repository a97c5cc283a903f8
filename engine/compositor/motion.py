"""The motion an edit asks for, read off the generator's two pictures."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.compositor.filters import blur, channel_mean, displace, luminance, times, weighted_blur
from engine.compositor.optical_flow import dense_flow
from engine.types import FloatArray

_NOTICEABLE_CHANGE: Final = 0.015
_NOTICEABLE_SLOPE: Final = 0.015
_EXPLAINED_ERROR: Final = 0.08
_FAR_PX: Final = 4.5
_NEAR_PX: Final = 1.3
_FADE: Final = 0.01
_SMALLEST_RANGE: Final = 0.1
_SLOPE: Final = np.array([[-0.5, 0.0, 0.5]], np.float32)


def estimate_motion(source: FloatArray, target: FloatArray) -> FloatArray:
    """Smooth displacement F [S, S, 2] with target(p) ≈ source(p + F(p)), in pixels.

    Flow counts where the pictures differ and it explains the difference; it is spread from there into flat
    surroundings. Texture that does not change holds still. So equal pictures do not move, and neither does a face
    beside the part that acts.

    Args:
        source, target: float32 [S, S, 3] RGB, 0..1.
    """
    grey_source, grey_target = luminance(source), luminance(target)
    flow = dense_flow(*_to_bytes(grey_target, grey_source))
    difference = 3 * blur(channel_mean(np.square(target - source)), 1.5)
    changed = difference / (difference + np.float32(_NOTICEABLE_CHANGE**2))
    unexplained = blur(np.square(grey_target - displace(grey_source, flow)), 1.0)
    moving = (changed + np.float32(1e-4)) / (1 + unexplained / np.float32(_EXPLAINED_ERROR**2))
    still = (1 - changed) * _texture(grey_target)
    weight = moving + still
    flow = times(flow, moving / (weight + np.float32(1e-6)))
    far = weighted_blur(flow, weight, _FAR_PX, _FADE)
    near = weighted_blur(flow - far, weight, _NEAR_PX, _FADE)
    return far + near


def _texture(grey: FloatArray) -> FloatArray:
    """0..1, whether a motion would show: [S, S]."""
    slope_x, slope_y = (np.asarray(cv2.filter2D(grey, -1, kernel), np.float32) for kernel in (_SLOPE, _SLOPE.T))
    steepness = blur(np.square(slope_x) + np.square(slope_y), 1.0)
    return steepness / (steepness + np.float32(_NOTICEABLE_SLOPE**2))


def stretching(motion: FloatArray) -> FloatArray:
    """How much of the source each target pixel gets: the Jacobian determinant of p + motion(p), [S, S].

    1 is rigid; near 0 a few source pixels are pulled over many, so that what shows there is not in the source.
    """
    along_x = np.asarray(cv2.filter2D(motion, -1, _SLOPE), np.float32)
    along_y = np.asarray(cv2.filter2D(motion, -1, _SLOPE.T), np.float32)
    return (1 + along_x[..., 0]) * (1 + along_y[..., 1]) - along_x[..., 1] * along_y[..., 0]


def _to_bytes(*pictures: FloatArray) -> list[NDArray[np.uint8]]:
    """Spread the common range of grey pictures over 0..255."""
    low = min(float(picture.min()) for picture in pictures)
    span = max(max(float(picture.max()) for picture in pictures) - low, _SMALLEST_RANGE)
    return [np.round((picture - low) * (255 / span)).astype(np.uint8) for picture in pictures]
