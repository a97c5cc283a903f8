from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.media.file_source import FileSource
from engine.media.sound import read_sound
from tests.engine.media.clips import NTSC, Clip, make_video, sound_of

LONG = tuple(range(0, 60 * 1001, 1001))
RATE = 48_000


def expected(path: Path) -> NDArray[np.float64]:
    """The same as `played` by PyAV alone, which makes one channel of two equal ones by √½ of each."""
    samples, rate = sound_of(path)
    assert rate == RATE
    scaled: NDArray[np.float64] = samples / np.sqrt(2)
    return scaled


def played(path: Path, start: Fraction = Fraction(0), rate: int = RATE) -> NDArray[np.float64]:
    """What is heard from `start` on: the left channel, -1..1."""
    with FileSource(path) as source:
        video_start = source.info.start
    data = b"".join(read_sound(path, start, rate, video_start))
    return np.frombuffer(data, np.int16).reshape(-1, 2)[:, 0] / 32768


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("clips") / "clip.mov", Clip(audio="pcm_s16le", times=LONG))


def test_all_of_it_from_the_start(clip: Path) -> None:
    samples = expected(clip)
    heard = played(clip)
    assert len(heard) == len(samples)
    assert np.abs(heard - samples).max() < 0.001


@pytest.mark.parametrize("start", [Fraction(1, 7), Fraction(1), 50 / NTSC])
def test_from_any_moment_to_the_sample(clip: Path, start: Fraction) -> None:
    samples = expected(clip)
    heard = played(clip, start)
    assert np.abs(heard - samples[round(start * RATE) :]).max() < 0.001


def test_compressed_sound_begins_in_time(tmp_path: Path) -> None:
    path = make_video(tmp_path / "clip.mp4", Clip(audio="aac", times=LONG))
    whole, part = played(path), played(path, Fraction(1))
    count = len(part) - 2000
    assert count > RATE // 2
    assert np.abs(part[:count] - whole[RATE : RATE + count]).mean() < 0.01


def test_silence_stands_where_the_sound_begins_later(tmp_path: Path) -> None:
    path = make_video(tmp_path / "late.mkv", Clip(audio="pcm_s16le", times=LONG, audio_start=Fraction(1, 2)))
    heard = played(path)
    assert not heard[: round(0.49 * RATE)].any()
    assert np.abs(heard[round(0.51 * RATE) : RATE]).max() > 0.3


def test_another_rate_lasts_as_long(clip: Path) -> None:
    assert len(played(clip, rate=44_100)) / 44_100 == pytest.approx(len(played(clip)) / RATE, abs=0.01)


def test_nothing_after_the_end_and_nothing_without_sound(clip: Path, tmp_path: Path) -> None:
    assert len(played(clip, Fraction(99))) == 0
    assert list(read_sound(make_video(tmp_path / "silent.mp4"), Fraction(0), RATE)) == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        list(read_sound(tmp_path / "none.mp4", Fraction(0), RATE))
