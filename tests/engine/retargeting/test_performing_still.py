from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.curves import AUCurves
from engine.media import Photo, open_source, write_photo
from engine.retargeting import Performance, PerformingStill
from tests.engine.media.clips import NTSC, Clip, make_video


def curves_at(*times: Fraction) -> AUCurves:
    return AUCurves(times, np.zeros((len(times), 17), np.float32))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    write_photo(tmp_path / "face.png", Photo(np.full((48, 64, 3), 9, np.uint8)))
    return tmp_path / "face.png"


def test_it_is_shown_at_the_times_of_the_performance_from_0_on(photo: Path) -> None:
    times = [Fraction(5), Fraction(51, 10), Fraction(53, 10), Fraction(54, 10)]
    still = PerformingStill(photo, Performance(curves_at(*times)))
    frames = list(still)
    assert [frame.time for frame in frames] == [time - 5 for time in times]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    assert all(frame.pixels is frames[0].pixels for frame in frames)
    assert still.info.is_still
    assert still.info.time_base == Fraction(1, 10)
    assert still.info.average_rate == Fraction(30, 4)
    assert still.info.frame_count == 4
    assert not still.info.has_audio


def test_a_clip_lends_its_clock_and_its_sound(photo: Path, tmp_path: Path) -> None:
    path = make_video(tmp_path / "clip.mp4", Clip(audio="aac"))
    with open_source(path) as source:
        clip = source.info
        times = [frame.time for frame in source]
    info = PerformingStill(photo, Performance(curves_at(*times), clip)).info
    assert (info.average_rate, info.time_base, info.has_audio, info.path) == (NTSC, clip.time_base, True, path)
    assert (info.width, info.height) == (64, 48)


def test_reading_can_start_anywhere(photo: Path) -> None:
    still = PerformingStill(photo, Performance(curves_at(*(Fraction(frame, 25) for frame in range(5)))))
    assert [frame.index for frame in still.frames(Fraction(3, 25))] == [3, 4]
    assert [frame.index for frame in still.frames(Fraction(99, 1000))] == [2, 3, 4]


def test_one_moment_makes_one_frame(photo: Path) -> None:
    still = PerformingStill(photo, Performance(curves_at(Fraction(7))))
    assert [frame.time for frame in still] == [Fraction(0)]
    assert still.info.time_base > 0
