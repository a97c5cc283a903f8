"""What moved pixels cannot show: opened mouths, teeth, shading that comes with the expression.

The residual is what the generator's target holds beyond its moved source. Small residuals are shading: they are added
on top of the moved pixels and leave their detail. Large ones are new content, which takes the moved pixels' place.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from engine.compositor.filters import blur, channel_mean, luminance, mix, smoothstep, times, weighted_blur, wide_ratio
from engine.compositor.layers import FaceLayers
from engine.types import FloatArray

_SHADING: Final = (0.004, 0.02)
_NEW_ON_SKIN: Final = (0.05, 0.15)
_NEW_IN_FEATURES: Final = (0.028, 0.07)
_STRETCHED: Final = (0.25, 0.6)
_SKIN_SHARE: Final = 0.6
_NEIGHBOURHOOD: Final = np.ones((7, 7), np.uint8)
_LIP_TRUST: Final = np.float32(0.85)
_MOUTH_WIDTH_PX: Final = 4.0
_CORE_PX: Final = 1.2
_LID_TRUST: Final = 0.9
_LID_FILL: Final = 0.65
_LID_SKIN_PX: Final = 2.5
_LID_SHADING: Final = 0.25
_TINT_WIDTH_PX: Final = 20.0
_TINTED: Final = np.float32(0.006)
_TINT_OUTLIER: Final = np.float32(0.06)
_SEAM_WIDTH_PX: Final = 5.0
_SEAM_LIMITS: Final = (0.6, 1.6)


@dataclass(frozen=True, slots=True, eq=False)
class MovedPictures:
    """The generator's pictures and the crop, registered and moved, in the crop's colours.

    Attributes:
        target: float32 [S, S, 3] RGB, what the face should look like.
        source: the generator's source, moved to the target.
        crop: the real crop, moved to the target.
        stretching: float32 [S, S], Jacobian determinant of the motion.
        mask: float32 [S, S], where the face may change.
        features: float32 [S, S], mouth and eyes.
        layers: the sliding parts, moved with the face.
    """

    target: FloatArray
    source: FloatArray
    crop: FloatArray
    stretching: FloatArray
    mask: FloatArray
    features: FloatArray
    layers: FaceLayers


def new_content(moved: MovedPictures, sharpening: float, shading: float) -> tuple[FloatArray, FloatArray]:
    """Find what to add to the moved pixels.

    Args:
        moved: the pictures to compare.
        sharpening: unsharp gain on what is taken from the generator.
        shading: share of the shading that is added.

    Returns:
        share: float32 [S, S], 0..1, of the moved pixel that gives way.
        addend: float32 [S, S, 3], added to the rest; 0..1 scale, may be negative.
    """
    residual = _without_tint(moved)
    opened = moved.layers.opened
    beside = _beside(opened)
    share = np.maximum(_replaced_share(residual, moved) * (1 - beside), opened)
    strength = blur(channel_mean(np.square(residual)), 1.0)
    shaded = blur(smoothstep(np.sqrt(strength), *_SHADING) * moved.mask, 1.0)
    shaded = (np.maximum(shaded, share) - share) * (1 - beside)
    content = _sharpened(_seamless(moved, share), opened, sharpening)
    content = _with_lid_skin(content, moved)
    shaded *= np.float32(shading) * (1 - (1 - _LID_SHADING) * moved.layers.closed)
    addend = times(content, share) + times(residual, shaded)
    return share, addend


def _sharpened(content: FloatArray, opened: FloatArray, amount: float) -> FloatArray:
    """Undo some of the generator's blur; inside a mouth more, where it mixed in the lips."""
    gain = np.float32(amount)
    finer = content + gain * (content - blur(content, 1.5))
    if not opened.any():
        return np.clip(finer, 0.0, 1.0)
    inside = np.square(opened)
    finer += times(content - blur(content, _MOUTH_WIDTH_PX), gain * inside)
    finer = np.clip(finer, 0.0, 1.0)
    return mix(finer, weighted_blur(finer, inside, _CORE_PX, 1e-3), inside)


def _with_lid_skin(content: FloatArray, moved: MovedPictures) -> FloatArray:
    """Unrolled lids show the frame's own skin, smoothed across the streaks that stretching leaves."""
    unrolled = moved.layers.unrolled
    if not unrolled.any():
        return content
    skin = weighted_blur(moved.crop, unrolled, _LID_SKIN_PX, 1e-3)
    return mix(content, skin, unrolled)


def _beside(opened: FloatArray) -> FloatArray:
    """Lips around an opened mouth, 0..1: the generator's blur darkens them, the frame knows better."""
    if not opened.any():
        return opened
    grown = blur(np.asarray(cv2.dilate(opened, _NEIGHBOURHOOD), np.float32), 1.0)
    return np.asarray(_LIP_TRUST * np.maximum(grown - opened, 0), np.float32)


def _without_tint(moved: MovedPictures) -> FloatArray:
    """The residual less its broad mean: a generator also shifts the whole picture's colours, which is no expression."""
    residual = moved.target - moved.source
    energy = channel_mean(np.square(residual))
    ordinary = moved.mask / (1 + 3 * energy / _TINT_OUTLIER**2)
    tint = weighted_blur(residual, ordinary, _TINT_WIDTH_PX, 0.02)
    # Where nothing differs, nothing is tinted either.
    return times(residual - tint, energy / (energy + _TINTED**2))


def _replaced_share(residual: FloatArray, moved: MovedPictures) -> FloatArray:
    """How much each pixel is new content, by the residual's size (colour counts more than light) and by stretching."""
    light = luminance(residual)
    colour = channel_mean(np.square(residual - cv2.merge([light] * 3)))
    error = np.sqrt(blur(np.square(light) + 3 * colour, 0.8))
    in_features = smoothstep(error, *_NEW_IN_FEATURES)
    torn = (1 - smoothstep(moved.stretching, *_STRETCHED)) * smoothstep(
        error, _NEW_IN_FEATURES[0] / 2, _NEW_IN_FEATURES[1] / 2
    )
    in_features = 1 - (1 - in_features) * (1 - torn)
    on_skin = _SKIN_SHARE * smoothstep(error, *_NEW_ON_SKIN)
    share = on_skin + moved.features * (in_features - on_skin)
    share = share * (1 - _LID_TRUST * moved.layers.closed)
    share = np.maximum(share, _LID_FILL * moved.layers.unrolled)
    return blur(share * moved.mask, 0.7)


def _seamless(moved: MovedPictures, share: FloatArray) -> FloatArray:
    """The target, tinted to agree with the moved crop around the places where it will show."""
    around = moved.mask * (1 - share)
    tint = wide_ratio(times(moved.crop, around), times(moved.target, around), _SEAM_WIDTH_PX, _SEAM_LIMITS)
    return np.asarray(np.minimum(moved.target * tint, 1), np.float32)
