import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.media import VisibleMark


@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize(("width", "height"), [(640, 360), (720, 1280)])
def test_only_its_own_pixels_change_in_the_lower_right_corner(width: int, height: int, grey: int) -> None:
    picture = np.full((height, width, 3), grey, np.uint8)
    mark = VisibleMark(width, height)
    marked = mark.on(picture)
    changed = (marked != picture).any(axis=2)
    assert not changed[mark.coverage == 0].any()
    rows, columns = np.nonzero(changed)
    assert rows.min() > 0.9 * height
    assert columns.min() > 0.7 * width
    assert columns.max() < width - 1
    assert (picture == grey).all()


@pytest.mark.parametrize("grey", [0, 90, 200, 255])
def test_it_is_legible_on_any_ground(grey: int) -> None:
    marked = VisibleMark(1280, 720).on(np.full((720, 1280, 3), grey, np.uint8))
    corner = marked[-60:, -200:].astype(int)
    assert corner.max() - corner.min() > 80


def test_it_grows_with_the_picture() -> None:
    heights = [np.ptp(np.flatnonzero(VisibleMark(*size).coverage.any(axis=1))) for size in ((640, 360), (1920, 1080))]
    assert 2 < heights[1] / heights[0] < 4


@given(st.integers(1, 90), st.integers(1, 90))
def test_the_smallest_pictures_take_it(width: int, height: int) -> None:
    assert VisibleMark(width, height).on(np.zeros((height, width, 3), np.uint8)).shape == (height, width, 3)
