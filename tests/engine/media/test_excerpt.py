from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.media import WHOLE, Excerpt, Span
from engine.media.encoding import Encoding, Speed
from engine.media.file_sink import FileSink
from engine.media.file_source import FileSource
from tests.engine.media.clips import NTSC, Clip, audio_payloads, audio_times, make_video, noise_pictures
from tests.engine.media.test_audio_tracks import heard_at, lag_samples

FAST = Encoding(speed=Speed.FAST)
COUNT = 60
LONG = Clip(audio="aac", times=tuple(range(0, COUNT * 1001, 1001)))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("clips") / "clip.mp4", LONG)


@pytest.fixture
def source(clip: Path) -> Iterator[FileSource]:
    with FileSource(clip) as opened:
        yield opened


def cut(source: FileSource, span: Span, path: Path) -> Path:
    part = Excerpt(source, span)
    with FileSink(path, part.info, FAST) as sink:
        for frame in part:
            sink.write(part.rebased(frame))
    return path


def test_frames_of_a_span_keep_their_times_and_count_anew_when_rebased(source: FileSource) -> None:
    part = Excerpt(source, Span(20 / NTSC, 30 / NTSC))
    frames = list(part)
    assert [frame.index for frame in frames] == list(range(20, 30))
    assert [frame.time for frame in frames] == [index / NTSC for index in range(20, 30)]
    rebased = [part.rebased(frame) for frame in frames]
    assert [(frame.time, frame.index) for frame in rebased] == [(index / NTSC, index) for index in range(10)]
    assert (part.info.expected_frame_count, part.info.duration) == (10, 10 / NTSC)


def test_a_span_within_a_frame_begins_with_that_frame(source: FileSource) -> None:
    part = Excerpt(source, Span(20 / NTSC + Fraction(1, 100)))
    assert part.first.index == 20
    assert part.info.start == source.info.start + 20 / NTSC


def test_an_end_beyond_the_source_is_its_end(source: FileSource) -> None:
    assert len(list(Excerpt(source, Span(50 / NTSC, Fraction(99))))) == 10
    assert Excerpt(source, Span(Fraction(0), Fraction(99))).info == source.info
    assert WHOLE.is_whole


@pytest.mark.parametrize(("start", "end"), [(2, 1), (1, 1), (0, 0), (None, 0), (None, -1)])
def test_an_empty_span_is_refused(start: int | None, end: int | None) -> None:
    with pytest.raises(MediaError, match="is empty"):
        Span(*(None if second is None else Fraction(second) for second in (start, end)))


def test_a_start_after_the_end_of_the_source_is_refused(source: FileSource) -> None:
    with pytest.raises(MediaError, match="ends before"):
        Excerpt(source, Span(Fraction(9)))


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_copied_sound_is_cut_with_the_picture_and_stays_in_time(
    source: FileSource, clip: Path, tmp_path: Path, suffix: str
) -> None:
    start, end = 20 / NTSC, 50 / NTSC
    path = cut(source, Span(start, end), tmp_path / f"part{suffix}")
    packets, whole = audio_payloads(path), audio_payloads(clip)
    assert b"".join(packets) in b"".join(whole)
    times = audio_times(path)
    assert -0.001 <= times[0] < 0.022
    assert float(end - start) - 0.022 < times[-1] < end - start
    assert all(before < after for before, after in pairwise(times))
    with FileSource(path) as written:
        assert len(list(written)) == 30
    assert abs(delay_s(path, clip, start)) < 0.002


def test_sound_that_is_encoded_anew_is_cut_with_the_picture(tmp_path: Path) -> None:
    original = make_video(tmp_path / "clip.mov", Clip(audio="pcm_s16le", times=LONG.times))
    start, end = 20 / NTSC, 50 / NTSC
    with FileSource(original) as source:
        path = cut(source, Span(start, end), tmp_path / "part.mp4")
    times = audio_times(path)
    assert float(end - start) - 0.05 < times[-1] < float(end - start) + 0.022
    assert abs(delay_s(path, original, start)) < 0.002


def delay_s(path: Path, original: Path, start: Fraction) -> float:
    """Return by how much the sound of a part is later, against its picture, than in the original."""
    samples, rate = heard_at(path)
    expected, _ = heard_at(original)
    settled = rate // 10
    begin = round(start * rate)
    return lag_samples(samples[settled : 9 * settled], expected[begin + settled : begin + 9 * settled]) / rate


def test_a_constant_picture_rate_needs_no_sound(tmp_path: Path) -> None:
    silent = make_video(
        tmp_path / "silent.mkv", Clip(codec="ffv1", pixel_format="bgr0", options={}), noise_pictures(12)
    )
    with FileSource(silent) as source:
        assert [frame.index for frame in Excerpt(source, Span(None, 5 / NTSC))] == [0, 1, 2, 3, 4]
