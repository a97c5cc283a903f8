"""Video files as a sink of frames."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import OutputContainer
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from engine.errors import MediaError
from engine.media.atomic import AtomicFile
from engine.media.audio_tracks import AudioTracks
from engine.media.colour import FrameWriter, encodable_tags
from engine.media.containers import Container, codec_in, container_for
from engine.media.disclosure import append_xmp, container_tags
from engine.media.encoding import DEFAULT_ENCODING, EncoderSetup, Encoding, VideoCodec, encoder_setup
from engine.media.faults import writing_fault
from engine.media.packets import VideoPacket
from engine.media.protocols import VideoInfo, VideoSink
from engine.types import Frame

_LONGEST_REORDERING: Final = Fraction(3600)  # seconds


class FileSink(VideoSink):
    """A video file. Owned by one thread.

    The file is written under a temporary name and appears when it is whole. Every frame keeps its own exact time. Sound
    comes from the source's file, interleaved with the video. H.264 and HEVC hold colour at half the size, so a picture
    with an odd side grows by one row or column, a copy of the last one; `width` and `height` tell the result.

    Args:
        path: its ending chooses the container.
        info: of the source, which the output matches: size, times, shape of pixels, colours and sound.
        encoding: codec, quality and speed.
        keep_audio: False leaves the sound out.
        overwrite: True replaces an existing file.
        ai_tag: True says in the metadata that a model edited it.

    Raises:
        MediaError: at once where the output cannot be made: the codec does not go into the container or is missing, the
            file exists, its folder does not, it is the source. Later where it cannot be written; then nothing is left.
    """

    def __init__(
        self,
        path: Path,
        info: VideoInfo,
        encoding: Encoding = DEFAULT_ENCODING,
        *,
        keep_audio: bool = True,
        overwrite: bool = False,
        ai_tag: bool = False,
    ) -> None:
        self._info: Final = info
        self._ai_tag: Final = ai_tag
        container = container_for(path)
        codec = codec_in(container, encoding.codec, path)
        setup = encoder_setup(codec, encoding.quality, encoding.speed)
        rounding = 2 if setup.needs_even_size else 1
        self.width: Final = -(-info.width // rounding) * rounding
        self.height: Final = -(-info.height // rounding) * rounding
        self._tags: Final = encodable_tags(info.colour, setup.pixel_format)
        self._frame_writer: Final = FrameWriter(setup.pixel_format, self._tags, self.width, self.height)
        self._held: av.VideoFrame | None = None
        self._held_since = -1
        self._last_decoded: int | None = None
        self._durations: Final[dict[int, int]] = {}
        self._audio: AudioTracks | None = None
        self._is_open = True
        self._file: Final = AtomicFile(path, overwrite=overwrite, source=info.path)
        try:
            with self._faults():
                self._output: Final = self._opened(self._file.part, container)
                if ai_tag:
                    self._output.metadata.update(container_tags(container.format))
                self._stream: Final = self._add_video(setup)
                if keep_audio and info.has_audio and info.path is not None:
                    self._audio = AudioTracks(
                        info.path, info.start, self._output, container, is_excerpt=info.is_excerpt
                    )
            self._open_encoder(codec)
            with self._faults():
                self._output.start_encoding()
        except BaseException:
            self._file.discard()
            if self._audio is not None:
                self._audio.close()
            raise

    def write(self, frame: Frame) -> None:
        """Add a frame of the source's size; its time is a whole number of the source's `time_base`."""
        self._require_open()
        height, width = frame.pixels.shape[:2]
        if (width, height) != (self._info.width, self._info.height):
            raise ValueError(
                f"A frame of {width}×{height} pixels in a video of {self._info.width}×{self._info.height}."
            )
        timestamp = frame.time / self._info.time_base
        if timestamp.denominator != 1 or timestamp <= self._held_since:
            raise ValueError(f"Frame {frame.index} at {frame.time} s is off the time base, or not after the last one.")
        try:
            with self._faults():
                held = self._frame_writer.write(frame.pixels)
                held.pts, held.time_base = timestamp.numerator, self._info.time_base
                if self._audio is not None:
                    self._audio.advance(frame.time)
                if self._held is not None:
                    self._encode(self._held, timestamp.numerator - self._held_since)
                self._held = held  # until the next one's time tells how long this one shows
                self._held_since = timestamp.numerator
        except BaseException:
            self._give_up()
            raise

    def finish(self) -> None:
        """Write what is left and make the file appear under its name."""
        if not self._is_open:
            return
        if self._held is None:
            self.abort()
            raise MediaError(f"There is no frame to write to {self._file.target}.", "Choose a source with frames.")
        try:
            with self._faults():
                self._encode(self._held, max(1, round(1 / self._info.average_rate / self._info.time_base)))
                self._mux(self._stream.encode(None))
                if self._audio is not None:
                    self._end_sound(self._audio)
                self._close_output()
            if self._ai_tag:
                append_xmp(self._file.part)
            self._file.commit()
        except BaseException:
            self._give_up()
            raise
        self._is_open = False
        if self._audio is not None:
            self._audio.close()

    def abort(self) -> None:
        """Leave nothing behind; after `finish`, do nothing."""
        if not self._is_open:
            return
        self._is_open = False
        self._file.discard()  # before closing: without a file, the muxer does not move its data to make room in front
        if self._audio is not None:
            self._audio.close()
        with suppress(av.FFmpegError, OSError):
            self._close_output()
        self._file.discard()  # after closing: Windows deletes no open file

    def _opened(self, part: Path, container: Container) -> OutputContainer:
        """Open the file for writing."""
        return av.open(str(part), "w", format=container.format, container_options=dict(container.options))

    def _close_output(self) -> None:
        """End and close the file."""
        self._output.close()

    def _give_up(self) -> None:
        """Leave things as they must be after a fault."""
        self.abort()

    def _end_sound(self, audio: AudioTracks) -> None:
        """Write the sound that is left; of an excerpt, what sounds before its last frame ends."""
        end = self._held_since * self._info.time_base + 1 / self._info.average_rate
        audio.finish(end if self._info.is_excerpt else None)

    def _add_video(self, setup: EncoderSetup) -> VideoStream:
        stream = self._output.add_stream(
            setup.encoder, self._info.average_rate, dict(setup.options), time_base=self._info.time_base
        )
        if not isinstance(stream, VideoStream):
            raise TypeError(f"{setup.encoder} is not a video encoder.")
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = self.width, self.height, setup.pixel_format
        context.sample_aspect_ratio = self._info.pixel_aspect
        context.color_primaries, context.color_trc = self._tags.primaries, self._tags.transfer
        context.colorspace = self._tags.matrix
        context.color_range = ColorRange.JPEG if self._tags.full_range else ColorRange.MPEG
        if setup.quicktime_tag is not None and self._output.format.name in ("mp4", "mov"):
            context.codec_tag = setup.quicktime_tag
        return stream

    def _open_encoder(self, codec: VideoCodec) -> None:
        try:
            self._stream.codec_context.open()
        except av.FFmpegError as error:
            raise MediaError(
                f"The {codec} encoder does not take video of {self.width}×{self.height} pixels at "
                f"{float(self._info.average_rate):g} frames a second.",
                "Choose another codec, or scale the video.",
            ) from error

    def _encode(self, frame: av.VideoFrame, duration: int) -> None:
        """Encode the frame that was held back, which shows for `duration`, in units of the time base."""
        frame.duration = self._durations[self._held_since] = duration
        self._mux(self._stream.encode(frame))

    def _mux(self, packets: Sequence[VideoPacket]) -> None:
        for packet in packets:
            if packet.pts is not None:
                packet.duration = self._durations.pop(packet.pts, packet.duration)  # not every encoder passes it on
                self._require_decoding_time(packet, packet.pts)
            self._output.mux(packet)

    def _require_decoding_time(self, packet: VideoPacket, presented: int) -> None:
        """Set the decoding time where libx265 leaves memory as it was: when fewer frames come than it reorders."""
        earliest = presented - _LONGEST_REORDERING / self._info.time_base
        if self._last_decoded is not None:
            earliest = max(earliest, Fraction(self._last_decoded + 1))
        if packet.dts is None or not earliest <= packet.dts <= presented:
            packet.dts = presented
        self._last_decoded = packet.dts

    def _require_open(self) -> None:
        if not self._is_open:
            raise ValueError("The sink was finished or aborted before.")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say what FFmpeg's errors mean for the output."""
        try:
            yield
        except (av.FFmpegError, OSError) as error:
            raise writing_fault(self._file.target, error) from error
