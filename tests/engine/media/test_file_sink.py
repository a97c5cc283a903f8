from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.container import OutputContainer

from engine.errors import MediaError
from engine.media.colour import Conversion
from engine.media.colour_tags import BT709, ColourTags
from engine.media.containers import CONTAINERS
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
    run_ffmpeg,
    smooth_pictures,
    video_packets,
)

INFO = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=NTSC, time_base=NTSC_TICK)
FAST = Speed.FAST
COMBINATIONS = [(container.suffixes[0], codec) for container in CONTAINERS for codec in container.video_codecs]
VARIABLE = (0, 3000, 7503, 7504, 20000, 40001, 40301, 90001)


DEFAULT = Encoding(speed=FAST)


def write(path: Path, frames: list[Frame], info: VideoInfo = INFO, encoding: Encoding = DEFAULT) -> Path:
    with FileSink(path, info, encoding) as sink:
        for frame in frames:
            sink.write(frame)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("suffix", "codec"), COMBINATIONS)
def test_every_codec_goes_into_its_containers(
    tmp_path: Path, suffix: str, codec: VideoCodec, capfd: pytest.CaptureFixture[str]
) -> None:
    pictures = smooth_pictures(12)
    path = write(tmp_path / f"größe{suffix}", frames_of(pictures), encoding=Encoding(codec, 90, FAST))
    with FileSource(path, Conversion.ACCURATE) as source:
        frames = list(source)
        assert source.info.codec == codec
        assert source.info.average_rate == NTSC
        assert [frame.time for frame in frames] == [index / NTSC for index in range(12)]
        for frame, picture in zip(frames, pictures, strict=True):
            assert np.abs(frame.pixels.astype(int) - picture).mean() < 2
        is_rgb = codec is VideoCodec.FFV1
        assert source.info.colour == (ColourTags(1, 1, 0, full_range=True) if is_rgb else BT709)
    assert names(tmp_path) == [path.name]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".webm"])
def test_the_container_has_a_usual_codec(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"a{suffix}", frames_of(smooth_pictures(3)))
    with FileSource(path) as source:
        assert source.info.codec == ("vp9" if suffix == ".webm" else "h264")


