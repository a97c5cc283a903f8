"""Tiny real videos, made with PyAV alone, so that a fault of the engine cannot hide itself."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engine.media.packets import AudioPacket, VideoPacket
from engine.types import Frame, RGBImage

NTSC: Final = Fraction(30000, 1001)
NTSC_TICK: Final = Fraction(1, 30000)
WIDTH: Final = 64
HEIGHT: Final = 48
FORMATS: Final = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm", ".ts": "mpegts", ".avi": "avi"}


@dataclass(frozen=True, kw_only=True)
class Clip:
    """What to put into a test file; times are counted in `time_base`."""

    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    options: Mapping[str, str] = field(default_factory=lambda: {"crf": "10", "preset": "ultrafast"})
    size: tuple[int, int] = (WIDTH, HEIGHT)
    rate: Fraction = NTSC
    time_base: Fraction = NTSC_TICK
    times: Sequence[int] = tuple(range(0, 12 * 1001, 1001))
    audio: str | None = None
    audio_rate: int = 48_000
    audio_start: Fraction = Fraction(0)
    rotation: int = 0
    flips: bool = False
    pixel_aspect: Fraction | None = None
    tags: tuple[int, int, int, int] | None = None
    """Primaries, transfer, matrix and range."""
    container_options: Mapping[str, str] = field(default_factory=dict)


PLAIN: Final = Clip()


def make_video(path: Path, clip: Clip = PLAIN, pictures: Sequence[RGBImage] | None = None) -> Path:
    """Write `clip` to `path`; `pictures` are shown in turn, noise of a fixed seed by default."""
    shown = noise_pictures(len(clip.times), clip.size) if pictures is None else pictures
    with av.open(
        str(path), "w", format=FORMATS[path.suffix], container_options=dict(clip.container_options)
    ) as container:
        video = _add_video(container, clip)
        audio = _add_audio(container, clip)
        for time, picture in zip(clip.times, shown, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=clip.pixel_format)
            if clip.tags is not None:
                frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range = clip.tags
            frame.pts, frame.time_base = time, clip.time_base
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None:
            seconds = Fraction(clip.times[-1]) * clip.time_base + 1 / clip.rate
            container.mux(_sound(audio, clip, seconds))
    return path


def noise_pictures(count: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> list[RGBImage]:
    """Return `count` different pictures."""
    random = np.random.default_rng(7)
    return [random.integers(0, 256, (size[1], size[0], 3), np.uint8) for _ in range(count)]


def smooth_pictures(count: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> list[RGBImage]:
    """Return `count` different pictures without hard edges, which lossy codecs keep well."""
    across = np.linspace(40, 200, size[0])[None, :, None]
    down = np.linspace(0, 30, size[1])[:, None, None]
    colours = np.array([1.0, 0.8, 0.6])[None, None]
    return [np.rint((across + down) * colours + 2 * index).astype(np.uint8) for index in range(count)]


def frames_of(pictures: Sequence[RGBImage], interval: Fraction = 1 / NTSC) -> list[Frame]:
    """Return frames at a constant rate."""
    return [Frame(picture, index * interval, index) for index, picture in enumerate(pictures)]


def video_packets(path: Path) -> list[VideoPacket]:
    """Return the packets of the first video."""
    with av.open(str(path)) as container:
        return [packet for packet in container.demux(container.streams.video[0]) if packet.size]


def audio_payloads(path: Path, stream: int = 0) -> list[bytes]:
    """Return the encoded bytes of each packet of an audio stream."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.audio[stream]) if packet.size]


def audio_times(path: Path) -> list[Fraction]:
    """Return the time of each audio packet, counted from the first frame of the video."""
    with av.open(str(path)) as container:
        audio = container.streams.audio[0]
        assert audio.time_base is not None
        times = [
            packet.pts * audio.time_base for packet in container.demux(audio) if packet.size and packet.pts is not None
        ]
    start = min(packet.pts * packet.time_base for packet in video_packets(path) if packet.pts is not None)
    return [time - start for time in times]


def sound_of(path: Path) -> tuple[NDArray[np.float64], int]:
    """Decode the first audio stream: samples of the first channel and the sample rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("dbl", "mono")
        frames = [*container.decode(stream), None]
        parts = [part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)]
        return np.concatenate(parts), stream.rate


def run_ffmpeg(*arguments: str | Path) -> bytes:
    """Run the `ffmpeg` of the system, as a second opinion, and return what it writes to standard output."""
    program = shutil.which("ffmpeg")
    if program is None:
        pytest.skip("needs the ffmpeg program")
    return subprocess.run([program, "-v", "error", *arguments], check=True, capture_output=True).stdout


def _add_video(container: OutputContainer, clip: Clip) -> VideoStream:
    stream = container.add_stream(clip.codec, clip.rate, dict(clip.options), time_base=clip.time_base)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = clip.size
    stream.pix_fmt = clip.pixel_format
    stream.thread_count = 1  # handing over between threads costs more than so few pixels
    if clip.rotation or clip.flips:
        stream.set_display_rotation(clip.rotation, hflip=clip.flips)
    if clip.pixel_aspect is not None:
        stream.codec_context.sample_aspect_ratio = clip.pixel_aspect
    if clip.tags is not None:
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace, context.color_range = clip.tags
    return stream


def _add_audio(container: OutputContainer, clip: Clip) -> AudioStream | None:
    if clip.audio is None:
        return None
    stream = container.add_stream(clip.audio, rate=clip.audio_rate, layout="stereo")
    assert isinstance(stream, AudioStream)
    return stream


def _sound(stream: AudioStream, clip: Clip, seconds: Fraction) -> list[AudioPacket]:
    """Encode a tone that rises, so that every moment of it can be told apart."""
    count = round(seconds * clip.audio_rate)
    clock = np.arange(count) / clip.audio_rate
    tone = (0.4 * np.sin(2 * np.pi * (300 + 400 * clock) * clock)).astype(np.float32)
    packets: list[AudioPacket] = []
    for begin in range(0, count, 1024):
        part = np.ascontiguousarray(np.stack([tone[begin : begin + 1024]] * 2))
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate = clip.audio_rate
        frame.time_base = Fraction(1, clip.audio_rate)
        frame.pts = begin + round(clip.audio_start * clip.audio_rate)
        packets += stream.encode(frame)
    return [*packets, *stream.encode(None)]
