from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from engine.errors import MediaError
from engine.media.waveform import PEAKS_PER_SECOND, read_waveform
from tests.engine.media.clips import make_video

RATE = 48_000


def tone(path: Path, loudness: float, seconds: int) -> Path:
    """A sound file: silence for a second, then a sine of 440 Hz."""
    moments = np.arange(RATE * seconds) / RATE
    samples = np.where(moments < 1, 0, loudness * np.sin(2 * np.pi * 440 * moments))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        both = np.repeat((samples * 32767).astype(np.int16), 2)[None]
        frame = AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate = RATE
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_peaks_are_as_loud_as_the_sound(tmp_path: Path) -> None:
    waveform = read_waveform(tone(tmp_path / "tone.wav", 0.5, 3))
    assert waveform is not None
    assert waveform.peaks.dtype == np.float32
    assert abs(len(waveform.peaks) - 3 * PEAKS_PER_SECOND) <= 2
    assert waveform.peaks[10:90].max() < 0.001
    np.testing.assert_allclose(waveform.peaks[110:-3], 0.5, atol=0.02)
    assert not waveform.peaks.flags.writeable


def test_time_counts_from_the_start_of_the_video(tmp_path: Path) -> None:
    waveform = read_waveform(tone(tmp_path / "tone.wav", 0.5, 2), Fraction(1, 2))
    assert waveform is not None
    assert waveform.start == Fraction(-1, 2)


def test_a_silent_film_has_none(tmp_path: Path) -> None:
    assert read_waveform(make_video(tmp_path / "clip.mp4")) is None


def test_a_missing_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        read_waveform(tmp_path / "gone.mp4")
