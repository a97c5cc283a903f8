from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from av.container import OutputContainer
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.media.audio_tracks import AudioTracks
from engine.media.containers import CONTAINERS, container_for
from engine.media.encoding import Encoding, Speed
from engine.media.file_sink import FileSink
from engine.media.file_source import FileSource
from engine.media.packets import AudioPacket
from tests.engine.media.clips import Clip, audio_payloads, audio_times, make_video, run_ffmpeg, sound_of

SECOND = range(0, 30 * 1001, 1001)
AAC = Clip(audio="aac", times=SECOND)
PCM = Clip(audio="pcm_s16le", times=SECOND)
OPUS = Clip(codec="libvpx-vp9", options={"cpu-used": "8"}, audio="libopus", times=SECOND)
FAST = Encoding(speed=Speed.FAST)
ENCODED_LAG_S = 0.001


def carry_over(source_path: Path, path: Path, *, keep_audio: bool = True) -> Path:
    """Write the frames and the sound of one file to another."""
    with FileSource(source_path) as source, FileSink(path, source.info, FAST, keep_audio=keep_audio) as sink:
        for frame in source:
            sink.write(frame)
    return path


def audio_codec(path: Path, stream: int = 0) -> str:
    with av.open(str(path)) as container:
        return container.streams.audio[stream].codec_context.codec.canonical_name


def heard_at(path: Path) -> tuple[NDArray[np.float64], int]:
    """Return the sound as samples that begin with the first frame of the video."""
    samples, rate = sound_of(path)
    with av.open(str(path)) as container:
        first_sound = next(container.decode(audio=0)).time
    with av.open(str(path)) as container:
        first_frame = next(container.decode(video=0)).time
    assert first_sound is not None
    lead = round((first_sound - first_frame) * rate)
    return (np.concatenate([np.zeros(lead), samples]) if lead > 0 else samples[-lead:]), rate


def lag_s(path: Path, reference: Path) -> float:
    """Return by how much the sound of one file, against its picture, is later than that of another."""
    (samples, rate), (expected, expected_rate) = heard_at(path), heard_at(reference)
    assert rate == expected_rate
    return lag_samples(samples, expected) / rate


def lag_samples(samples: NDArray[np.float64], expected: NDArray[np.float64]) -> int:
    """Return by how much `samples` are later than the same sound in `expected`."""
    count = min(len(samples), len(expected))
    spectra = np.fft.rfft(samples[:count], 2 * count), np.fft.rfft(expected[:count], 2 * count)
    correlation = np.fft.irfft(spectra[0] * spectra[1].conj())
    energy = np.linalg.norm(samples[:count]) * np.linalg.norm(expected[:count])
    assert correlation.max() > 0.95 * energy
    lag = int(correlation.argmax())
    return lag if lag < count else lag - 2 * count


@pytest.mark.parametrize(
    ("source", "clip", "target"),
    [
        ("s.mp4", AAC, "t.mp4"),
        ("s.mp4", AAC, "t.mov"),
        ("s.mp4", AAC, "t.mkv"),
        ("s.mkv", AAC, "t.mp4"),
        ("s.mkv", PCM, "t.mkv"),
        ("s.mov", PCM, "t.mov"),
        ("s.mov", PCM, "t.mkv"),
        ("s.webm", OPUS, "t.webm"),
        ("s.webm", OPUS, "t.mkv"),
        ("s.webm", OPUS, "t.mp4"),
        ("s.mkv", Clip(audio="flac"), "t.mp4"),
        ("s.mkv", Clip(audio="libmp3lame"), "t.mp4"),
        ("s.mkv", Clip(audio="ac3"), "t.mov"),
    ],
)
def test_sound_is_copied_bit_for_bit_and_stays_in_step(tmp_path: Path, source: str, clip: Clip, target: str) -> None:
    before = make_video(tmp_path / source, clip)
    after = carry_over(before, tmp_path / target)
    assert audio_codec(after) == audio_codec(before)
    assert audio_payloads(after) == audio_payloads(before)
    tolerance = 0.0015 if "mkv" in source + target or "webm" in source + target else 0.00003  # whole milliseconds
    np.testing.assert_allclose(
        np.array(audio_times(after), float), np.array(audio_times(before), float), atol=tolerance
    )


