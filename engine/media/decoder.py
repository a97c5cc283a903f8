"""The first video of a file, as FFmpeg demuxes and decodes it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from engine.errors import MediaError
from engine.media.clock import nominal_rate
from engine.media.faults import reading_fault
from engine.media.packets import VideoPacket

_FALLBACK_RATE: Final = Fraction(25)


def open_for_reading(path: Path) -> InputContainer:
    """Open a media file; FFmpeg's errors are left as they are."""
    # An absolute path cannot be mistaken for an address, as "12:30.mp4" can. Titles may be in any encoding.
    return av.open(str(path.absolute()), "r", metadata_errors="replace")


class Decoder:
    """An open file and the decoder of its first video. Owned by one thread; `close` it.

    Raises:
        MediaError: the file cannot be opened, is no media file, or there is no video in it that can be decoded. Faults
            of packets and frames later on are left as FFmpeg's errors, for the reader knows which frame it was at.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._container: Final = open_for_reading(path)
        except (av.InvalidDataError, av.DemuxerNotFoundError) as error:
            raise MediaError(
                f"{path} is not a video, or it is damaged or cut short.",
                "Copy or export it again, or choose another file.",
            ) from error
        except (av.FFmpegError, OSError) as error:
            raise reading_fault(path, error) from error
        self._is_open = True
        try:
            self.stream: Final = self._first_video(path)
        except BaseException:
            self.close()
            raise
        self.stream.thread_type = "AUTO"

    @property
    def rate(self) -> Fraction:
        """Frames a second, as far as the file tells."""
        stated = self.stream.average_rate or self.stream.guessed_rate or self.stream.base_rate
        return nominal_rate(stated or _FALLBACK_RATE)

    @property
    def tick(self) -> Fraction:
        """Seconds that a timestamp of 1 stands for."""
        return self.stream.time_base or Fraction(1, av.time_base)

    @property
    def has_audio(self) -> bool:
        """Whether there is an audio stream."""
        return bool(self._container.streams.audio)

    def duration_from(self, start: Fraction) -> Fraction | None:
        """Return the seconds from `start`, on the file's own clock, to the end of the video; None where unknown."""
        if self.stream.duration:
            return self.stream.duration * self.tick
        if self._container.duration is None:
            return None
        file_start = Fraction(self._container.start_time or 0, av.time_base)
        return Fraction(self._container.duration, av.time_base) - (start - file_start)

    def frames(self) -> Iterator[av.VideoFrame]:
        """Decode from where the file is at, in presentation order."""
        for packet in self._packets():
            yield from self.stream.decode(packet)

    def timestamps(self) -> list[int] | None:
        """Read on to the end without decoding; return all timestamps in presentation order, None if some lack."""
        stamps = [packet.pts for packet in self._packets() if packet.size and not packet.is_discard]
        complete = [stamp for stamp in stamps if stamp is not None]
        return sorted(complete) if len(complete) == len(stamps) else None

    def seek(self, timestamp: int) -> None:
        """Go to the last key frame at or before `timestamp`."""
        self._container.seek(timestamp, stream=self.stream)

    def close(self) -> None:
        """Release the file."""
        if self._is_open:
            self._is_open = False
            self._container.close()

    def _packets(self) -> Iterator[VideoPacket]:
        packets = self._container.demux(self.stream)
        while self._is_open:  # a closed container must not be read
            packet = next(packets, None)
            if packet is None:
                return
            yield packet
        raise ValueError("The source was closed, or read anew, while it was being read.")

    def _first_video(self, path: Path) -> VideoStream:
        videos = [
            stream for stream in self._container.streams.video if not stream.disposition & Disposition.attached_pic
        ]
        if not videos:
            raise MediaError(
                f"There is no video in {path}.", "Choose a video, or a photo as JPEG, PNG, WebP, TIFF or BMP."
            )
        if videos[0].codec_context is None:
            raise MediaError(f"The codec of {path} is not supported.", "Convert it to H.264 in an MP4 file.")
        return videos[0]
