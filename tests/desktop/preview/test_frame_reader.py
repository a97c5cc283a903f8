"""Frames of a video at any time, whichever way one comes there."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.preview.frame_reader import FrameReader
from engine.media import open_source
from tests.engine.media.clips import make_video

RATE = Fraction(25)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    return make_video(path)


@pytest.fixture(scope="module")
def indices(clip: Path) -> list[tuple[Fraction, int]]:
    with open_source(clip) as source:
        return [(frame.time, frame.index) for frame in source]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(st.integers(0, 2000), min_size=1, max_size=5))
def test_the_frame_is_the_one_that_shows_then(
    clip: Path, indices: list[tuple[Fraction, int]], moments: list[int]
) -> None:
    reader = FrameReader(clip, RATE)
    try:
        for milliseconds in moments:
            time = Fraction(milliseconds, 1000)
            expected = [index for start, index in indices if start <= time][-1]
            assert reader.at(time).index == expected
    finally:
        reader.close()
