"""The machine's sound output."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

from PySide6.QtCore import QIODevice, QLoggingCategory, qInstallMessageHandler

_BUFFER_S: Final = 0.15
_USUAL_RATE: Final = 48_000
_BYTES_A_SAMPLE: Final = 4


class SoundOutput(Protocol):
    """Plays int16 stereo samples as they are written. Owned by the UI thread."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    @property
    def free(self) -> int:
        """How many bytes can be written now."""

    @property
    def waiting(self) -> int:
        """How many bytes are written but not yet played."""

    def write(self, data: bytes) -> None:
        """Play `data` after what is waiting; `free` bytes at most."""

    def drop(self) -> None:
        """Forget what is waiting."""

    def set_volume(self, share: float) -> None:
        """Choose how loud it is, 0..1 of the whole, on a scale even to the ear."""

    def close(self) -> None:
        """Fall silent."""


OpenOutput = Callable[[], SoundOutput | None]


def prepare_speaker() -> None:
    """Load what `open_speaker` needs, which takes a while; on any thread."""
    with _quiet():
        from PySide6.QtMultimedia import QMediaDevices

        QMediaDevices.defaultAudioOutput()


def open_speaker() -> SoundOutput | None:
    """Return the system's usual output; None where there is none."""
    with _quiet():
        from PySide6.QtMultimedia import QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        return None if device.isNull() else Speaker(device)


class Speaker:
    """A `SoundOutput` through Qt."""

    def __init__(self, device: Any) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        wanted = QAudioFormat()
        wanted.setSampleRate(device.preferredFormat().sampleRate() or _USUAL_RATE)
        wanted.setChannelCount(2)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._rate: Final = wanted.sampleRate()
        self._sink: Final = QAudioSink(device, wanted)
        self._sink.setBufferSize(round(_BUFFER_S * self._rate) * _BYTES_A_SAMPLE)
        self._device: QIODevice | None = self._sink.start()

    @property
    def rate(self) -> int:
        """See `SoundOutput`."""
        return self._rate

    @property
    def free(self) -> int:
        """See `SoundOutput`."""
        return self._sink.bytesFree() // _BYTES_A_SAMPLE * _BYTES_A_SAMPLE

    @property
    def waiting(self) -> int:
        """See `SoundOutput`."""
        return max(0, self._sink.bufferSize() - self._sink.bytesFree())

    def write(self, data: bytes) -> None:
        """See `SoundOutput`."""
        if self._device is not None:
            self._device.write(data)

    def drop(self) -> None:
        """See `SoundOutput`."""
        self._sink.reset()
        self._device = self._sink.start()

    def set_volume(self, share: float) -> None:
        """See `SoundOutput`."""
        from PySide6.QtMultimedia import QAudio

        scale = QAudio.VolumeScale
        self._sink.setVolume(QAudio.convertVolume(share, scale.LogarithmicVolumeScale, scale.LinearVolumeScale))

    def close(self) -> None:
        """See `SoundOutput`."""
        self._sink.stop()
        self._device = None
        self._sink.deleteLater()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the terminal what Qt says of sound servers that are not there: playing without sound is no fault."""
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    before = qInstallMessageHandler(lambda _kind, _context, _message: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