def test_lossless_output_equals_the_decoded_source_bit_for_bit(tmp_path: Path) -> None:
    clip = Clip(tags=(6, 6, 6, 1), options={"crf": "20", "bf": "2"}, audio="aac")
    source_path = make_video(tmp_path / "source.mp4", clip)
    with FileSource(source_path) as source:
        path = write(tmp_path / "out.mkv", list(source), source.info, Encoding(VideoCodec.FFV1))
        before = list(source)
    with FileSource(path) as result:
        after = list(result)
    assert [frame.time for frame in after] == [frame.time for frame in before]
    for was, became in zip(before, after, strict=True):
        np.testing.assert_array_equal(became.pixels, was.pixels)
    decode = ("-map", "0:v", "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    assert run_ffmpeg("-i", path, *decode) == run_ffmpeg("-i", source_path, *decode)


def test_views_of_arrays_are_written_as_they_look(tmp_path: Path) -> None:
    mirrored = [picture[::-1, ::-1] for picture in noise_pictures(2)]
    path = write(tmp_path / "a.mkv", frames_of(mirrored), encoding=Encoding(VideoCodec.FFV1))
    with FileSource(path) as source:
        for frame, picture in zip(source, mirrored, strict=True):
            np.testing.assert_array_equal(frame.pixels, picture)


@pytest.mark.parametrize("size", [(65, 48), (64, 49), (65, 49), (33, 21)])
@pytest.mark.parametrize("codec", [VideoCodec.FFV1, VideoCodec.VP9, VideoCodec.AV1, VideoCodec.PRORES])
def test_odd_sizes_are_kept_where_the_codec_can(tmp_path: Path, size: tuple[int, int], codec: VideoCodec) -> None:
    info = VideoInfo(width=size[0], height=size[1], average_rate=NTSC, time_base=NTSC_TICK)
    path = write(tmp_path / "a.mkv", frames_of(smooth_pictures(3, size)), info, Encoding(codec, 90, FAST))
    with FileSource(path) as source:
        assert (source.info.width, source.info.height) == size


@pytest.mark.parametrize("size", [(65, 48), (64, 49), (65, 49)])
@pytest.mark.parametrize("codec", [VideoCodec.H264, VideoCodec.HEVC])
def test_odd_sizes_grow_by_one_where_the_codec_cannot(tmp_path: Path, size: tuple[int, int], codec: VideoCodec) -> None:
    info = VideoInfo(width=size[0], height=size[1], average_rate=NTSC, time_base=NTSC_TICK)
    pictures = smooth_pictures(3, size)
    with FileSink(tmp_path / "a.mp4", info, Encoding(codec, 95, FAST)) as sink:
        for frame in frames_of(pictures):
            sink.write(frame)
    with FileSource(tmp_path / "a.mp4", Conversion.ACCURATE) as source:
        even = (size[0] + size[0] % 2, size[1] + size[1] % 2)
        assert (source.info.width, source.info.height) == (sink.width, sink.height) == even
        pixels = next(iter(source)).pixels
    np.testing.assert_allclose(pixels[: size[1], : size[0]], pictures[0], atol=12)
    np.testing.assert_allclose(pixels[-1], pixels[-2], atol=12)


@pytest.mark.parametrize(
    ("name", "codec", "remedies"),
    [
        ("a.mp4", VideoCodec.PRORES, ["a.mov", "a.mkv", "h264"]),
        ("a.mp4", VideoCodec.FFV1, ["a.mkv"]),
        ("a.webm", VideoCodec.H264, ["a.mp4", "vp9"]),
        ("a.mov", VideoCodec.VP9, ["a.webm", "a.mkv", "a.mp4"]),
    ],
)
def test_a_codec_that_does_not_fit_is_refused_with_what_would(
    tmp_path: Path, name: str, codec: VideoCodec, remedies: list[str]
) -> None:
    with pytest.raises(MediaError, match=rf"{codec} video does not go into .* files \({name}\)") as caught:
        FileSink(tmp_path / name, INFO, Encoding(codec))
    for remedy in remedies:
        assert remedy in caught.value.remedy
    assert names(tmp_path) == []


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not end like a video") as caught:
        FileSink(tmp_path / "a.xyz", INFO)
    assert ".mp4" in caught.value.remedy


def test_a_missing_encoder_is_refused_with_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(av, "codecs_available", av.codecs_available - {"libsvtav1"})
    with pytest.raises(MediaError, match="cannot encode av1") as caught:
        FileSink(tmp_path / "a.mp4", INFO, Encoding(VideoCodec.AV1))
    assert "h264" in caught.value.remedy
    assert "av1" not in caught.value.remedy


def test_a_size_that_the_encoder_refuses_is_named(tmp_path: Path) -> None:
    info = VideoInfo(width=20_000, height=8, average_rate=NTSC, time_base=NTSC_TICK)
    with pytest.raises(MediaError, match="hevc encoder does not take video of 20000×8 pixels") as caught:
        FileSink(tmp_path / "a.mp4", info, Encoding(VideoCodec.HEVC))
    assert caught.value.remedy
    assert names(tmp_path) == []


@pytest.mark.parametrize("quality", [-1, 101])
def test_the_quality_has_a_scale(quality: int) -> None:
    with pytest.raises(MediaError, match=r"not in 0\.\.100"):
        Encoding(quality=quality)


@pytest.mark.parametrize("codec", [codec for codec in VideoCodec if codec is not VideoCodec.FFV1])
def test_quality_costs_bytes(tmp_path: Path, codec: VideoCodec) -> None:
    frames = frames_of(noise_pictures(3))
    sizes = [
        write(tmp_path / f"{quality}.mkv", frames, encoding=Encoding(codec, quality, FAST)).stat().st_size
        for quality in (0, 70, 100)
    ]
    assert sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("codec", VideoCodec)
def test_very_short_videos_work(tmp_path: Path, codec: VideoCodec, count: int) -> None:
    path = write(tmp_path / "a.mkv", frames_of(smooth_pictures(count)), encoding=Encoding(codec, speed=Speed.SLOW))
    with FileSource(path) as source:
        assert [frame.time for frame in source] == [index / NTSC for index in range(count)]


@pytest.mark.parametrize("speed", Speed)
@pytest.mark.parametrize("codec", VideoCodec)
def test_every_speed_works(tmp_path: Path, codec: VideoCodec, speed: Speed) -> None:
    path = write(tmp_path / "a.mkv", frames_of(smooth_pictures(2)), encoding=Encoding(codec, 50, speed))
    assert len(video_packets(path)) == 2


@pytest.mark.parametrize("codec", [VideoCodec.H264, VideoCodec.HEVC, VideoCodec.AV1, VideoCodec.VP9])
def test_a_variable_rate_survives_exactly(tmp_path: Path, codec: VideoCodec) -> None:
    info = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=Fraction(8), time_base=Fraction(1, 90000))
    times = [Fraction(time, 90000) for time in VARIABLE]
    frames = [Frame(picture, time, 0) for picture, time in zip(smooth_pictures(8), times, strict=True)]
    path = write(tmp_path / "a.mp4", frames, info, Encoding(codec, 70, FAST))
    with FileSource(path) as source:
        assert [frame.time for frame in source] == times


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), NTSC, Fraction(60000, 1001), Fraction(25), Fraction(12)])
@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_rate_and_duration_are_exact(tmp_path: Path, rate: Fraction, suffix: str) -> None:
    info = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=rate, time_base=1 / rate)
    path = write(tmp_path / f"a{suffix}", frames_of(smooth_pictures(20), 1 / rate), info)
    with FileSource(path) as source:
        assert source.info.average_rate == rate
        assert [frame.time for frame in source] == [index / rate for index in range(20)]
        if suffix != ".mkv":  # whole milliseconds
            assert source.info.duration == 20 / rate


