"""The waveform of a file's sound, for showing it along a timeline."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.resampler import AudioResampler

from engine.media.decoder import open_for_reading
from engine.media.faults import reading_fault
from engine.types import FloatArray

PEAKS_PER_SECOND: Final = 100
_SAMPLE_RATE: Final = 8000
_SAMPLES_PER_PEAK: Final = _SAMPLE_RATE // PEAKS_PER_SECOND
_FULL_SCALE: Final = 32768.0


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """How loud a file is over time.

    Attributes:
        peaks: float32 [N], 0..1, the largest absolute sample of each stretch of 1 / `rate` seconds; read-only.
        start: time of the first one in seconds from the start of the video; negative where the sound begins earlier.
        rate: peaks a second.
    """

    peaks: FloatArray
    start: Fraction
    rate: int = PEAKS_PER_SECOND


def read_waveform(path: Path, video_start: Fraction = Fraction(0)) -> Waveform | None:
    """Decode the first audio stream of a file, mixed to one channel; None where there is no sound.

    Args:
        path: the file.
        video_start: time on the file's own clock at which its video starts: `VideoInfo.start`.

    Raises:
        MediaError: the file cannot be read.
    """
    resampler = AudioResampler("s16", "mono", _SAMPLE_RATE)
    parts: list[FloatArray] = []
    rest = np.empty(0, np.int16)
    start: Fraction | None = None
    try:
        with open_for_reading(path) as container:
            if not container.streams.audio:
                return None
            for frame in container.decode(container.streams.audio[0]):
                if start is None:
                    start = (frame.pts or 0) * (frame.time_base or Fraction(0))
                rest = np.concatenate([rest, *(part.to_ndarray().reshape(-1) for part in resampler.resample(frame))])
                whole = len(rest) // _SAMPLES_PER_PEAK * _SAMPLES_PER_PEAK
                parts.append(_peaks(rest[:whole]))
                rest = rest[whole:]
    except (av.FFmpegError, OSError) as error:
        raise reading_fault(path, error) from error
    if start is None:
        return None
    peaks = np.concatenate(parts) if parts else np.empty(0, np.float32)
    peaks.flags.writeable = False
    return Waveform(peaks, start - video_start)


def _peaks(samples: "np.ndarray[tuple[int, ...], np.dtype[np.int16]]") -> FloatArray:
    blocks = samples.reshape(-1, _SAMPLES_PER_PEAK).astype(np.float32)
    peaks: FloatArray = np.abs(blocks).max(axis=1) / np.float32(_FULL_SCALE)
    return peaks
