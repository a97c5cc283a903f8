"""Soft thresholds, blurs and resampling of float32 pictures in crop space."""

from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from engine.types import FloatArray

_LUMINANCE: Final = np.array([[0.299, 0.587, 0.114]], np.float32)
_SHRINK: Final = 4
WIDE_FROM_PX: Final = 4.0
BLACK: Final = np.float32(0.02)
"""Added to both sides of a ratio of pictures, so that dark places keep their colour."""


def smoothstep(x: FloatArray, low: float | FloatArray, high: float | FloatArray) -> FloatArray:
    """Rise smoothly from 0 at `low` to 1 at `high`."""
    t = np.asarray((x - low) / (high - low), np.float32)
    t = np.minimum(np.maximum(t, 0), 1)
    return t * t * (3 - 2 * t)


def luminance(picture: FloatArray) -> FloatArray:
    """Rec. 601 luma [H, W] of an RGB picture [H, W, 3]."""
    return np.asarray(cv2.transform(picture, _LUMINANCE), np.float32)


def channel_mean(picture: FloatArray) -> FloatArray:
    """Mean [H, W] over the channels of a picture [H, W, C]; many times faster than NumPy's for few channels."""
    channels = picture.shape[2]
    return np.asarray(cv2.transform(picture, np.full((1, channels), 1 / channels, np.float32)), np.float32)


def times(picture: FloatArray, mask: FloatArray) -> FloatArray:
    """A picture [H, W, C] times a mask [H, W]; three times faster than broadcasting over so few channels."""
    return np.asarray(cv2.multiply(picture, cv2.merge([mask] * picture.shape[2])), np.float32)


def mix(below: FloatArray, above: FloatArray, share: FloatArray) -> FloatArray:
    """From `below` to `above`, both [H, W, C], by `share` [H, W]."""
    return below + times(above - below, share)


def masked_mean(picture: FloatArray, mask: FloatArray) -> FloatArray:
    """Mean of each channel [C] of a picture [S, S, C] under a mask [S, S]."""
    pixels = picture.reshape(-1, picture.shape[2])
    return np.asarray((mask.reshape(1, -1) @ pixels)[0] / (np.float32(mask.sum()) + np.float32(1e-6)), np.float32)


def blur(picture: FloatArray, sigma_px: float) -> FloatArray:
    """Gaussian blur; the border repeats."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE), np.float32)


def wide_blur(picture: FloatArray, sigma_px: float) -> FloatArray:
    """Gaussian blur for wide kernels, computed at a quarter of the resolution."""
    height, width = picture.shape[:2]
    return _grown(blur(_shrunk(picture), sigma_px / _SHRINK), (width, height))


@lru_cache(maxsize=8)
def pixel_grid(size_px: int) -> tuple[FloatArray, FloatArray]:
    """Coordinates (x, y) of the pixels of a square picture, each float32 [size, size], read-only."""
    y, x = np.mgrid[:size_px, :size_px].astype(np.float32)
    x.flags.writeable = y.flags.writeable = False
    return x, y


def displace(picture: FloatArray, motion: FloatArray, interpolation: int = cv2.INTER_LINEAR) -> FloatArray:
    """Sample `picture` at p + motion(p).

    Args:
        picture: float32 [S, S] or [S, S, C].
        motion: float32 [S, S, 2], (x, y) in pixels.
        interpolation: an OpenCV interpolation flag.
    """
    x, y = pixel_grid(picture.shape[0])
    shift_x, shift_y = cv2.split(motion)
    moved = cv2.remap(picture, x + shift_x, y + shift_y, interpolation, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def sample(field: FloatArray, points: FloatArray) -> FloatArray:
    """Values [N, C] of a field [S, S, C] at points [N, 2] (x, y), bilinear; beyond the border it repeats."""
    x, y = np.ascontiguousarray(points.astype(np.float32).T)[:, :, None]
    values = cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(values, np.float32).reshape(len(points), -1)


def wide_ratio(
    wanted: FloatArray, given: FloatArray, sigma_px: float, limits: tuple[float, float], gain: FloatArray | float = 1.0
) -> FloatArray:
    """Smooth factor [S, S, C] that brings the broad means of `given` to those of `wanted`, both [S, S, C].

    Args:
        wanted, given: pictures, weighted alike.
        sigma_px: width of the means.
        limits: least and greatest factor beyond `gain`.
        gain: [C] or a number, a factor known beforehand.
    """
    height, width = wanted.shape[:2]
    small_wanted, small_given = (blur(_shrunk(picture), sigma_px / _SHRINK) for picture in (wanted, given))
    ratio = np.clip((small_wanted + BLACK) / (small_given * gain + BLACK), *limits) * gain
    return _grown(np.asarray(ratio, np.float32), (width, height))


def weighted_blur(values: FloatArray, weight: FloatArray, sigma_px: float, floor: float) -> FloatArray:
    """Average of `values` under a Gaussian times `weight` (normalised convolution, Knutsson & Westin 1993).

    Args:
        values: float32 [S, S, C].
        weight: float32 [S, S], 0..1.
        sigma_px: width of the Gaussian; from `WIDE_FROM_PX` on, the average is computed at a quarter of the resolution.
        floor: weight of an added zero, towards which places without evidence shrink.
    """
    height, width = values.shape[:2]
    stack = np.asarray(cv2.merge([*(channel * weight for channel in cv2.split(values)), weight]), np.float32)
    if sigma_px < WIDE_FROM_PX:
        return _quotient(blur(stack, sigma_px), floor)
    return _grown(_quotient(blur(_shrunk(stack), sigma_px / _SHRINK), floor), (width, height))


def _quotient(stack: FloatArray, floor: float) -> FloatArray:
    """All channels but the last, divided by the last."""
    *sums, total = cv2.split(stack)
    reciprocal = 1 / (total + np.float32(floor))
    return np.asarray(cv2.merge([part * reciprocal for part in sums]), np.float32)


def _shrunk(picture: FloatArray) -> FloatArray:
    height, width = picture.shape[:2]
    size = max(width // _SHRINK, 1), max(height // _SHRINK, 1)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _grown(picture: FloatArray, size: tuple[int, int]) -> FloatArray:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.float32)
