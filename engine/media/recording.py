"""A video file that grows in real time, and of which a fault leaves what was recorded until then."""

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final

import av
from av.container import OutputContainer
from av.video.stream import VideoStream

from engine.errors import MediaError
from engine.media.audio_tracks import AudioTracks
from engine.media.containers import Container
from engine.media.encoding import EncoderSetup, Encoding, Speed
from engine.media.file_sink import FileSink
from engine.media.protocols import VideoInfo
from engine.media.wholeness import end_of_whole_parts
from engine.types import Frame

LIVE_ENCODING: Final = Encoding(speed=Speed.LIVE)
_KEY_FRAMES_S: Final = 1
_RECOVERABLE: Final = MappingProxyType(
    {
        # Fragments that can be played as they are, until the end turns them into an ordinary file.
        "mp4": {"movflags": "+hybrid_fragmented", "flush_packets": "1"},
        "mov": {"movflags": "+hybrid_fragmented", "flush_packets": "1"},
        "matroska": {"cluster_time_limit": "1000", "flush_packets": "1"},
        "webm": {"cluster_time_limit": "1000", "flush_packets": "1"},
    }
)


class Recording(FileSink):
    """A video file of what is happening now. Owned by one thread.

    Where the disk fills up or fails, the file appears all the same, with what was written until then.

    Args:
        path: its ending chooses the container.
        info: as for `FileSink`; `start` is the time on the source's own clock at which the recording begins.
        encoding: codec, quality and speed.
        keep_audio: False leaves the sound out.
        overwrite: True replaces an existing file.
        ai_tag: True says in the metadata that a model edited it.

    Raises:
        MediaError: as `FileSink` does; `is_kept` then says whether there is something to play.

    Attributes:
        is_kept: whether a file has appeared.
    """

    def __init__(
        self,
        path: Path,
        info: VideoInfo,
        encoding: Encoding = LIVE_ENCODING,
        *,
        keep_audio: bool = True,
        overwrite: bool = False,
        ai_tag: bool = False,
    ) -> None:
        self.is_kept = False
        self._end = Fraction(0)
        self._tap: _Tap | None = None
        try:
            super().__init__(path, info, encoding, keep_audio=keep_audio, overwrite=overwrite, ai_tag=ai_tag)
        except BaseException:
            self._close_tap()
            raise

    def write(self, frame: Frame) -> None:
        """Add a frame of the source's size; times count from the start of the recording."""
        super().write(frame)
        self._end = frame.time + 1 / self._info.average_rate

    def finish(self) -> None:
        """Write what is left and make the file appear under its name."""
        super().finish()
        self.is_kept = True

    def jump(self, until: Fraction, position: Fraction | None) -> None:
        """Say that the source jumps: the sound before `until`, in seconds of the recording, is followed by another.

        Args:
            until: when it happens.
            position: the source's own time, on its file's clock, that follows; None where there is no more sound.
        """
        if self._audio is None:
            return
        if position is not None:
            self._audio.jump(until, position - until)
            return
        self._audio.finish(until)
        self._audio.close()
        self._audio = None

    def _opened(self, part: Path, container: Container) -> OutputContainer:
        self._tap = _Tap(part)
        return av.open(self._tap, "w", format=container.format, container_options=dict(_RECOVERABLE[container.format]))

    def _close_output(self) -> None:
        try:
            super()._close_output()
        finally:
            self._close_tap()

    def _add_video(self, setup: EncoderSetup) -> VideoStream:
        stream = super()._add_video(setup)
        # Frames that wait for later ones would shift the picture against the sound: a fragment has no edit list.
        stream.codec_context.max_b_frames = 0
        stream.codec_context.gop_size = max(1, round(self._info.average_rate * _KEY_FRAMES_S))
        return stream

    def _close_tap(self) -> None:
        if self._tap is not None:
            self._tap.close()

    def _end_sound(self, audio: AudioTracks) -> None:
        audio.finish(self._end)

    def _give_up(self) -> None:
        """Keep what is on the disk."""
        if not self._is_open:
            return
        if self._tap is not None:
            self._tap.shut()
        part = self._file.part
        length = end_of_whole_parts(part) if self._held is not None else 0
        if not length:
            self.abort()
            return
        self._is_open = False
        if self._audio is not None:
            self._audio.close()
        with suppress(av.FFmpegError, OSError):
            self._close_output()
        with suppress(OSError), part.open("r+b") as file:
            file.truncate(length)
        with suppress(MediaError):  # the fault that led here is the one to report
            self._file.commit()
            self.is_kept = True


class _Tap:
    """The file under the muxer; once shut, it takes what comes and writes nothing, so that the file stays as it is."""

    def __init__(self, path: Path) -> None:
        self._file: Final = path.open("r+b", buffering=0)
        self._is_shut = False

    def shut(self) -> None:
        """Let nothing through any more."""
        self._is_shut = True

    def write(self, data: bytes) -> int:
        """Write all of `data`, or raise OSError."""
        left = memoryview(data)
        while len(left) and not self._is_shut:
            left = left[self._file.write(left) :]
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where the file is at."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file; may be called again."""
        self._file.close()
