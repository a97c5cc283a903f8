"""Lays the generator's pictures over the real crop.

The generator's picture of an unseen person is a lookalike: features may lie a pixel or two off and colours differ.
Both pictures get the same smooth displacement and the same tint, so that what differs between them stays the edit
alone.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.compositor.filters import (
    BLACK,
    blur,
    displace,
    luminance,
    masked_mean,
    times,
    weighted_blur,
    wide_blur,
    wide_ratio,
)
from engine.compositor.mouth_position import mouth_field
from engine.compositor.optical_flow import dense_flow
from engine.types import FloatArray

_GENERATOR_BLUR_PX: Final = 1.5
_CONTRAST_WINDOW: Final = 6.0
_CONTRAST_FLOOR: Final = 0.03
_LARGEST_SHIFT: Final = 3.0
_TINT_WIDTH_PX: Final = 14.0
_TINT_LIMITS: Final = (0.5, 2.0)


def normalise_contrast(grey: FloatArray) -> FloatArray:
    """Local mean 0 and deviation about 1, so that lighting does not matter; flat places stay near 0."""
    centred = grey - wide_blur(grey, _CONTRAST_WINDOW)
    variance = wide_blur(centred * centred, _CONTRAST_WINDOW)
    return np.asarray(centred / np.sqrt(variance + _CONTRAST_FLOOR**2), np.float32)


def registration_field(crop: FloatArray, generated: FloatArray, landmarks: FloatArray, mask: FloatArray) -> FloatArray:
    """Smooth displacement K [S, S, 2] with crop(p) ≈ generated(p + K(p)), in pixels.

    The mouth is put in its place first. Then optical flow has a say where there is texture and both pictures agree
    after the displacement.

    Args:
        crop, generated: float32 [S, S, 3] RGB.
        landmarks: [478, 2] of the crop's face, in its pixels.
        mask: float32 [S, S], the face.
    """
    field = mouth_field(generated, landmarks)
    refinement = _refinement(crop, displace(generated, field), mask)
    return refinement + displace(field, refinement)


def _refinement(crop: FloatArray, generated: FloatArray, mask: FloatArray) -> FloatArray:
    """What optical flow still finds between the crop and the generated picture; it fades where there is no telling."""
    size = crop.shape[0]
    real, fake = (normalise_contrast(_halved(picture)) for picture in (blur(crop, _GENERATOR_BLUR_PX), generated))
    shift = dense_flow(_to_bytes(real), _to_bytes(fake), smoothness=60.0, intensity_weight=5.0)
    length = np.hypot(shift[..., 0], shift[..., 1])
    shortened = np.sqrt(np.sqrt(1 + (length / np.float32(_LARGEST_SHIFT)) ** 4))
    shift = times(shift, np.asarray(1 / shortened, np.float32))
    slopes = cv2.Sobel(real, cv2.CV_32F, 1, 0), cv2.Sobel(real, cv2.CV_32F, 0, 1)
    steepness = (np.square(slopes[0]) + np.square(slopes[1])) / 256
    mismatch = blur(real - displace(fake, shift), 0.5)
    inside = cv2.resize(mask, real.shape[::-1], interpolation=cv2.INTER_AREA)
    weight = steepness / (steepness + np.float32(0.02)) * inside * np.exp(-np.square(mismatch / np.float32(0.6)))
    far = weighted_blur(shift, weight, 7.5, 0.01)
    near = weighted_blur(shift - far, weight, 3.5, 0.01)
    return np.asarray(cv2.resize(2 * (far + near), (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def _halved(picture: FloatArray) -> FloatArray:
    """Luminance at half the resolution, where the lookalike's offset is as plain and costs a quarter."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return luminance(np.asarray(half, np.float32))


def _to_bytes(normalised: FloatArray) -> NDArray[np.uint8]:
    return np.clip(128 + 45 * normalised, 0, 255).astype(np.uint8)


def match_colours(
    source: FloatArray, target: FloatArray, crop: FloatArray, mask: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Give both generated pictures the colours and lighting of the real crop.

    Channels are scaled, never shifted, so that a dark mouth stays dark: one factor for the whole face, then a smooth
    one for its lighting, both from how the crop compares with the generated source.

    Args:
        source, target: float32 [S, S, 3] RGB, registered to the crop.
        crop: float32 [S, S, 3] RGB.
        mask: float32 [S, S], the face.

    Returns:
        Source and target in the crop's colours, 0..1.
    """
    gain = (masked_mean(crop, mask) + BLACK) / (masked_mean(source, mask) + BLACK)
    tint = wide_ratio(times(crop, mask), times(source, mask), _TINT_WIDTH_PX, _TINT_LIMITS, gain)
    return np.minimum(source * tint, 1), np.minimum(target * tint, 1)
