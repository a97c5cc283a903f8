from pathlib import Path

import av
import numpy as np
import pytest

from engine.media.orientation import Orientation, orientation_of
from engine.types import RGBImage
from tests.engine.media.clips import Clip, make_video, noise_pictures

SIDES = (False, True)
ALL = [Orientation(transposed, columns, rows) for transposed in SIDES for columns in SIDES for rows in SIDES]


def stored_orientation(path: Path) -> Orientation:
    with av.open(str(path)) as container:
        return orientation_of(next(container.decode(video=0)))


def seen(picture: RGBImage, rotation: int, flips: bool) -> RGBImage:
    turned = np.rot90(picture, rotation // 90)
    return turned[:, ::-1] if flips else turned


@pytest.mark.parametrize("flips", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_eight_ways_a_video_can_lie(tmp_path: Path, rotation: int, flips: bool) -> None:
    path = make_video(tmp_path / "a.mp4", Clip(rotation=rotation, flips=flips))
    picture = noise_pictures(1)[0]
    np.testing.assert_array_equal(stored_orientation(path).upright(picture), seen(picture, rotation, flips))


def test_most_videos_are_upright(tmp_path: Path) -> None:
    orientation = stored_orientation(make_video(tmp_path / "a.mp4"))
    assert orientation == Orientation()
    picture = noise_pictures(1)[0]
    assert orientation.upright(picture) is picture


@pytest.mark.parametrize("orientation", ALL)
def test_upright_pictures_are_contiguous(orientation: Orientation) -> None:
    pixels = orientation.upright(noise_pictures(1)[0])
    assert pixels.flags.c_contiguous
    assert pixels.dtype == np.uint8
