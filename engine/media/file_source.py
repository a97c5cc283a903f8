"""Video files as a source of frames."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av

from engine.errors import MediaError
from engine.media.clock import FrameClock
from engine.media.colour import Conversion, RGBReader, tags_of
from engine.media.decoder import Decoder
from engine.media.frame_index import FrameIndex
from engine.media.orientation import orientation_of
from engine.media.protocols import VideoInfo, VideoSource
from engine.media.wholeness import is_cut_short
from engine.types import Frame, RGBImage

_SEEK_LEADS: Final = (0, 32)
"""How many frames before the wanted one to aim at, in turn: seeking may end at a key frame that shows after it."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A decoded frame with its place in the source."""

    index: int
    time: Fraction
    frame: av.VideoFrame


class FileSource(VideoSource):
    """A video file. Owned by one thread.

    Frames are upright, and all have the size of the first one. Each iteration opens the file anew and ends an earlier
    one.

    Args:
        path: any file that FFmpeg reads; of several videos in it, the first one is taken.
        conversion: how Y'CbCr becomes RGB; STANDARD for lossless output, ACCURATE for going back to Y'CbCr.

    Attributes:
        damaged_frame_count: how many frames of the latest iteration the decoder could only show in part.

    Raises:
        MediaError: the file is missing, a folder or damaged, or there is no video in it; while reading, a frame cannot
            be decoded, or the file ends before its video does.
    """

    def __init__(self, path: Path, conversion: Conversion = Conversion.STANDARD) -> None:
        self._path: Final = path
        self._is_closed = False
        self._decoder: Decoder | None = None
        self._frame_index: FrameIndex | None = None
        self._lacks_timestamps = False
        self.damaged_frame_count = 0
        try:
            decoder = self._opened()
            first = _first_frame(path, decoder)
            self._orientation: Final = orientation_of(first)
            self._info: Final = _describe(path, decoder, first, is_turned=self._orientation.is_transposed)
        finally:
            self._close_decoder()
        self._rgb_reader: Final = RGBReader(first.width, first.height, conversion)

    @property
    def info(self) -> VideoInfo:
        """What is known before reading."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Read from the frame that shows at `start`, in seconds, to the end.

        The first `start` after 0 reads the timestamps of the whole file, without decoding; decoding then begins at the
        key frame before.
        """
        pictures = _from_shown(self._pictures_near(start), start)
        last = None
        while True:
            try:
                picture = next(pictures, None)
            except av.FFmpegError as error:
                where = f"near {float(start):.2f} s" if last is None else f"at or soon after frame {last.index + 1}"
                raise _damaged(self._path, where, error) from error
            if picture is None:
                break
            last = picture
            yield Frame(self._pixels(picture.frame), picture.time, picture.index)
        self._require_end(last)

    def close(self) -> None:
        """Release the file."""
        self._is_closed = True
        self._close_decoder()

    def _opened(self) -> Decoder:
        if self._is_closed:
            raise ValueError("The source is closed.")
        self._close_decoder()
        self._decoder = Decoder(self._path)
        self.damaged_frame_count = 0
        return self._decoder

    def _close_decoder(self) -> None:
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None

    def _pictures_near(self, start: Fraction) -> Iterator[_Picture]:
        """Decode from the frame that shows at `start`, or from one before it."""
        frame_index = self._indexed() if start > 0 else None
        if frame_index is not None:
            wanted = frame_index.shown_at(start)
            for lead in _SEEK_LEADS:
                pictures = self._sought(frame_index, max(0, wanted - lead))
                first = next(pictures, None)
                if first is not None and first.index <= wanted:
                    yield first
                    yield from pictures
                    return
        yield from self._counted(self._opened())

    def _sought(self, frame_index: FrameIndex, position: int) -> Iterator[_Picture]:
        """Decode from the key frame before a position; nothing where the file cannot be sought in.

        What comes before the key frame was predicted from frames that have not been decoded, and is dropped.
        """
        decoder = self._opened()
        try:
            decoder.seek(frame_index.timestamp_of(position))
        except av.FFmpegError:
            return
        is_reliable = False
        for frame in self._decoded(decoder):
            is_reliable |= frame.key_frame
            found = frame_index.position_of(frame.pts) if is_reliable and frame.pts is not None else None
            if found is not None:
                yield _Picture(found, frame_index.time_of(found), frame)

    def _indexed(self) -> FrameIndex | None:
        """Read the index of the file once; None where frames lack timestamps, so that they must be counted."""
        if self._frame_index is None and not self._lacks_timestamps:
            decoder = self._opened()
            try:
                timestamps = decoder.timestamps()
            except av.FFmpegError:
                timestamps = None
            self._lacks_timestamps = not timestamps
            if timestamps:
                self._frame_index = FrameIndex(timestamps, FrameClock(decoder.tick, decoder.rate))
        return self._frame_index

    def _counted(self, decoder: Decoder) -> Iterator[_Picture]:
        clock = FrameClock(decoder.tick, decoder.rate)
        for index, frame in enumerate(self._decoded(decoder)):
            yield _Picture(index, clock.time_of(frame.pts) * clock.time_base, frame)

    def _decoded(self, decoder: Decoder) -> Iterator[av.VideoFrame]:
        for frame in decoder.frames():
            self.damaged_frame_count += frame.is_corrupt
            yield frame

    def _pixels(self, frame: av.VideoFrame) -> RGBImage:
        try:
            pixels = self._orientation.upright(self._rgb_reader.read(frame))
        except (av.FFmpegError, ValueError) as error:
            raise MediaError(
                f"The colours of {self._path} ({frame.format.name}) cannot be converted to RGB.",
                "Convert the video to H.264 with BT.709 colours.",
            ) from error
        pixels.setflags(write=False)
        return pixels

    def _require_end(self, last: _Picture | None) -> None:
        """Raise MediaError where the file broke off before its video ended."""
        info = self._info
        if last is None or not is_cut_short(self._path):
            return
        if info.frame_count is not None:
            is_whole = last.index + 1 >= info.frame_count
        else:
            is_whole = info.duration is not None and last.time + 2 / info.average_rate > info.duration
        if not is_whole:
            raise MediaError(
                f"{self._path} is cut short: it ends after frame {last.index}, at {float(last.time):.2f} s.",
                "Copy the file again, or repair it with a tool such as FFmpeg to use the part that is there.",
            )


