import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from engine.errors import MediaError
from engine.media.file_source import FileSource
from engine.media.protocols import VideoInfo
from engine.media.recording import Recording
from engine.types import Frame
from tests.engine.media.clips import (
    HEIGHT,
    NTSC,
    NTSC_TICK,
    WIDTH,
    Clip,
    audio_times,
    frames_of,
    make_video,
    noise_pictures,
    smooth_pictures,
    sound_of,
)

INFO = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=NTSC, time_base=NTSC_TICK)
SUFFIXES = (".mp4", ".mov", ".mkv", ".webm")


def shown_in(path: Path) -> int:
    with FileSource(path) as source:
        return sum(1 for _ in source)


def record(recording: Recording, count: int, pictures: list[np.ndarray] | None = None) -> None:
    for frame in frames_of(pictures or smooth_pictures(count)):
        recording.write(frame)
    recording.finish()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_recording_is_an_ordinary_video(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with Recording(path, INFO) as recording:
        record(recording, 40)
    assert recording.is_kept
    assert shown_in(path) == 40
    assert list(tmp_path.iterdir()) == [path]
    if suffix == ".mp4":
        assert b"moof" not in path.read_bytes()[:2000]


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_leaves_what_was_recorded(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    pictures = noise_pictures(150)
    recording = Recording(path, INFO)
    with limited_file_size(60_000 if suffix == ".webm" else 200_000), pytest.raises(MediaError) as caught:
        record(recording, 120, pictures)
    assert "larger" in caught.value.message
    assert recording.is_kept
    assert list(tmp_path.iterdir()) == [path]
    assert shown_in(path) >= 15


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_a_disk_that_is_full_at_once_leaves_nothing(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.mp4", INFO)
    with limited_file_size(100), pytest.raises(MediaError):
        record(recording, 120, noise_pictures(120))
    assert list(tmp_path.iterdir()) == []


def test_the_sound_ends_with_the_picture(tmp_path: Path) -> None:
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 60 * 1001, 1001), audio="aac"))
    with FileSource(clip) as source, Recording(tmp_path / "a.mp4", source.info) as recording:
        for frame in list(source)[:30]:
            recording.write(frame)
    samples, rate = sound_of(tmp_path / "a.mp4")
    assert len(samples) / rate == pytest.approx(30 / NTSC, abs=0.06)


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_sound_and_picture_begin_together(tmp_path: Path, suffix: str) -> None:
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 60 * 1001, 1001), audio="aac"))
    path = tmp_path / f"a{suffix}"
    with FileSource(clip) as source, Recording(path, source.info) as recording:
        for frame in source:
            recording.write(frame)
    with av.open(str(path)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        starts = [float((stream.start_time or 0) * (stream.time_base or 0)) for stream in (picture, sound)]
    assert starts == pytest.approx([0, 0], abs=0.03)


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_the_sound_follows_a_jump(tmp_path: Path, suffix: str) -> None:
    """A clip starts again after 40 of its 60 frames: so does its sound, copied or encoded anew."""
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 60 * 1001, 1001), audio="aac"))
    path = tmp_path / f"a{suffix}"
    with FileSource(clip) as source:
        frames = list(source)
        with Recording(path, source.info) as recording:
            for frame in frames[:40]:
                recording.write(frame)
            offset = frames[40].time
            recording.jump(offset, source.info.start)
            for frame in frames[:40]:
                recording.write(Frame(frame.pixels, frame.time + offset, 40 + frame.index))
    samples, rate = sound_of(path)
    assert len(samples) / rate == pytest.approx(80 / NTSC, abs=0.1)
    times = audio_times(path)
    assert times == sorted(set(times))
    assert max(b - a for a, b in itertools.pairwise(times)) < 0.1
    assert shown_in(path) == 80


def test_the_sound_may_end_before_the_picture(tmp_path: Path) -> None:
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 60 * 1001, 1001), audio="aac"))
    with FileSource(clip) as source:
        frames = list(source)
        with Recording(tmp_path / "a.mp4", source.info) as recording:
            for frame in frames[:20]:
                recording.write(frame)
            recording.jump(frames[20].time, None)
            for frame in frames[20:]:
                recording.write(frame)
    samples, rate = sound_of(tmp_path / "a.mp4")
    assert len(samples) / rate == pytest.approx(20 / NTSC, abs=0.06)


@contextmanager
def limited_file_size(size: int) -> Iterator[None]:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
