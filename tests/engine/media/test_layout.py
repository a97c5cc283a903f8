from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import MediaError
from engine.media import Layout, Photo, SizeLimit, VideoInfo
from tests.engine.media.clips import smooth_pictures

BEFORE, AFTER = smooth_pictures(2, (64, 48))
INFO = VideoInfo(width=64, height=48, average_rate=Fraction(25), time_base=Fraction(1, 25))
sides = st.integers(2, 8000)


@pytest.mark.parametrize(
    ("text", "size", "fitted"),
    [
        ("720p", (1920, 1080), (1280, 720)),
        ("1080p", (3840, 2160), (1920, 1080)),
        ("1080p", (4096, 1716), (1920, 804)),
        ("1080p", (2160, 3840), (1080, 1920)),
        ("720p", (1600, 1200), (960, 720)),
        ("480p", (1920, 1080), (854, 480)),
        ("1280x720", (1080, 1920), (720, 1280)),
        ("1080p", (640, 361), (640, 361)),
    ],
)
def test_sizes(text: str, size: tuple[int, int], fitted: tuple[int, int]) -> None:
    limit = SizeLimit.parse(text)
    assert limit is not None
    assert limit.fitted(*size) == fitted


def test_the_original_size_is_no_limit() -> None:
    assert SizeLimit.parse("Original") is None


@pytest.mark.parametrize("text", ["", "huge", "0x0", "720", "1280x", "720i"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(MediaError, match="is not a size"):
        SizeLimit.parse(text)


@given(sides, sides, st.sampled_from([360, 720, 1080]))
def test_a_smaller_picture_is_even_and_keeps_its_shape(width: int, height: int, lines: int) -> None:
    limit = SizeLimit.lines(lines)
    new = limit.fitted(width, height)
    if new == (width, height):
        return
    assert all(side % 2 == 0 and side >= 2 for side in new)
    assert max(new) <= limit.longer_px + 1
    assert min(new) <= limit.shorter_px + 1
    scale = max(new) / max(width, height)
    assert abs(min(new) - scale * min(width, height)) <= 2


def test_the_picture_itself_where_nothing_is_asked_for() -> None:
    layout = Layout(INFO, None, beside=False, mark=False)
    assert layout.picture(BEFORE, AFTER) is AFTER
    assert layout.info == INFO


def test_the_original_stands_to_the_left() -> None:
    layout = Layout(INFO, None, beside=True, mark=False)
    both = layout.picture(BEFORE, AFTER)
    assert (layout.info.width, layout.info.height) == (128, 48)
    assert np.array_equal(both, np.hstack([BEFORE, AFTER]))


def test_the_mark_is_on_the_result_only() -> None:
    both = Layout(INFO, None, beside=True, mark=True).picture(BEFORE, AFTER)
    assert np.array_equal(both[:, :64], BEFORE)
    assert not np.array_equal(both[:, 64:], AFTER)


def test_scaled_pictures_have_the_size_that_is_said() -> None:
    layout = Layout(INFO, SizeLimit(32, 24), beside=True, mark=False)
    both = layout.picture(BEFORE, AFTER)
    assert both.shape == (layout.info.height, layout.info.width, 3) == (24, 64, 3)
    assert abs(both[:, :32].mean() - BEFORE.mean()) < 1


def test_transparency_is_laid_out_as_the_colours_are() -> None:
    photo = Photo(AFTER, BEFORE[..., 0])
    like = Layout(INFO, SizeLimit(32, 24), beside=True, mark=False).like(photo)
    assert like is not None
    assert like.alpha is not None
    assert like.alpha.shape == (24, 64)
    opaque = Layout(INFO, None, beside=False, mark=True).like(Photo(AFTER, np.zeros((48, 64), np.uint8)))
    assert opaque is not None
    assert opaque.alpha is not None
    assert opaque.alpha.max() > 240
