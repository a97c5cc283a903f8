from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError
from engine.media import Encoding, VideoCodec, VideoInfo, open_source
from engine.retargeting import BesideVideo
from engine.types import Frame, RGBImage
from tests.engine.media.clips import Clip, make_video

GREYS = (50, 100, 150)
RATE = Fraction(25)
RESULT = VideoInfo(width=32, height=24, average_rate=RATE, time_base=1 / RATE)
LOSSLESS = Encoding(VideoCodec.FFV1)


def grey(value: int, width: int, height: int) -> RGBImage:
    return np.full((height, width, 3), value, np.uint8)


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    clip = Clip(codec="ffv1", pixel_format="bgr0", options={}, rate=RATE, time_base=1 / RATE, times=(0, 1, 2))
    return make_video(tmp_path / "driver.mkv", clip, [grey(value, 64, 48) for value in GREYS])


@pytest.mark.parametrize(("delay", "shown"), [("0", [50, 100, 150, 150]), ("1/25", [0, 50, 100, 150])])
def test_the_frame_of_the_driver_that_drives_is_beside_each_result(
    driver: Path, tmp_path: Path, delay: str, shown: list[int]
) -> None:
    path = tmp_path / "beside.mkv"
    with BesideVideo(path, driver, RESULT, Fraction(delay), LOSSLESS, keep_audio=False, overwrite=False) as video:
        for index in range(4):
            video.write(Frame(grey(200 + index, 32, 24), index / RATE, index))
    with open_source(path) as source:
        frames = [frame.pixels for frame in source]
    assert frames[0].shape == (24, 64, 3)
    assert [int(frame[12, 16, 0]) for frame in frames] == shown
    assert [int(frame[12, 48, 0]) for frame in frames] == [200, 201, 202, 203]


def test_after_an_error_nothing_is_left(driver: Path, tmp_path: Path) -> None:
    path = tmp_path / "beside.mkv"

    def fail_on_the_way() -> None:
        with BesideVideo(path, driver, RESULT, Fraction(0), LOSSLESS, keep_audio=False, overwrite=False) as video:
            video.write(Frame(grey(1, 32, 24), Fraction(0), 0))
            raise MediaError("stop")

    with pytest.raises(MediaError, match="stop"):
        fail_on_the_way()
    assert list(tmp_path.iterdir()) == [driver]


def test_a_video_that_exists_is_spared(driver: Path, tmp_path: Path) -> None:
    path = tmp_path / "beside.mkv"
    path.write_text("mine")
    with pytest.raises(MediaError, match="exists"):
        BesideVideo(path, driver, RESULT, Fraction(0), LOSSLESS, keep_audio=False, overwrite=False)
    assert path.read_text() == "mine"
