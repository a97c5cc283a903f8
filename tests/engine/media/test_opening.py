from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError
from engine.media import (
    Conversion,
    Encoding,
    MediaKind,
    Speed,
    VideoCodec,
    VideoSink,
    conversion_for,
    open_sink,
    open_source,
    read_photo,
    sink_kind,
    source_kind,
    write_photo,
)
from engine.media.file_source import FileSource
from engine.media.photos import PHOTO_SUFFIXES
from engine.media.stills import ImageSource
from engine.types import Frame
from tests.engine.media.clips import NTSC, Clip, make_video, noise_pictures, run_ffmpeg, smooth_pictures


def copy(frames: Iterable[Frame], sink: VideoSink) -> None:
    with sink:
        for frame in frames:
            sink.write(frame)


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_photos_are_known_by_their_content(tmp_path: Path, suffix: str) -> None:
    write_photo(tmp_path / f"a{suffix}", noise_pictures(1)[0])
    path = (tmp_path / f"a{suffix}").rename(tmp_path / "no ending")
    assert source_kind(path) is MediaKind.PHOTO
    assert isinstance(open_source(path), ImageSource)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".mov"])
def test_videos_are_known_by_their_content(tmp_path: Path, suffix: str) -> None:
    path = make_video(tmp_path / f"a{suffix}").rename(tmp_path / "no ending")
    assert source_kind(path) is MediaKind.VIDEO
    with open_source(path, conversion=Conversion.ACCURATE) as source:
        assert isinstance(source, FileSource)


def test_folders_and_patterns_are_sequences(tmp_path: Path) -> None:
    write_photo(tmp_path / "f1.png", noise_pictures(1)[0])
    for path in (tmp_path, tmp_path / "f%d.png"):
        assert source_kind(path) is MediaKind.SEQUENCE
        with open_source(path, rate=NTSC) as source:
            assert source.info.average_rate == NTSC
            assert [frame.time for frame in source] == [0]


def test_a_file_that_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    write_photo(tmp_path / "50%d.png", noise_pictures(1)[0])
    assert source_kind(tmp_path / "50%d.png") is MediaKind.PHOTO


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", b"", "is empty"),
        ("a.jpg", b"junk", "not a photo"),
        ("a.mp4", b"junk", "not a video"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(60), "not a photo in a supported format"),
        ("a", b"junk", "not a video"),
    ],
)
def test_damage_is_reported_for_what_the_file_should_be(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MediaError, match=message):
        open_source(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        open_source(tmp_path / "none.mp4")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.png", MediaKind.PHOTO),
        ("a.JPEG", MediaKind.PHOTO),
        ("a.mp4", MediaKind.VIDEO),
        ("a.WebM", MediaKind.VIDEO),
        ("folder", MediaKind.SEQUENCE),
        ("shot_%04d.png", MediaKind.SEQUENCE),
    ],
)
def test_outputs_are_chosen_by_name(name: str, kind: MediaKind) -> None:
    assert sink_kind(Path(name)) is kind


def test_an_existing_folder_is_a_sequence(tmp_path: Path) -> None:
    (tmp_path / "v1.0").mkdir()
    assert sink_kind(tmp_path / "v1.0") is MediaKind.SEQUENCE


def test_an_unknown_ending_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MediaError, match=r"ending \.gif") as caught:
        sink_kind(Path("a.gif"))
    assert ".mp4" in caught.value.remedy
    assert ".png" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "codec", "conversion"),
    [
        ("a.mp4", None, Conversion.ACCURATE),
        ("a.mkv", VideoCodec.FFV1, Conversion.STANDARD),
        ("a.mkv", VideoCodec.HEVC, Conversion.ACCURATE),
        ("folder", None, Conversion.STANDARD),
        ("a.png", VideoCodec.H264, Conversion.STANDARD),
    ],
)
def test_colours_are_read_as_the_output_needs(name: str, codec: VideoCodec | None, conversion: Conversion) -> None:
    assert conversion_for(Path(name), Encoding(codec)) is conversion


@pytest.mark.parametrize("codec", [VideoCodec.H264, VideoCodec.AV1])
def test_the_picture_stays_as_bright_as_it_was(tmp_path: Path, codec: VideoCodec) -> None:
    encoding = Encoding(codec, 95, Speed.FAST)
    before, after = make_video(tmp_path / "a.mp4", Clip(), smooth_pictures(12)), tmp_path / "b.mp4"
    with open_source(before, conversion=conversion_for(after, encoding)) as video:
        copy(video, open_sink(after, video.info, encoding=encoding))
    luma = [np.frombuffer(run_ffmpeg("-i", path, "-f", "rawvideo", "-"), np.uint8) for path in (before, after)]
    assert abs(luma[1].astype(int) - luma[0]).mean() < 0.6
    assert abs((luma[1].astype(int) - luma[0]).mean()) < 0.1


def test_video_to_pictures_to_video(tmp_path: Path) -> None:
    pictures = smooth_pictures(12)
    with open_source(
        make_video(tmp_path / "a.mkv", Clip(codec="ffv1", pixel_format="bgr0", options={}), pictures)
    ) as video:
        copy(video, open_sink(tmp_path / "pictures", video.info))
    with open_source(tmp_path / "pictures", rate=NTSC) as sequence:
        copy(sequence, open_sink(tmp_path / "b.mkv", sequence.info, encoding=Encoding(VideoCodec.FFV1)))
    with open_source(tmp_path / "b.mkv") as result:
        assert [frame.time for frame in result] == [index / NTSC for index in range(12)]
        for frame, picture in zip(result, pictures, strict=True):
            np.testing.assert_array_equal(frame.pixels, picture)


def test_photo_to_video(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.png", smooth_pictures(1)[0])
    with open_source(tmp_path / "a.png", still_duration=Fraction(1, 2), rate=Fraction(30)) as still:
        copy(still, open_sink(tmp_path / "a.mp4", still.info, encoding=Encoding(speed=Speed.FAST)))
    with open_source(tmp_path / "a.mp4") as video:
        assert video.info.frame_count == 15
        assert video.info.average_rate == 30
        assert video.info.duration == Fraction(1, 2)


def test_photo_to_photo(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.png", smooth_pictures(1)[0])
    with open_source(tmp_path / "a.png", as_stored=True) as still:
        assert isinstance(still, ImageSource)
        copy(still, open_sink(tmp_path / "b.jpg", still.info, like=still.photo, photo_quality=98))
        with pytest.raises(MediaError, match="is the source itself"):
            open_sink(tmp_path / "a.png", still.info, overwrite=True)
    np.testing.assert_allclose(read_photo(tmp_path / "b.jpg").pixels, smooth_pictures(1)[0], atol=4)


def test_a_video_does_not_go_into_a_photo(tmp_path: Path) -> None:
    with open_source(make_video(tmp_path / "a.mp4")) as video, pytest.raises(MediaError, match="one frame only"):
        copy(video, open_sink(tmp_path / "a.png", video.info))
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