@pytest.mark.parametrize(
    ("source", "clip", "target", "codec"),
    [
        ("s.mov", PCM, "t.mp4", "aac"),
        ("s.mp4", AAC, "t.webm", "opus"),
        ("s.mkv", PCM, "t.webm", "opus"),
        ("s.mkv", Clip(audio="pcm_s16le", audio_rate=22_050, times=AAC.times), "t.mp4", "aac"),
    ],
)
def test_sound_is_encoded_anew_where_the_container_demands_it(
    tmp_path: Path, source: str, clip: Clip, target: str, codec: str
) -> None:
    before = make_video(tmp_path / source, clip)
    after = carry_over(before, tmp_path / target)
    assert audio_codec(after) == codec
    assert abs(lag_s(after, before)) <= ENCODED_LAG_S
    (samples, rate), (expected, _) = heard_at(after), heard_at(before)
    assert abs(len(samples) - len(expected)) / rate < 0.05


@pytest.mark.parametrize("start", [Fraction(1, 4), Fraction(1, 10)])
@pytest.mark.parametrize("target", ["t.mp4", "t.mkv", "t.webm"])
def test_sound_that_starts_later_than_the_picture_stays_in_step(tmp_path: Path, start: Fraction, target: str) -> None:
    before = make_video(tmp_path / "s.mkv", Clip(audio="pcm_s16le", times=SECOND, audio_start=start))
    after = carry_over(before, tmp_path / target)
    assert abs(lag_s(after, before)) <= 0.0015


@pytest.mark.parametrize("target", ["t.mp4", "t.mkv", "t.webm"])
def test_a_picture_that_starts_later_than_the_sound_stays_in_step(tmp_path: Path, target: str) -> None:
    clip = Clip(audio="aac", times=range(6000, 36 * 1000, 1000), rate=Fraction(30))
    before = make_video(tmp_path / "s.ts", clip)
    after = carry_over(before, tmp_path / target)
    with FileSource(before) as source:
        assert source.info.start > 0
    assert abs(lag_s(after, before)) <= 0.0015


def test_gaps_become_silence_when_encoding_anew(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "whole.mkv", Clip(audio="pcm_s16le", times=range(0, 60 * 1001, 1001)))
    before = tmp_path / "gap.mkv"
    with av.open(str(whole)) as container, av.open(str(before), "w") as output:
        targets = {stream.index: output.add_stream_from_template(stream, opaque=True) for stream in container.streams}
        for packet in container.demux():
            is_sound = packet.stream.type == "audio"
            if packet.size and not (is_sound and packet.pts is not None and 400 <= packet.pts <= 900):
                packet.stream = targets[packet.stream.index]
                output.mux(packet)
    after = carry_over(before, tmp_path / "t.mp4")
    (samples, rate), (expected, _) = heard_at(after), heard_at(whole)
    silent = slice(round(0.5 * rate), round(0.8 * rate))
    late = slice(round(1.2 * rate), round(1.7 * rate))
    assert np.abs(samples[silent]).max() < 0.01
    assert abs(lag_samples(samples[late], expected[late])) / rate <= 0.0015  # the file's times are whole milliseconds


def test_all_tracks_are_kept_with_their_labels(tmp_path: Path) -> None:
    first = make_video(tmp_path / "a.mp4", AAC)
    before = tmp_path / "two.mkv"
    languages = ("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fra")
    labels = (
        *languages,
        "-metadata:s:a:1",
        "title=Commentaire",
        "-disposition:a:0",
        "0",
        "-disposition:a:1",
        "default",
    )
    tone = ("-f", "lavfi", "-i", "sine=880:d=2")
    run_ffmpeg("-i", first, *tone, "-map", "0", "-map", "1", "-c", "copy", "-c:a:1", "flac", *labels, before)
    after = carry_over(before, tmp_path / "t.mp4")
    assert [audio_codec(after, index) for index in (0, 1)] == ["aac", "flac"]
    for index in (0, 1):
        assert audio_payloads(after, index) == audio_payloads(before, index)
    with av.open(str(after)) as container:
        streams = container.streams.audio
        assert [stream.language for stream in streams] == ["eng", "fra"]
        assert [bool(stream.disposition & 1) for stream in streams] == [False, True]


