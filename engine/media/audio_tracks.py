"""The sound of a source file, carried into an output beside its video."""

import math
from collections.abc import Generator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Discard

from engine.errors import MediaError
from engine.media.containers import Container
from engine.media.decoder import open_for_reading
from engine.media.faults import reading_fault
from engine.media.packets import AudioPacket

_BITS_A_CHANNEL: Final = 96_000
_USUAL_RATE: Final = 48_000
_PREROLL: Final = Fraction(1, 5)
"""Seconds of sound before an excerpt that a decoder gets, so that it is settled where the excerpt begins."""
_LAYOUTS: Final = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}


class AudioTracks:
    """All audio streams of a file: packets are copied bit for bit, or encoded anew where the container demands it.

    Packets are read as the video advances, so memory does not grow with the length. Owned by one thread; `close` it.

    Args:
        source: the file with the sound.
        start: time on the file's own clock that becomes 0 in the output, where its video starts.
        output: opened for writing; nothing has been muxed yet.
        container: what `output` is.
        is_excerpt: what sounds before `start` is left out: whole packets where they are copied, so that the sound may
            begin some hundredths of a second after the picture, but never beside its time.

    Raises:
        MediaError: the source cannot be read or decoded. FFmpeg's errors about the output are left as they are.
    """

    def __init__(
        self,
        source: Path,
        start: Fraction,
        output: OutputContainer,
        container: Container,
        *,
        is_excerpt: bool = False,
    ) -> None:
        self._source: Final = source
        self._start = start
        self._output: Final = output
        try:
            self._input: Final = open_for_reading(source)
        except (av.FFmpegError, OSError) as error:
            raise reading_fault(source, error) from error
        for other in self._input.streams:
            other.discard = Discard.default if other.type == "audio" else Discard.all
        self._tracks: Final = {
            stream.index: _track(stream, start, output, container, is_excerpt) for stream in self._input.streams.audio
        }
        if is_excerpt:
            self._seek(max(Fraction(0), start - _PREROLL))
        self._packets = self._read()
        self._next = next(self._packets, None)

    def advance(self, until: Fraction) -> None:
        """Write the sound up to `until`, in seconds of the output."""
        while self._next is not None and _time_of(self._next) - self._start <= until:
            self._write(self._next)

    def jump(self, until: Fraction, start: Fraction) -> None:
        """End one piece of the sound and begin another, as where a recorded clip starts again.

        Args:
            until: end of the first piece, in seconds of the output; the next one begins there.
            start: time on the file's own clock that becomes 0 in the output from now on.
        """
        self.advance(until)
        begin = start + until
        self._seek(begin)
        self._start = start
        for track in self._tracks.values():
            track.jump(start)
        self._packets.close()
        self._packets = self._read()
        self._next = next(self._packets, None)
        while self._next is not None and _time_of(self._next) < begin:
            self._next = next(self._packets, None)

    def finish(self, until: Fraction | None = None) -> None:
        """Write the rest, or what sounds before `until`, in seconds of the output."""
        while self._next is not None and (until is None or _time_of(self._next) - self._start < until):
            self._write(self._next)
        for track in self._tracks.values():
            self._output.mux(track.rest())

    def close(self) -> None:
        """Release the source."""
        self._packets.close()
        self._input.close()

    def _write(self, packet: AudioPacket) -> None:
        self._output.mux(self._tracks[packet.stream.index].converted(packet))
        self._next = next(self._packets, None)

    def _seek(self, time: Fraction) -> None:
        """Go to the packets at or before `time`, in seconds of the file's own clock."""
        try:
            self._input.seek(math.floor(time * av.time_base))
        except av.FFmpegError as error:
            raise reading_fault(self._source, error) from error

    def _read(self) -> Generator[AudioPacket]:
        try:
            for packet in self._input.demux(self._input.streams.audio):
                if packet.size:
                    yield packet
        except av.FFmpegError as error:
            raise reading_fault(self._source, error) from error


class _Track(Protocol):
    """One stream on its way from the source to the output."""

    def converted(self, packet: AudioPacket) -> Sequence[AudioPacket]:
        """Return what to mux for a packet of the source."""

    def jump(self, start: Fraction) -> None:
        """Let go of what was read; what follows counts from `start` on its file's clock."""

    def rest(self) -> Sequence[AudioPacket]:
        """Return what to mux at the end."""


