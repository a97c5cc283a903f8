from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.media.colour import Conversion, FrameWriter, RGBReader, encodable_tags, tags_of
from engine.media.colour_tags import BT709, ColourTags
from engine.types import RGBImage
from tests.engine.media.clips import Clip, make_video, noise_pictures, smooth_pictures

LUMA_WEIGHTS = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}
"""Weights of red and blue in luma, from BT.709, BT.601 and BT.2020, by matrix code."""
SIDE = 16


def y_cb_cr_frame(values: tuple[int, int, int], matrix: int, colour_range: int) -> av.VideoFrame:
    frame = av.VideoFrame(SIDE, SIDE, "yuv444p")
    for plane, value in zip(frame.planes, values, strict=True):
        plane.update(bytes([value]) * (plane.line_size * plane.height))
    frame.colorspace, frame.color_range = matrix, colour_range
    return frame


def rgb_by_hand(values: tuple[int, int, int], matrix: int, is_full: bool) -> NDArray[np.float64]:
    """The standards' own equations, in floating point."""
    red_weight, blue_weight = LUMA_WEIGHTS[matrix]
    luma = values[0] / 255 if is_full else (values[0] - 16) / 219
    blue, red = ((value - 128) / (255 if is_full else 224) for value in values[1:])
    r = luma + 2 * (1 - red_weight) * red
    b = luma + 2 * (1 - blue_weight) * blue
    g = (luma - red_weight * r - blue_weight * b) / (1 - red_weight - blue_weight)
    rgb: NDArray[np.float64] = np.clip(np.array([r, g, b]) * 255, 0, 255)
    return rgb


COLOURS = [
    (16, 128, 128),
    (235, 128, 128),
    (126, 128, 128),
    (81, 90, 240),
    (145, 54, 34),
    (41, 240, 110),
    (100, 150, 90),
]


@pytest.mark.parametrize("matrix", sorted(LUMA_WEIGHTS))
@pytest.mark.parametrize("colour_range", [1, 2])
@pytest.mark.parametrize(("conversion", "tolerance"), [(Conversion.STANDARD, 3.0), (Conversion.ACCURATE, 1.0)])
def test_the_tagged_matrix_and_range_are_used(
    matrix: int, colour_range: int, conversion: Conversion, tolerance: float
) -> None:
    reader = RGBReader(SIDE, SIDE, conversion)
    for values in COLOURS:
        pixels = reader.read(y_cb_cr_frame(values, matrix, colour_range))
        expected = rgb_by_hand(values, matrix, is_full=colour_range == 2)
        np.testing.assert_allclose(pixels[8, 8], expected, atol=tolerance, err_msg=str(values))


@pytest.mark.parametrize("conversion", Conversion)
def test_untagged_video_is_bt601_of_limited_range_as_in_ffmpeg(conversion: Conversion) -> None:
    pixels = RGBReader(SIDE, SIDE, conversion).read(y_cb_cr_frame((81, 90, 240), 2, 0))
    np.testing.assert_allclose(pixels[8, 8], rgb_by_hand((81, 90, 240), 6, is_full=False), atol=3)


@pytest.mark.parametrize(
    "pixel_format", ["yuv420p", "yuv422p", "yuvj420p", "yuv420p10le", "nv12", "bgr0", "gbrp", "gray"]
)
def test_standard_is_what_pyav_gives(pixel_format: str) -> None:
    frame = av.VideoFrame.from_ndarray(smooth_pictures(1)[0], format="rgb24").reformat(format=pixel_format)
    pixels = RGBReader(64, 48, Conversion.STANDARD).read(frame)
    np.testing.assert_array_equal(pixels, frame.to_ndarray(format="rgb24"))


@pytest.mark.parametrize("conversion", Conversion)
@pytest.mark.parametrize("pixel_format", ["bgr0", "gbrp"])
def test_rgb_video_is_read_without_loss(pixel_format: str, conversion: Conversion) -> None:
    picture = noise_pictures(1)[0]
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pixel_format)
    np.testing.assert_array_equal(RGBReader(64, 48, conversion).read(frame), picture)


