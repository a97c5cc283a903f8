from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.errors import MediaError
from engine.media.colour import Conversion
from engine.media.colour_tags import ColourTags
from engine.media.file_source import FileSource
from engine.types import Frame
from tests.engine.media.clips import (
    HEIGHT,
    NTSC,
    PLAIN,
    WIDTH,
    Clip,
    make_video,
    noise_pictures,
    run_ffmpeg,
    smooth_pictures,
    video_packets,
)

LOSSLESS = Clip(codec="ffv1", pixel_format="bgr0", options={})
VARIABLE = (0, 3000, 7503, 7504, 20000, 40001, 40301, 90001)


def test_the_file_is_described(tmp_path: Path) -> None:
    path = make_video(tmp_path / "größe 12:30 写真.mp4", Clip(audio="aac", tags=(1, 1, 1, 1)))
    with FileSource(path) as source:
        info = source.info
    assert (info.width, info.height) == (WIDTH, HEIGHT)
    assert info.average_rate == NTSC
    assert info.frame_count == info.expected_frame_count == 12
    assert info.duration == 12 / NTSC
    assert info.has_audio
    assert not info.is_still
    assert info.pixel_aspect == 1
    assert info.colour == ColourTags(1, 1, 1, full_range=False)
    assert (info.codec, info.pixel_format) == ("h264", "yuv420p")
    assert info.path == path
    assert info.start == 0


def test_what_a_file_does_not_state_is_none_or_estimated(tmp_path: Path) -> None:
    with FileSource(make_video(tmp_path / "a.mkv")) as source:
        assert source.info.frame_count is None
        assert source.info.expected_frame_count == 12
        assert not source.info.has_audio
        assert source.info.colour == ColourTags()


def test_frames_are_exact(tmp_path: Path) -> None:
    with FileSource(make_video(tmp_path / "a.mkv", LOSSLESS)) as source:
        frames = list(source)
    assert [frame.index for frame in frames] == list(range(12))
    for frame, picture in zip(frames, noise_pictures(12), strict=True):
        np.testing.assert_array_equal(frame.pixels, picture)
        assert not frame.pixels.flags.writeable


@pytest.mark.parametrize("size", [(33, 21), (66, 50)])
@pytest.mark.parametrize("conversion", Conversion)
def test_frames_of_any_size_are_contiguous(tmp_path: Path, size: tuple[int, int], conversion: Conversion) -> None:
    clip = Clip(codec="ffv1", pixel_format="yuv444p", options={}, size=size)
    with FileSource(make_video(tmp_path / "a.mkv", clip), conversion) as source:
        assert all(frame.pixels.flags.c_contiguous for frame in source)


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".ts", ".avi"])
def test_a_constant_rate_is_exact_in_every_container(tmp_path: Path, suffix: str) -> None:
    clip = Clip(options={"crf": "20", "bf": "0"}, time_base=1 / NTSC, times=range(40))
    with FileSource(make_video(tmp_path / f"a{suffix}", clip)) as source:
        assert [frame.time for frame in source] == [index / NTSC for index in range(40)]
        assert source.info.average_rate == NTSC
        assert all((index / NTSC / source.info.time_base).denominator == 1 for index in range(40))


@pytest.mark.parametrize("options", [{"bf": "0"}, {"bf": "2"}])
def test_a_variable_rate_is_exact(tmp_path: Path, options: dict[str, str]) -> None:
    clip = Clip(options=options, rate=Fraction(25), time_base=Fraction(1, 90000), times=VARIABLE)
    with FileSource(make_video(tmp_path / "a.mp4", clip)) as source:
        assert [frame.time for frame in source] == [Fraction(time, 90000) for time in VARIABLE]


def test_times_count_from_the_first_frame(tmp_path: Path) -> None:
    clip = Clip(times=range(50_000, 50_000 + 12 * 1001, 1001), audio="aac")
    with FileSource(make_video(tmp_path / "a.ts", clip)) as source:
        assert [frame.time for frame in source] == [index / NTSC for index in range(12)]
        assert source.info.start > 0