def _track(
    stream: AudioStream, start: Fraction, output: OutputContainer, container: Container, is_excerpt: bool
) -> _Track:
    if stream.codec_context is None:
        raise MediaError(
            f"The sound of {stream.container.name} is in a format that cannot be read.",
            "Convert it to AAC, or write the output without sound.",
        )
    if stream.codec_context.codec.canonical_name in container.copied_audio:
        return _CopiedTrack(stream, start, output, is_excerpt)
    return _EncodedTrack(stream, start, output, container.audio_encoder, is_excerpt)


class _CopiedTrack:
    """Passes packets on unchanged, on the output's clock."""

    def __init__(self, stream: AudioStream, start: Fraction, output: OutputContainer, is_excerpt: bool) -> None:
        self._stream: Final = output.add_stream_from_template(stream)
        _copy_labels(stream, self._stream)
        self._source: Final = stream
        self._offset = _offset(stream, start)
        self._last = -1 if is_excerpt else None

    def converted(self, packet: AudioPacket) -> Sequence[AudioPacket]:
        packet.stream = self._stream
        if packet.pts is not None:
            packet.pts -= self._offset
        if packet.dts is not None:
            packet.dts -= self._offset
            if self._last is not None and packet.dts <= self._last:  # overlaps the piece before
                return []
            self._last = packet.dts
        return [packet]

    def jump(self, start: Fraction) -> None:
        self._offset = _offset(self._source, start)

    def rest(self) -> Sequence[AudioPacket]:
        return []


class _EncodedTrack:
    """Decodes and encodes anew. Gaps become silence, so that sound and picture stay together."""

    def __init__(
        self, stream: AudioStream, start: Fraction, output: OutputContainer, encoder: str, is_excerpt: bool
    ) -> None:
        rates = av.Codec(encoder, "w").audio_rates or [stream.rate]
        rate = stream.rate if stream.rate in rates else _USUAL_RATE
        layout = _LAYOUTS.get(stream.channels, "stereo")
        added = output.add_stream(encoder, rate=rate, layout=layout)
        if not isinstance(added, AudioStream):
            raise TypeError(f"{encoder} is not an audio encoder.")
        self._stream: Final = added
        self._stream.bit_rate = _BITS_A_CHANNEL * self._stream.channels
        _copy_labels(stream, self._stream)
        self._source: Final = stream
        self._offset = _offset(stream, start)
        self._is_excerpt: Final = is_excerpt
        self._resampler: Final = AudioResampler(self._stream.format, layout, rate, options={"async": "1"})

    def converted(self, packet: AudioPacket) -> Sequence[AudioPacket]:
        return self._encoded(packet)

    def jump(self, start: Fraction) -> None:
        if self._source.codec_context is not None:
            self._source.codec_context.flush_buffers()
        self._offset = _offset(self._source, start)

    def rest(self) -> Sequence[AudioPacket]:
        return [*self._encoded(None), *self._stream.encode(None)]

    def _encoded(self, packet: AudioPacket | None) -> list[AudioPacket]:
        """Convert one packet, or with None what the decoder and the resampler still hold."""
        packets: list[AudioPacket] = []
        try:
            for frame in self._source.decode(packet):
                if frame.pts is not None:
                    frame.pts -= self._offset
                    if self._is_excerpt and frame.pts < 0:
                        continue
                packets += self._resampled(frame)
            if packet is None:
                packets += self._resampled(None)
        except (av.FFmpegError, ValueError) as error:  # a ValueError if the layout changes on the way
            raise MediaError(
                f"The sound of {self._source.container.name} cannot be converted, or is damaged.",
                "Convert it to AAC or Opus first, or write the output without sound.",
            ) from error
        return packets

    def _resampled(self, frame: AudioFrame | None) -> list[AudioPacket]:
        return [packet for part in self._resampler.resample(frame) for packet in self._stream.encode(part)]


def _copy_labels(source: AudioStream, target: AudioStream) -> None:
    """Keep the language and title of a stream, and which one plays by default."""
    target.metadata.update({key: text for key, text in source.metadata.items() if key in ("language", "title")})
    target.disposition = source.disposition


def _offset(stream: AudioStream, start: Fraction) -> int:
    """Return `start` in the stream's ticks."""
    return round(start / stream.time_base) if stream.time_base else 0


def _time_of(packet: AudioPacket) -> Fraction:
    """Return when a packet sounds, in seconds on its file's clock."""
    timestamp = packet.dts if packet.pts is None else packet.pts
    return Fraction(0) if timestamp is None else timestamp * packet.time_base
