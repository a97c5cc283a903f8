"""Between the frames of a codec and RGB arrays: the right matrix and range on the way in and on the way out.

FFmpeg's scaler does the arithmetic, with the matrix and range that the frame's tags name (BT.601 where a frame has no
tags, as everywhere in FFmpeg). Two conversions to RGB are offered, because two promises exclude each other:

- STANDARD is FFmpeg's own fast one, bit for bit what `ffmpeg -pix_fmt rgb24`, PyAV's `to_ndarray(format="rgb24")` and
  their users see. It cuts fractions off, so RGB is 1.2 levels too dark on average, and a video that goes through it and
  back to Y'CbCr loses about 1 level of luma each time.
- ACCURATE rounds, and interpolates chroma. There and back, luma is off by 0.01 levels on average.

A lossless RGB export (FFV1, PNG) of frames read with STANDARD decodes to exactly the RGB that any FFmpeg-based program
decodes from the source: RGB is stored as RGB, without a matrix, in 8 bits. For lossy codecs read with ACCURATE.
"""

from enum import StrEnum
from typing import Final

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from engine.media.colour_tags import (
    BT470BG_MATRIX,
    BT709_CODE,
    BT2020_MATRIX,
    FCC_MATRIX,
    RGB_MATRIX,
    SMPTE170M_MATRIX,
    SMPTE240M_MATRIX,
    UNSPECIFIED,
    ColourTags,
)
from engine.types import RGBImage


class Conversion(StrEnum):
    """How Y'CbCr becomes RGB; see the module's text."""

    STANDARD = "standard"
    ACCURATE = "accurate"


_ACCURATE_FLAGS: Final = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
_WRITING_FLAGS: Final = Interpolation.AREA | Interpolation.ACCURATE_RND
_SCALER_MATRICES: Final = {
    BT709_CODE: Colorspace.ITU709,
    UNSPECIFIED: Colorspace.ITU601,
    FCC_MATRIX: Colorspace.FCC,
    BT470BG_MATRIX: Colorspace.ITU601,
    SMPTE170M_MATRIX: Colorspace.ITU601,
    SMPTE240M_MATRIX: Colorspace.SMPTE240M,
    BT2020_MATRIX: Colorspace.BT2020,
}
"""The matrices that FFmpeg's scaler knows, by their code in the tags."""


def tags_of(frame: av.VideoFrame) -> ColourTags:
    """Read the colour tags of a decoded frame."""
    ranges = {int(ColorRange.MPEG): False, int(ColorRange.JPEG): True}
    return ColourTags(frame.color_primaries, frame.color_trc, frame.colorspace, ranges.get(frame.color_range))


def encodable_tags(tags: ColourTags, pixel_format: str) -> ColourTags:
    """Return the tags to encode `pixel_format` with, for frames that came from a source tagged `tags`.

    The RGB values keep the source's primaries and transfer, so these tags stay. Y'CbCr also keeps the source's matrix,
    where the scaler knows it, so that a pass through RGB changes as little as possible, and is always of limited range,
    which every player handles. An untagged source stays untagged: players go on guessing the same for both.
    """
    if av.VideoFormat(pixel_format).is_rgb:
        return ColourTags(tags.primaries, tags.transfer, RGB_MATRIX, full_range=True)
    matrix = tags.matrix if tags.matrix in _SCALER_MATRICES else BT709_CODE
    return ColourTags(tags.primaries, tags.transfer, matrix, full_range=False)


class RGBReader:
    """Turns decoded frames into RGB arrays of one size. Owned by one thread.

    Args:
        width, height: of the arrays; frames of another size are scaled.
        conversion: how Y'CbCr becomes RGB.
    """

    def __init__(self, width: int, height: int, conversion: Conversion) -> None:
        self._width: Final = width
        self._height: Final = height
        self._conversion: Final = conversion
        self._reformatter: Final = VideoReformatter()

    def read(self, frame: av.VideoFrame) -> RGBImage:
        """Return uint8 [height, width, 3] RGB, C-contiguous."""
        if self._conversion is Conversion.ACCURATE and not frame.format.is_rgb:
            # The scaler has fast accurate code for planes only; the planes are interleaved afterwards.
            rgb = self._reformatter.reformat(frame, self._width, self._height, "gbrp", interpolation=_ACCURATE_FLAGS)
        else:
            rgb = self._reformatter.reformat(frame, self._width, self._height, "rgb24")
        return np.ascontiguousarray(rgb.to_ndarray(), np.uint8)


class FrameWriter:
    """Turns RGB arrays into frames for an encoder. Owned by one thread.

    Args:
        pixel_format: the encoder's, as FFmpeg names it.
        tags: from `encodable_tags`.
        width, height: of the frames; arrays that are smaller by one row or column have their last one repeated.
    """

    def __init__(self, pixel_format: str, tags: ColourTags, width: int, height: int) -> None:
        self._pixel_format: Final = pixel_format
        self._tags: Final = tags
        self._width: Final = width
        self._height: Final = height
        self._reformatter: Final = VideoReformatter()

    def write(self, pixels: RGBImage) -> av.VideoFrame:
        """Return a frame with the tags set, made from uint8 [H, W, 3] RGB."""
        height, width = pixels.shape[:2]
        below, right = self._height - height, self._width - width
        if below or right:
            padded = cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REPLICATE)
            pixels = padded.astype(np.uint8, copy=False)
        rgb = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        if av.VideoFormat(self._pixel_format).is_rgb:
            frame = self._reformatter.reformat(rgb, format=self._pixel_format)
        else:
            frame = self._reformatter.reformat(
                rgb,
                format=self._pixel_format,
                dst_colorspace=_SCALER_MATRICES[self._tags.matrix],
                dst_color_range=ColorRange.MPEG,
                interpolation=_WRITING_FLAGS,
            )
        frame.colorspace = self._tags.matrix
        frame.color_primaries = self._tags.primaries
        frame.color_trc = self._tags.transfer
        frame.color_range = ColorRange.JPEG if self._tags.full_range else ColorRange.MPEG
        return frame
