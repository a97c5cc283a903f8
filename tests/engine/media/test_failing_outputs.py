import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.media.encoding import Encoding, Speed, VideoCodec
from engine.media.file_sink import FileSink
from engine.media.file_source import FileSource
from engine.media.protocols import VideoInfo
from engine.types import Frame
from tests.engine.media.clips import (
    HEIGHT,
    NTSC,
    NTSC_TICK,
    WIDTH,
    Clip,
    frames_of,
    make_video,
    noise_pictures,
    smooth_pictures,
)

if sys.platform == "win32":
    pytest.skip("signals, limits and mounting are POSIX's", allow_module_level=True)

import resource

INFO = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=NTSC, time_base=NTSC_TICK)
FAST = Encoding(speed=Speed.FAST)
BIG = Encoding(quality=100, speed=Speed.FAST)


def write(path: Path, frames: list[Frame], encoding: Encoding = FAST) -> None:
    with FileSink(path, INFO, encoding) as sink:
        for frame in frames:
            sink.write(frame)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("codec", VideoCodec)
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError])
def test_an_interruption_leaves_nothing(
    tmp_path: Path, codec: VideoCodec, interruption: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    source_path = make_video(tmp_path / "source.mp4", Clip(audio="aac"))

    def interrupted(source: FileSource) -> None:
        with FileSink(tmp_path / "a.mkv", source.info, Encoding(codec, speed=Speed.FAST)) as sink:
            for frame in source:
                sink.write(frame)
                if frame.index == 8:
                    raise interruption

    with FileSource(source_path) as source, pytest.raises(interruption):
        interrupted(source)
    assert names(tmp_path) == ["source.mp4"]
    assert capfd.readouterr() == ("", "")


def test_an_interruption_keeps_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")
    sink = FileSink(path, INFO, overwrite=True)
    for frame in frames_of(noise_pictures(12)):
        sink.write(frame)
    sink.abort()
    sink.abort()
    sink.finish()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.mp4"]


def test_a_real_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    """A signal that arrives while FFmpeg encodes reaches Python only afterwards; it must not be lost."""
    sent = 0

    def send_signal(*_: object) -> None:
        nonlocal sent
        sent += 1
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGALRM, send_signal)
    frames = frames_of(noise_pictures(40))
    try:
        sink = FileSink(tmp_path / "a.mp4", INFO)
        with pytest.raises(KeyboardInterrupt):
            write_until_interrupted(sink, frames)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert sent == 1
    assert names(tmp_path) == []


def write_until_interrupted(sink: FileSink, frames: list[Frame]) -> None:
    with sink:
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        count = 0
        while True:
            for frame in frames:
                sink.write(Frame(frame.pixels, count / NTSC, count))
                count += 1


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk in memory that is soon full."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=False)
    if mounted.returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_full_disk_leaves_nothing(tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with small_disk(tmp_path / "disk", 128) as disk:
        before = os.statvfs(disk).f_bfree
        with pytest.raises(MediaError, match="disk is full") as caught:
            write(disk / name, frames_of(noise_pictures(80)), BIG)
        assert name in caught.value.message
        assert "space" in caught.value.remedy
        assert names(disk) == []
        assert os.statvfs(disk).f_bfree == before  # no deleted file that is still open holds any space
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_file_that_may_not_grow_further_leaves_nothing(tmp_path: Path, name: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(MediaError, match="grew larger than") as caught:
            write(tmp_path / name, frames_of(noise_pictures(80)), BIG)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "FAT32" in caught.value.remedy
    assert names(tmp_path) == []


def test_a_disk_that_fills_up_at_the_very_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(MediaError, match="disk is full"):
        write(tmp_path / "a.mp4", frames_of(smooth_pictures(3)))
    assert names(tmp_path) == []