def test_a_pixel_that_is_not_square_stays_so(tmp_path: Path) -> None:
    info = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=NTSC, time_base=NTSC_TICK, pixel_aspect=Fraction(16, 11))
    with FileSource(write(tmp_path / "a.mp4", frames_of(smooth_pictures(2)), info)) as source:
        assert source.info.pixel_aspect == Fraction(16, 11)


def test_apple_plays_hevc(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", frames_of(smooth_pictures(2)), encoding=Encoding(VideoCodec.HEVC, speed=FAST))
    assert b"hvc1" in path.read_bytes()
    assert b"hev1" not in path.read_bytes()


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_the_index_is_in_front(tmp_path: Path, suffix: str) -> None:
    data = write(tmp_path / f"a{suffix}", frames_of(smooth_pictures(2))).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_an_existing_file_is_refused_before_any_work(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")
    with pytest.raises(MediaError, match="exists already"):
        FileSink(path, INFO)
    assert path.read_bytes() == b"old"
    with FileSink(path, INFO, overwrite=True) as sink:
        sink.write(frames_of(smooth_pictures(1))[0])
        assert path.read_bytes() == b"old"
    assert len(video_packets(path)) == 1
    assert names(tmp_path) == ["a.mp4"]


def test_the_source_is_never_written_onto(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4")
    before = path.read_bytes()
    with FileSource(path) as source, pytest.raises(MediaError, match="is the source itself"):
        FileSink(path, source.info, overwrite=True)
    assert path.read_bytes() == before


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"folder .*missing does not exist"):
        FileSink(tmp_path / "missing" / "a.mp4", INFO)


def test_an_output_without_frames_is_an_error(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "a.mp4", INFO)
    with pytest.raises(MediaError, match="no frame to write"):
        sink.finish()
    assert names(tmp_path) == []


def test_frames_must_fit(tmp_path: Path) -> None:
    frames = frames_of(smooth_pictures(2))
    with FileSink(tmp_path / "a.mp4", INFO) as sink:
        sink.write(frames[0])
        with pytest.raises(ValueError, match="32×24 pixels"):
            sink.write(frames_of(smooth_pictures(1, (32, 24)))[0])
        with pytest.raises(ValueError, match="off the time base"):
            sink.write(Frame(frames[1].pixels, Fraction(1, 7), 1))
        with pytest.raises(ValueError, match="not after the last"):
            sink.write(frames[0])
        sink.write(frames[1])
    assert len(video_packets(tmp_path / "a.mp4")) == 2
    with pytest.raises(ValueError, match="finished or aborted"):
        sink.write(frames[1])


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    """Nothing may be kept for each frame: the sink forgets the durations of packets that are out."""
    frames = frames_of(smooth_pictures(4))
    sink = FileSink(tmp_path / "a.mkv", INFO, Encoding(VideoCodec.FFV1))
    sizes = []
    for index in range(200):
        sink.write(Frame(frames[index % 4].pixels, index / NTSC, index))
        sizes.append(sum(len(value) for value in vars(sink).values() if isinstance(value, dict | list)))
    sink.finish()
    assert max(sizes) <= 64
    with av.open(str(tmp_path / "a.mkv")) as container:
        assert not isinstance(container, OutputContainer)
        assert sum(1 for _ in container.decode(video=0)) == 200