def test_a_frame_of_another_size_is_scaled() -> None:
    frame = av.VideoFrame.from_ndarray(smooth_pictures(1, (128, 96))[0], format="rgb24")
    pixels = RGBReader(64, 48, Conversion.STANDARD).read(frame)
    np.testing.assert_allclose(pixels, smooth_pictures(1)[0], atol=4)


@pytest.mark.parametrize("matrix", sorted(LUMA_WEIGHTS))
@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv422p10le"])
def test_written_frames_are_of_limited_range_in_the_tagged_matrix(matrix: int, pixel_format: str) -> None:
    red_weight, blue_weight = LUMA_WEIGHTS[matrix]
    tags = ColourTags(1, 1, matrix, full_range=False)
    for colour in [(255, 255, 255), (0, 0, 0), (200, 40, 90), (10, 220, 30)]:
        frame = FrameWriter(pixel_format, tags, SIDE, SIDE).write(np.full((SIDE, SIDE, 3), colour, np.uint8))
        red, green, blue = (value / 255 for value in colour)
        luma = red_weight * red + (1 - red_weight - blue_weight) * green + blue_weight * blue
        expected = (
            16 + 219 * luma,
            128 + 112 * (blue - luma) / (1 - blue_weight),
            128 + 112 * (red - luma) / (1 - red_weight),
        )
        scale = 4 if "10" in pixel_format else 1
        kind = np.uint16 if "10" in pixel_format else np.uint8
        values = [np.frombuffer(bytes(plane), kind)[0] / scale for plane in frame.planes]
        np.testing.assert_allclose(values, expected, atol=1, err_msg=str(colour))
        assert tags_of(frame) == tags


def test_accurate_there_and_back_keeps_brightness() -> None:
    source = FrameWriter("yuv420p", BT709, 64, 48).write(noise_pictures(1)[0] // 2 + 64)
    pixels = RGBReader(64, 48, Conversion.ACCURATE).read(source)
    again = FrameWriter("yuv420p", BT709, 64, 48).write(pixels)
    before, after = (np.frombuffer(bytes(frame.planes[0]), np.uint8).astype(int) for frame in (source, again))
    assert abs((after - before).mean()) < 0.1
    assert np.abs(after - before).max() <= 2


def test_an_odd_side_repeats_its_last_row_and_column() -> None:
    picture = noise_pictures(1, (5, 3))[0]
    frame = FrameWriter("yuv444p", BT709, 6, 4).write(picture)
    luma = np.frombuffer(bytes(frame.planes[0]), np.uint8).reshape(4, -1)[:, :6]
    np.testing.assert_array_equal(luma[3], luma[2])
    np.testing.assert_array_equal(luma[:, 5], luma[:, 4])


@pytest.mark.parametrize(
    ("source", "pixel_format", "expected"),
    [
        (BT709, "yuv420p", BT709),
        (ColourTags(6, 6, 6, full_range=True), "yuv420p", ColourTags(6, 6, 6, full_range=False)),
        (ColourTags(9, 16, 9, full_range=False), "yuv420p", ColourTags(9, 16, 9, full_range=False)),
        (ColourTags(), "yuv420p", ColourTags(full_range=False)),
        (ColourTags(1, 13, 0, full_range=True), "yuv420p", ColourTags(1, 13, 1, full_range=False)),
        (ColourTags(9, 16, 14, full_range=False), "yuv420p", ColourTags(9, 16, 1, full_range=False)),
        (BT709, "bgr0", ColourTags(1, 1, 0, full_range=True)),
    ],
)
def test_tags_follow_the_source(source: ColourTags, pixel_format: str, expected: ColourTags) -> None:
    assert encodable_tags(source, pixel_format) == expected


def test_reading_leaves_the_frame_as_it_is(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", Clip(tags=(6, 6, 6, 1), rate=Fraction(25)))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        before = tags_of(frame)
        first: RGBImage = RGBReader(64, 48, Conversion.ACCURATE).read(frame)
        assert tags_of(frame) == before == ColourTags(6, 6, 6, full_range=False)
        np.testing.assert_array_equal(RGBReader(64, 48, Conversion.ACCURATE).read(frame), first)
