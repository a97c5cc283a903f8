import errno
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError
from engine.media.photos import write_photo
from engine.media.sequences import SequenceSink, SequenceSource, is_sequence_pattern
from engine.types import Frame
from tests.engine.media.clips import NTSC, frames_of, noise_pictures

PICTURES = noise_pictures(12, (16, 12))


def make_pictures(folder: Path, names: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, picture in zip(names, PICTURES, strict=False):
        write_photo(folder / name, picture)


def write(path: Path, frames: list[Frame], *, overwrite: bool = False) -> None:
    with SequenceSink(path, overwrite=overwrite) as sink:
        for frame in frames:
            sink.write(frame)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "is_pattern"),
    [("shot_%05d.png", True), ("%d.jpg", True), ("100%.png", False), ("a.png", False), ("50%d0ff", True)],
)
def test_patterns_are_told_from_names(name: str, *, is_pattern: bool) -> None:
    assert is_sequence_pattern(Path("folder") / name) is is_pattern


def test_a_folder_of_pictures_and_back(tmp_path: Path) -> None:
    write(tmp_path / "größe", frames_of(PICTURES))
    assert names(tmp_path) == ["größe"]
    assert names(tmp_path / "größe") == [f"frame_{number:05d}.png" for number in range(1, 13)]
    with SequenceSource(tmp_path / "größe", NTSC) as source:
        frames = list(source)
        assert source.info.frame_count == 12
        assert source.info.average_rate == NTSC
        assert source.info.duration == 12 / NTSC
        assert (source.info.width, source.info.height) == (16, 12)
        assert not source.info.is_still
    assert [frame.time for frame in frames] == [index / NTSC for index in range(12)]
    assert [frame.index for frame in frames] == list(range(12))
    for frame, picture in zip(frames, PICTURES, strict=True):
        np.testing.assert_array_equal(frame.pixels, picture)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("shot_%03d.png", "shot_001.png"),
        ("%d.png", "1.png"),
        ("a1_%02d_x.tif", "a1_01_x.tif"),
        ("b%06d.webp", "b000001.webp"),
    ],
)
def test_a_pattern_names_the_pictures(tmp_path: Path, pattern: str, expected: str) -> None:
    write(tmp_path / "out" / pattern, frames_of(PICTURES[:2]))
    assert names(tmp_path / "out")[0] == expected
    with SequenceSource(tmp_path / "out" / pattern) as source:
        assert len(list(source)) == 2


def test_numbers_count_rather_than_letters(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", [f"f{number}.png" for number in range(8, 13)])
    with SequenceSource(tmp_path / "in") as source:
        for frame, picture in zip(source, PICTURES[:5], strict=True):
            np.testing.assert_array_equal(frame.pixels, picture)


def test_other_files_in_the_folder_do_no_harm(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["f1.png", "f2.png", "cover.png"])
    (tmp_path / "in" / "notes1.txt").touch()
    with SequenceSource(tmp_path / "in") as source:
        assert source.info.frame_count == 2


def test_reading_may_start_in_the_middle(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["f1.png", "f2.png", "f3.png"])
    with SequenceSource(tmp_path / "in", Fraction(10)) as source:
        assert [frame.index for frame in source.frames(Fraction(19, 100))] == [1, 2]
        assert [frame.index for frame in source.frames(Fraction(99))] == [2]


def test_several_series_need_a_pattern(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["a1.png", "a2.png", "b1.png"])
    with pytest.raises(MediaError, match=r"several series of pictures .*: a1\.png, b1\.png") as caught:
        SequenceSource(tmp_path / "in")
    assert "pattern" in caught.value.remedy
    with SequenceSource(tmp_path / "in" / "a%d.png") as source:
        assert source.info.frame_count == 2


def test_a_gap_is_named(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["f1.png", "f2.png", "f4.png"])
    with pytest.raises(MediaError, match=r"Picture 3 is missing after .*f2\.png"):
        SequenceSource(tmp_path / "in")


def test_a_picture_of_another_size_is_named(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["f1.png"])
    write_photo(tmp_path / "in" / "f2.png", noise_pictures(1, (8, 8))[0])
    with SequenceSource(tmp_path / "in") as source, pytest.raises(MediaError, match=r"f2\.png has 8×8 pixels"):
        list(source)


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", ["f1.png", "f2.png"])
    (tmp_path / "in" / "f2.png").write_bytes((tmp_path / "in" / "f2.png").read_bytes()[:100])
    with SequenceSource(tmp_path / "in") as source, pytest.raises(MediaError, match=r"f2\.png is damaged"):
        list(source)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none", "does not exist"),
        ("none/f%d.png", "does not exist"),
        ("in", "no numbered pictures"),
        ("in/f%d.png", "No file"),
    ],
)
def test_nothing_to_read_is_said(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(MediaError, match=message) as caught:
        SequenceSource(tmp_path / name)
    assert caught.value.remedy


def test_a_rate_is_positive(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        SequenceSource(tmp_path, Fraction(0))


def test_the_folder_appears_at_the_end(tmp_path: Path) -> None:
    sink = SequenceSink(tmp_path / "out")
    sink.write(frames_of(PICTURES)[0])
    assert not (tmp_path / "out").exists()
    sink.finish()
    sink.finish()
    sink.abort()
    assert names(tmp_path) == ["out"]
    with pytest.raises(ValueError, match="finished or aborted"):
        sink.write(frames_of(PICTURES)[0])


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupt(SequenceSink(tmp_path / "out"))
    assert names(tmp_path) == []


def interrupt(sink: SequenceSink) -> None:
    with sink:
        sink.write(frames_of(PICTURES)[0])
        raise KeyboardInterrupt


def test_a_sequence_needs_a_frame(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no frame to write"):
        SequenceSink(tmp_path / "out").finish()
    assert names(tmp_path) == []


def test_an_earlier_sequence_is_replaced_only_when_allowed(tmp_path: Path) -> None:
    write(tmp_path / "out", frames_of(PICTURES))
    with pytest.raises(MediaError, match="exists already"):
        SequenceSink(tmp_path / "out")
    write(tmp_path / "out", frames_of(PICTURES[:2]), overwrite=True)
    assert names(tmp_path / "out") == ["frame_00001.png", "frame_00002.png"]
    assert names(tmp_path) == ["out"]


def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path) -> None:
    make_pictures(tmp_path / "out", ["frame_00001.png", "holiday.png"])
    with pytest.raises(MediaError, match=r"other files, for instance holiday\.png"):
        SequenceSink(tmp_path / "out", overwrite=True)
    assert names(tmp_path / "out") == ["frame_00001.png", "holiday.png"]


def test_the_source_folder_is_never_written_onto(tmp_path: Path) -> None:
    write(tmp_path / "out", frames_of(PICTURES))
    with SequenceSource(tmp_path / "out") as source, pytest.raises(MediaError, match="is the source itself"):
        SequenceSink(tmp_path / "out", overwrite=True, source=source.info.path)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not end like a photo"):
        SequenceSink(tmp_path / "out" / "f%d.gif")


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = SequenceSink(tmp_path / "out")
    sink.write(frames_of(PICTURES)[0])

    def fail(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(MediaError, match="disk is full"):
        sink.write(frames_of(PICTURES)[1])
    assert names(tmp_path) == []
