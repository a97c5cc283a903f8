"""The sound of a file as samples, for playing it."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.audio.resampler import AudioResampler

from engine.media.decoder import open_for_reading
from engine.media.faults import reading_fault

CHANNELS: Final = 2
BYTES_A_SAMPLE: Final = 2 * CHANNELS
"""A sample is one moment of all channels."""
_LEAD: Final = Fraction(1, 10)
"""Seconds before the wanted ones that the decoder gets, so that it is settled."""
_JITTER_S: Final = 0.002
_SILENCE_S: Final = 0.1


def read_sound(path: Path, start: Fraction, rate: int, video_start: Fraction = Fraction(0)) -> Iterator[bytes]:
    """Decode the first audio stream from a moment on; silence stands where there is no sound, nothing after the last.

    Args:
        path: the file.
        start: the first moment, in seconds from the start of the video.
        rate: samples a second to give.
        video_start: time on the file's own clock at which its video starts: `VideoInfo.start`.

    Yields:
        Pieces of int16 samples, two channels in turn, in the machine's byte order.

    Raises:
        MediaError: the file cannot be read.
    """
    begin = start + video_start
    resampler = AudioResampler("s16", "stereo", rate)
    given = 0
    try:
        with open_for_reading(path) as container:
            if not container.streams.audio:
                return
            stream = container.streams.audio[0]
            container.seek(math.floor(max(Fraction(0), begin - _LEAD) * av.time_base))
            for frame in container.decode(stream):
                for part in resampler.resample(frame):
                    time = (part.pts or 0) * (part.time_base or Fraction(0))
                    late = round((time - begin) * rate) - given
                    if late > _JITTER_S * rate:
                        yield from _silence(late, rate)
                        given += late
                    early = max(0, -late) if abs(late) > _JITTER_S * rate else 0
                    if early < part.samples:
                        yield part.to_ndarray().tobytes()[early * BYTES_A_SAMPLE :]
                        given += part.samples - early
    except (av.FFmpegError, OSError) as error:
        raise reading_fault(path, error) from error


def _silence(samples: int, rate: int) -> Iterator[bytes]:
    """Pieces of silence, short ones however long it lasts."""
    piece = max(1, round(_SILENCE_S * rate))
    for begin in range(0, samples, piece):
        yield bytes(min(piece, samples - begin) * BYTES_A_SAMPLE)