def _from_shown(pictures: Iterator[_Picture], start: Fraction) -> Iterator[_Picture]:
    """Drop the pictures before the one that shows at `start`, which is known only once the next one comes."""
    shown: _Picture | None = None
    for picture in pictures:
        if picture.time < start:
            shown = picture
            continue
        if shown is not None and picture.time > start:
            yield shown
        shown = None
        yield picture
    if shown is not None:
        yield shown


def _first_frame(path: Path, decoder: Decoder) -> av.VideoFrame:
    try:
        first = next(decoder.frames(), None)
    except av.FFmpegError as error:
        raise _damaged(path, "at its first frame", error) from error
    if first is None:
        raise MediaError(
            f"No frame of {path} can be decoded: it is damaged or cut short.", "Copy or export the video again."
        )
    return first


def _damaged(path: Path, where: str, error: av.FFmpegError) -> MediaError:
    return MediaError(
        f"{path} is damaged {where}: {error.strerror or 'it cannot be decoded'}.",
        "Copy or export the video again, or repair it with a tool such as FFmpeg.",
    )


def _describe(path: Path, decoder: Decoder, first: av.VideoFrame, *, is_turned: bool) -> VideoInfo:
    """Gather what the file and its first frame say; `is_turned` where frames lie on their side."""
    start = (first.pts or 0) * decoder.tick
    pixel_aspect = decoder.stream.sample_aspect_ratio or Fraction(1)
    return VideoInfo(
        width=first.height if is_turned else first.width,
        height=first.width if is_turned else first.height,
        average_rate=decoder.rate,
        time_base=FrameClock(decoder.tick, decoder.rate).time_base,
        frame_count=decoder.stream.frames or None,
        duration=decoder.duration_from(start),
        has_audio=decoder.has_audio,
        pixel_aspect=1 / pixel_aspect if is_turned else pixel_aspect,
        colour=tags_of(first),
        codec=decoder.stream.codec_context.codec.canonical_name,
        pixel_format=first.format.name,
        path=path,
        start=start,
    )
