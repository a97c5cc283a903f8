from fractions import Fraction
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from engine.media import Conversion, Encoding, Speed, VideoCodec, open_sink, open_source
from tests.engine.media.clips import audio_payloads

FRAMES = 472
RATE = Fraction(24000, 1001)


@pytest.fixture
def clip(shared: Path) -> Path:
    return shared / "media" / "pexels_woman_crying_to_laughing.mp4"


def test_a_lossless_round_trip_keeps_every_bit(clip: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.mkv"
    with open_source(clip) as source:
        assert source.info.frame_count == FRAMES
        assert source.info.average_rate == RATE
        read = []
        with open_sink(path, source.info, encoding=Encoding(VideoCodec.FFV1)) as sink:
            for frame in source:
                sink.write(frame)
                read.append((frame.time, crc32(frame.pixels.tobytes())))
    with open_source(path) as result:
        assert result.info.average_rate == RATE
        assert [(frame.time, crc32(frame.pixels.tobytes())) for frame in result] == read
    assert [time for time, _ in read] == [index / RATE for index in range(FRAMES)]
    assert audio_payloads(path) == audio_payloads(clip)


def test_a_round_trip_through_h264_looks_the_same(clip: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with open_source(clip, conversion=Conversion.ACCURATE) as source:
        with open_sink(path, source.info, encoding=Encoding(speed=Speed.FAST)) as sink:
            for frame in source:
                sink.write(frame)
        with open_source(path, conversion=Conversion.ACCURATE) as result:
            assert result.info.frame_count == FRAMES
            assert result.info.average_rate == RATE
            assert result.info.colour == source.info.colour
            assert result.info.duration is not None
            assert source.info.duration is not None
            assert abs(result.info.duration - source.info.duration) < 1 / RATE / 2
            for before, after in zip(source.frames(Fraction(19)), result.frames(Fraction(19)), strict=True):
                difference = after.pixels.astype(float) - before.pixels
                assert 10 * np.log10(255**2 / (difference**2).mean()) > 38
                assert abs(difference.mean()) < 0.3
    assert audio_payloads(path) == audio_payloads(clip)
