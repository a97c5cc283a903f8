"""The medium's sound while it plays."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.background import Background, Job
from desktop.document.project_media import ProjectMedia
from desktop.playback.reel import Reel
from desktop.playback.speaker import OpenOutput, SoundOutput, open_speaker, prepare_speaker
from desktop.playback.transport import Transport
from desktop.preferences import MUTED, VOLUME, Preferences

_PUMP_MS: Final = 15
_TOLERANCE_S: Final = 0.08
_FAR_S: Final = 1.0
_BYTES_A_SAMPLE: Final = 4
_FULL_VOLUME: Final = 100

ReadSound = Callable[[Path, Fraction, int, Fraction], Iterator[bytes]]


class Sound(QObject):
    """Plays along while the transport plays forwards at its real speed, and is silent else. Owned by the UI thread.

    The picture's clock leads. Where what is heard is later than the playhead by more than `_TOLERANCE_S`, because the
    output or the window was held up, as much is left out; where it is earlier, because playback looped or the playhead
    was put elsewhere, what is waiting is dropped and the sound begins anew. Nothing is played beyond the out point.
    Without an output there is no sound, and that is no fault.

    Args:
        media, transport: what plays.
        preferences: volume and mute.
        background: where the system's sound is loaded when it is first needed.
        open_output: makes the output, anew at each start, so that it is the system's choice of that moment.
        prepare: loads what that needs, in the background.
        read: decodes; see `engine.media.sound.read_sound`.
    """

    def __init__(
        self,
        media: ProjectMedia,
        transport: Transport,
        preferences: Preferences,
        background: Background,
        parent: QObject | None = None,
        *,
        open_output: OpenOutput = open_speaker,
        prepare: Callable[[], None] = prepare_speaker,
        read: ReadSound | None = None,
    ) -> None:
        super().__init__(parent)
        self._media = media
        self._transport = transport
        self._preferences = preferences
        self._background = background
        self._open_output = open_output
        self._prepare = prepare
        self._read = read or _read_sound
        self._is_prepared = False
        self._job: Job[None] | None = None
        self._output: SoundOutput | None = None
        self._reel: Reel | None = None
        self._ending: list[Reel] = []
        self._next = Fraction(0)
        """The moment, in seconds of the medium, of what the reel gives next."""
        self._timer = QTimer(self, interval=_PUMP_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pump)
        transport.speed_changed.connect(self._follow)
        preferences.changed.connect(self._note_preference)

    @property
    def is_playing(self) -> bool:
        """Whether there is an output that sound goes to."""
        return self._output is not None

    def pump(self) -> None:
        """Give the output what it has room for, at the time that it is due."""
        output, reel = self._output, self._reel
        if output is None or reel is None:
            return
        rate = output.rate
        position = self._transport.position
        lag = position - (self._next - _seconds(output.waiting, rate))
        is_over = reel.is_exhausted and lag > 0
        if lag < -_TOLERANCE_S or (lag > _FAR_S and not is_over):
            output.drop()
            self._begin(position)
            return
        if lag > _TOLERANCE_S:
            self._next += _seconds(len(reel.take(round(lag * rate) * _BYTES_A_SAMPLE)), rate)
        left = max(0, int((self._transport.end - self._next) * rate)) * _BYTES_A_SAMPLE
        data = reel.take(min(output.free, left))
        if data:
            output.write(data)
            self._next += _seconds(len(data), rate)

    def close(self) -> None:
        """Fall silent and wait for the threads."""
        self._stop()
        for reel in self._ending:
            reel.join()
        self._ending.clear()

    def _follow(self, speed: int) -> None:
        self._stop()
        info = self._media.info
        if speed != 1 or info is None or not info.has_audio or self._preferences.get(MUTED):
            return
        if self._is_prepared:
            self._start()
        elif self._job is None:
            self._job = self._background.run(self._prepare, self._note_prepared)

    def _note_prepared(self, _nothing: None) -> None:
        self._is_prepared = True
        self._job = None
        self._follow(self._transport.speed)

    def _start(self) -> None:
        self._output = self._open_output()
        if self._output is None:
            return
        self._set_volume()
        self._begin(self._transport.position)
        self._timer.start()

    def _begin(self, position: Fraction) -> None:
        """Begin to read at `position`."""
        info, path = self._media.info, self._media.path
        assert self._output is not None
        if info is None or path is None:
            return
        self._end_reel()
        self._next = position
        self._reel = Reel(partial(self._read, path, position, self._output.rate, info.start))

    def _stop(self) -> None:
        self._timer.stop()
        self._end_reel()
        if self._output is not None:
            self._output.close()
            self._output = None

    def _end_reel(self) -> None:
        self._ending = [reel for reel in self._ending if reel.is_running]
        if self._reel is not None:
            self._reel.close()
            self._ending.append(self._reel)
            self._reel = None

    def _note_preference(self, key: str) -> None:
        if key == MUTED.key:
            self._follow(self._transport.speed)
        elif key == VOLUME.key:
            self._set_volume()

    def _set_volume(self) -> None:
        if self._output is not None:
            self._output.set_volume(self._preferences.get(VOLUME) / _FULL_VOLUME)


def _seconds(size: int, rate: int) -> Fraction:
    return Fraction(size // _BYTES_A_SAMPLE, rate)


def _read_sound(path: Path, start: Fraction, rate: int, video_start: Fraction) -> Iterator[bytes]:
    from engine.media.sound import read_sound  # on the reel's thread: FFmpeg takes a while to load

    yield from read_sound(path, start, rate, video_start)
