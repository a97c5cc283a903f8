"""Writes finished frames to a file, on a thread of its own.

Unlike a preview, a recording must not miss frames unnoticed: where the disk or the encoder cannot keep up, it ends with
an error, and what was recorded until then stays.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from engine.channel import Channel
from engine.errors import MediaError
from engine.live.frames import LiveFrame
from engine.media import Disclosure, VideoInfo, VisibleMark
from engine.media.cameras import TIME_BASE
from engine.media.encoding import Encoding
from engine.media.letterbox import letterboxed
from engine.media.opening import MediaKind, sink_kind
from engine.media.recording import LIVE_ENCODING, Recording
from engine.types import Frame

_FRAMES_WAITING: Final = 45


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """What a recording is to be.

    Attributes:
        path: where it appears; its ending chooses the container.
        encoding: codec, quality and speed.
        keep_audio: whether the sound of a file goes in.
        overwrite: whether an earlier file is replaced.
        disclosure: how it says that it is edited.
    """

    path: Path
    encoding: Encoding = LIVE_ENCODING
    keep_audio: bool = True
    overwrite: bool = False
    disclosure: Disclosure = field(default_factory=Disclosure)

    def __post_init__(self) -> None:
        if sink_kind(self.path) is not MediaKind.VIDEO:
            raise MediaError(f"{self.path.name} does not end like a video.", "End the name with .mp4, .mov or .mkv.")
        if self.path.exists() and not self.overwrite:
            raise MediaError(f"{self.path} exists already.", "Choose another name, or allow overwriting (--overwrite).")
        if not self.path.parent.is_dir():
            raise MediaError(f"The folder {self.path.parent} does not exist.", "Create it, or choose another folder.")


class Recorder:
    """A recording that begins with the first frame that comes.

    Args:
        settings: what it is to be.
        done: takes the outcome, once, on the recorder's thread: this recorder, the error that ended it or None, and
            whether there is a file to play.

    Attributes:
        settings: as given.
        written: frames in it so far.
    """

    def __init__(
        self, settings: RecordingSettings, done: Callable[["Recorder", BaseException | None, bool], None]
    ) -> None:
        self.settings: Final = settings
        self.written = 0
        self._done: Final = done
        self._queue: Final[Channel[LiveFrame]] = Channel(_FRAMES_WAITING)
        self._is_stopped = self._is_overrun = False
        self._thread: Final = threading.Thread(target=self._run, name="live: recorder")
        self._thread.start()

    def put(self, frame: LiveFrame) -> None:
        """Take a frame; returns at once. Where the queue is full, the recording ends with what is in it."""
        if not self._queue.offer(frame) and not self._is_stopped:
            self._is_overrun = True
            self._queue.finish()

    def stop(self) -> None:
        """Write what is waiting and end the recording; returns at once."""
        self._is_stopped = True
        self._queue.finish()

    def join(self) -> None:
        """Wait until the file is there."""
        self._thread.join()

    def _run(self) -> None:
        roll = _Roll(self.settings)
        error: BaseException | None = None
        try:
            for frame in self._queue:
                roll.write(frame)
                self.written = roll.written
            roll.finish()
            if self._is_overrun:
                error = _too_slow(self.settings.path)
        except BaseException as fault:  # noqa: BLE001  the top of a thread: the session reports it
            self._queue.abandon()
            roll.abort()
            error = fault
        self._done(self, error, roll.is_kept)


class _Roll:
    """Frames of a live session on their way into a file, at the times of the recording."""

    def __init__(self, settings: RecordingSettings) -> None:
        self.written = 0
        self._settings: Final = settings
        self._recording: Recording | None = None
        self._info: VideoInfo | None = None
        self._path: Path | None = None
        self._mark: VisibleMark | None = None
        self._jumps = 0
        self._offset = Fraction(0)
        self._last = -1

    @property
    def is_kept(self) -> bool:
        """Whether there is a file to play."""
        return self._recording is not None and self._recording.is_kept

    def write(self, frame: LiveFrame) -> None:
        """Add a frame; one that was rendered again takes no time and is left out, unless it is a picture that stays."""
        if frame.is_repeat and not _is_picture(frame.captured.info):
            return
        pixels = frame.result.frame.pixels
        captured = frame.captured
        if self._recording is None or self._info is None:
            self._begin(frame, pixels.shape[1], pixels.shape[0])
        assert self._recording is not None
        assert self._info is not None
        if captured.jumps != self._jumps or captured.info.path != self._path:
            self._jump(frame)
        tick = self._info.time_base
        self._last = max(self._last + 1, round((_moment(frame) - self._offset) / tick))
        picture = letterboxed(pixels, self._info.width, self._info.height)
        if self._mark is not None:
            picture = self._mark.on(picture)
        self._recording.write(Frame(picture, self._last * tick, self.written))
        self.written += 1

    def finish(self) -> None:
        """Make the file appear; where no frame came, there is none."""
        if self._recording is not None:
            self._recording.finish()

    def abort(self) -> None:
        """Leave nothing behind, unless something was kept."""
        if self._recording is not None:
            self._recording.abort()

    def _begin(self, first: LiveFrame, width: int, height: int) -> None:
        info = first.captured.info
        self._path, self._jumps, self._offset = info.path, first.captured.jumps, _moment(first)
        self._info = replace(
            info,
            width=width,
            height=height,
            time_base=TIME_BASE if info.path is None or _is_picture(info) else info.time_base,
            frame_count=None,
            duration=None,
            start=info.start + first.captured.media_time,
            is_excerpt=first.captured.media_time > 0,
        )
        settings = self._settings
        self._mark = VisibleMark(width, height) if settings.disclosure.mark else None
        self._recording = Recording(
            settings.path,
            self._info,
            settings.encoding,
            keep_audio=settings.keep_audio,
            overwrite=settings.overwrite,
            ai_tag=settings.disclosure.tag,
        )

    def _jump(self, frame: LiveFrame) -> None:
        """Go on one frame after the last one, wherever in whichever file `frame` lies."""
        captured = frame.captured
        assert self._recording is not None
        assert self._info is not None
        tick = self._info.time_base
        until = (self._last + max(1, round(1 / self._info.average_rate / tick))) * tick
        is_the_same_file = captured.info.path == self._path
        self._recording.jump(until, captured.info.start + captured.media_time if is_the_same_file else None)
        self._path, self._jumps, self._offset = captured.info.path, captured.jumps, _moment(frame) - until


def _is_picture(info: VideoInfo) -> bool:
    """Whether it is one picture, which has no times of its own."""
    return info.is_still and info.frame_count == 1


def _moment(frame: LiveFrame) -> Fraction:
    """When a frame shows, in seconds of its medium, or of the clock for a picture that stays."""
    if _is_picture(frame.captured.info):
        return round(frame.shown_at / TIME_BASE) * TIME_BASE
    return frame.captured.media_time


def _too_slow(path: Path) -> MediaError:
    return MediaError(
        f"The recording {path.name} was ended: its disk or the encoder cannot keep up.",
        "Choose a faster disk or a lower --quality; what was recorded until then is in the file.",
    )