def test_sound_can_be_left_out(tmp_path: Path) -> None:
    after = carry_over(make_video(tmp_path / "s.mp4", AAC), tmp_path / "t.mp4", keep_audio=False)
    with FileSource(after) as source:
        assert not source.info.has_audio
        assert len(list(source)) == 30


def test_a_source_that_is_gone_is_named(tmp_path: Path) -> None:
    before = make_video(tmp_path / "s.mp4", AAC)
    with FileSource(before) as source:
        info = source.info
    before.unlink()
    with pytest.raises(MediaError, match=r"s\.mp4 does not exist"):
        FileSink(tmp_path / "t.mp4", info)
    assert list(tmp_path.iterdir()) == []


def test_damaged_sound_that_must_be_decoded_leaves_nothing(tmp_path: Path) -> None:
    before = make_video(tmp_path / "s.mp4", AAC)
    data = before.read_bytes()
    payload = audio_payloads(before)[20]
    before.write_bytes(data.replace(payload, bytes(255 for _ in payload)))
    with pytest.raises(MediaError, match=r"sound of .* cannot be converted, or is damaged") as caught:
        carry_over(before, tmp_path / "t.webm")
    assert "without sound" in caught.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["s.mp4"]


def test_sound_and_picture_are_interleaved(tmp_path: Path) -> None:
    clip = Clip(
        audio="aac", times=range(40), time_base=Fraction(1, 5), rate=Fraction(5), options={"preset": "ultrafast"}
    )
    after = carry_over(make_video(tmp_path / "s.mp4", clip), tmp_path / "t.mp4")
    latest = {"video": 0.0, "audio": 0.0}
    with av.open(str(after)) as container:
        placed = sorted(
            (packet.pos, packet.stream.type, float(packet.dts * packet.time_base))
            for packet in container.demux()
            if packet.size and packet.pos is not None and packet.dts is not None
        )
    for _, kind, time in placed:
        latest[kind] = time
        if min(latest.values()) > 0:
            assert abs(latest["video"] - latest["audio"]) < 1.5


class CountingOutput:
    """An output that counts the packets it is given."""

    def __init__(self, container: OutputContainer) -> None:
        self._container = container
        self.count = 0
        self.add_stream = container.add_stream
        self.add_stream_from_template = container.add_stream_from_template

    def mux(self, packets: Sequence[AudioPacket]) -> None:
        self.count += len(packets)


def test_sound_is_read_along_with_the_picture(tmp_path: Path) -> None:
    clip = Clip(audio="aac", times=range(50), time_base=Fraction(1, 5), rate=Fraction(5))
    before = make_video(tmp_path / "s.mp4", clip)
    total = len(audio_payloads(before))
    path = tmp_path / "t.mp4"
    with av.open(str(path), "w") as container:
        output = CountingOutput(container)
        tracks = AudioTracks(before, Fraction(0), cast("OutputContainer", output), container_for(path))
        assert output.count == 0
        for second in range(1, 9):
            tracks.advance(Fraction(second))
            assert output.count == pytest.approx(total * second / 10, abs=2)
        tracks.finish()
        assert output.count == total
        tracks.close()


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda container: container.title)
def test_ffmpeg_agrees_on_what_a_container_holds(tmp_path: Path, container: object) -> None:
    chosen = next(known for known in CONTAINERS if known is container)
    with av.open(str(tmp_path / f"a{chosen.suffixes[0]}"), "w", format=chosen.format) as output:
        accepted = {av.Codec(name, "r").canonical_name for name in output.supported_codecs if is_decoder(name)}
    assert chosen.copied_audio <= accepted
    assert {str(codec) for codec in chosen.video_codecs} <= accepted


def is_decoder(name: str) -> bool:
    try:
        av.Codec(name, "r")
    except ValueError:
        return False
    return True