def test_a_file_without_timestamps_is_counted(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", Clip(options={"bf": "0"}))
    raw = tmp_path / "a.h264"
    run_ffmpeg("-i", path, "-c", "copy", "-f", "h264", raw)
    with FileSource(raw) as source:
        times = [frame.time for frame in source]
        assert len(times) == 12
        assert times == sorted(set(times))
        assert [frame.index for frame in source.frames(times[5])] == list(range(5, 12))


@pytest.mark.parametrize("flips", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("conversion", Conversion)
def test_a_phone_video_is_upright(tmp_path: Path, rotation: int, flips: bool, conversion: Conversion) -> None:
    clip = Clip(rotation=rotation, flips=flips, pixel_aspect=Fraction(4, 3))
    pictures = smooth_pictures(12)
    with FileSource(make_video(tmp_path / "a.mp4", clip, pictures), conversion) as source:
        frame = next(iter(source))
        expected = np.rot90(pictures[0], rotation // 90)
        expected = expected[:, ::-1] if flips else expected
        assert frame.pixels.shape == expected.shape == (source.info.height, source.info.width, 3)
        np.testing.assert_allclose(frame.pixels, expected, atol=8)
        assert source.info.pixel_aspect == (Fraction(3, 4) if rotation % 180 else Fraction(4, 3))


def test_ffmpeg_turns_it_the_same_way(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mov", Clip(rotation=90, pixel_format="yuv444p"), smooth_pictures(12))
    raw = run_ffmpeg("-i", path, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    with FileSource(path) as source:
        pixels = next(iter(source)).pixels
    np.testing.assert_allclose(np.frombuffer(raw, np.uint8).reshape(pixels.shape), pixels, atol=2)


def test_standard_pixels_are_what_ffmpeg_and_pyav_give(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", Clip(tags=(1, 1, 1, 1)))
    with av.open(str(path)) as container:
        by_pyav = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    with FileSource(path) as source:
        for frame, expected in zip(source, by_pyav, strict=True):
            np.testing.assert_array_equal(frame.pixels, expected)
    by_ffmpeg = run_ffmpeg("-i", path, "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    assert by_ffmpeg == b"".join(pixels.tobytes() for pixels in by_pyav)


@pytest.mark.parametrize("open_gop", ["0", "1"])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_reading_from_a_time_gives_the_same_frames(tmp_path: Path, suffix: str, open_gop: str) -> None:
    options = {"crf": "20", "bf": "3", "g": "7", "x264-params": f"open-gop={open_gop}:scenecut=0"}
    clip = Clip(options=options, times=range(0, 30 * 1001, 1001))
    with FileSource(make_video(tmp_path / f"a{suffix}", clip)) as source:
        every = list(source)
        assert len(every) == 30
        for start in (0, 1, 6, 7, 8, 13, 22, 29):
            for time in (every[start].time, every[start].time + Fraction(1, 100)):
                frames = list(source.frames(time))
                assert [frame.index for frame in frames] == list(range(start, 30))
                for frame in frames:
                    assert frame.time == every[frame.index].time
                    np.testing.assert_array_equal(frame.pixels, every[frame.index].pixels)


def test_reading_from_a_time_of_a_variable_rate(tmp_path: Path) -> None:
    clip = Clip(rate=Fraction(25), time_base=Fraction(1, 90000), times=VARIABLE)
    with FileSource(make_video(tmp_path / "a.mp4", clip)) as source:
        first = next(source.frames(Fraction(39_999, 90_000)))
        assert (first.index, first.time) == (4, Fraction(20_000, 90_000))


def test_reading_from_behind_the_end_gives_the_last_frame(tmp_path: Path) -> None:
    with FileSource(make_video(tmp_path / "a.mp4")) as source:
        assert [frame.index for frame in source.frames(Fraction(99))] == [11]
        assert [frame.index for frame in source.frames(Fraction(-1))] == list(range(12))


def test_every_iteration_starts_anew_and_ends_the_one_before(tmp_path: Path) -> None:
    with FileSource(make_video(tmp_path / "a.mp4")) as source:
        first = iter(source)
        next(first)
        second = iter(source)
        assert next(second).index == 0
        with pytest.raises(ValueError, match="read anew"):
            list(first)
        assert [frame.index for frame in second] == list(range(1, 12))
        assert len(list(source)) == 12


def test_a_closed_source_is_not_read(tmp_path: Path) -> None:
    source = FileSource(make_video(tmp_path / "a.mp4"))
    frames = iter(source)
    next(frames)
    source.close()
    with pytest.raises(ValueError, match="closed"):
        next(frames)
    with pytest.raises(ValueError, match="closed"):
        next(iter(source))


def test_frames_that_change_size_are_brought_to_the_first_size(tmp_path: Path) -> None:
    big = make_video(tmp_path / "big.ts", Clip(), smooth_pictures(12))
    small = make_video(tmp_path / "small.ts", Clip(size=(32, 24)), smooth_pictures(12, (32, 24)))
    joined = tmp_path / "joined.ts"
    joined.write_bytes(big.read_bytes() + small.read_bytes())
    with FileSource(joined) as source:
        shapes = {frame.pixels.shape for frame in source}
    assert shapes == {(HEIGHT, WIDTH, 3)}


def test_a_title_in_another_encoding_does_no_harm(tmp_path: Path) -> None:
    titled = tmp_path / "titled.mkv"
    run_ffmpeg("-i", make_video(tmp_path / "a.mkv"), "-c", "copy", "-metadata", "title=TITLE", titled)
    titled.write_bytes(titled.read_bytes().replace(b"TITLE", b"\xff\xfe\xe9\xe8\xe7"))
    with FileSource(titled) as source:
        assert len(list(source)) == 12


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"none\.mp4 does not exist"):
        FileSource(tmp_path / "none.mp4")


def test_a_folder_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is a folder"):
        FileSource(tmp_path)


@pytest.mark.parametrize("content", [b"", b"some text", bytes(5000)])
def test_other_content_is_no_video(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError, match="not a video, or it is damaged") as caught:
        FileSource(path)
    assert caught.value.remedy


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "a.mka"
    run_ffmpeg("-f", "lavfi", "-i", "sine=d=0.2", path)
    with pytest.raises(MediaError, match=r"no video in .*a\.mka"):
        FileSource(path)


def test_a_cover_picture_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    inputs = ("-f", "lavfi", "-i", "sine=d=0.2", "-f", "lavfi", "-i", "testsrc=s=32x32:d=0.04")
    run_ffmpeg(*inputs, "-c:v", "mjpeg", "-disposition:v", "attached_pic", path)
    with pytest.raises(MediaError, match="no video in"):
        FileSource(path)


@pytest.mark.parametrize("name", ["front.mp4", "a.mkv", "a.avi"])
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_file_that_is_cut_short_gives_its_frames_and_then_says_so(tmp_path: Path, name: str, share: float) -> None:
    clip = Clip(
        options={"crf": "20", "bf": "0"},
        time_base=1 / NTSC,
        times=range(24),
        container_options={"movflags": "faststart"} if name == "front.mp4" else {},
    )
    path = make_video(tmp_path / name, clip)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    read: list[Frame] = []
    with (
        FileSource(path) as source,
        pytest.raises(MediaError, match=r"is cut short: it ends after frame \d+") as caught,
    ):
        read.extend(source)
    assert 5 < len(read) < 24
    assert f"after frame {len(read) - 1}," in caught.value.message


def test_a_file_whose_index_was_cut_off_cannot_be_opened(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(MediaError, match="damaged or cut short"):
        FileSource(path)


def test_a_file_that_lacks_nothing_but_its_tail_is_read(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mkv")
    path.write_bytes(path.read_bytes()[:-10])
    with FileSource(path) as source:
        assert len(list(source)) == 12


def test_damage_in_the_middle_names_the_frame(tmp_path: Path) -> None:
    path = make_video(
        tmp_path / "a.mp4", Clip(options={"crf": "20", "bf": "0", "g": "1"}, times=range(0, 24_024, 1001))
    )
    packet = video_packets(path)[14]
    data = bytearray(path.read_bytes())
    assert packet.pos is not None
    data[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    path.write_bytes(data)
    read: list[Frame] = []
    with FileSource(path) as source, pytest.raises(MediaError, match="is damaged at or soon after frame") as caught:
        read.extend(source)
    assert f"frame {len(read)}:" in caught.value.message
    assert 8 <= len(read) <= 14


def test_damage_at_the_start_is_found_on_opening(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", Clip(options={"crf": "20", "bf": "0", "g": "1"}, times=(0,)))
    packet = video_packets(path)[0]
    data = bytearray(path.read_bytes())
    assert packet.pos is not None
    data[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    path.write_bytes(data)
    with pytest.raises(MediaError, match=r"damaged at its first frame|No frame of"):
        FileSource(path)


def test_frames_that_the_decoder_patched_up_are_counted(tmp_path: Path) -> None:
    path = make_video(
        tmp_path / "a.mp4", Clip(options={"crf": "20", "bf": "0", "g": "1"}, times=range(0, 12_012, 1001))
    )
    packet = video_packets(path)[6]
    data = bytearray(path.read_bytes())
    assert packet.pos is not None
    middle = packet.pos + packet.size // 2
    data[middle : middle + 60] = np.random.default_rng(3).bytes(60)
    path.write_bytes(data)
    with FileSource(path) as source:
        assert len(list(source)) == 12
        assert source.damaged_frame_count == 1


def test_a_plain_file_has_no_damage(tmp_path: Path) -> None:
    with FileSource(make_video(tmp_path / "a.mp4", PLAIN)) as source:
        assert len(list(source)) == 12
        assert source.damaged_frame_count == 0
