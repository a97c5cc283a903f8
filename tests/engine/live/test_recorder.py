"""Recordings of a session."""

import sys
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.errors import MediaError
from engine.live import FileInput, LiveSession, RecordingSettings
from engine.live import recorder as recorder_module
from engine.media.file_source import FileSource
from engine.media.recording import Recording
from tests.engine.live.fakes import LIMIT_S, FakeCamera, FakeClip, Log, Studio, soon
from tests.engine.media.clips import NTSC, NTSC_TICK, Clip, audio_times, make_video, sound_of
from tests.engine.media.test_recording import limited_file_size
from tests.engine.pipeline.stand_ins import Stages

EVEN = (64, 48)


def times_in(path: Path) -> list[Fraction]:
    with FileSource(path) as source:
        return [frame.time for frame in source]


def test_a_camera_is_recorded_at_the_times_of_its_frames(tmp_path: Path) -> None:
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
        for count, pause in enumerate([0.04, 0.04, 1.0, 0.04], start=1):
            camera.give(EVEN)
            studio.log.wait_frames(count)
            studio.clock.advance(pause)
        session.stop_recording()
        camera.release()
    assert times_in(tmp_path / "a.mp4") == pytest.approx([0, 0.04, 0.08, 1.08], abs=0.001)
    saved = next(event for event in studio.log.events if event.kind == "recording saved")
    assert "4 frames" in saved.message


def test_another_size_is_fitted_in(tmp_path: Path) -> None:
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
        for count, size in enumerate([EVEN, (32, 48), (200, 100)], start=1):
            camera.give(size)
            studio.log.wait_frames(count)
            studio.clock.advance(0.04)
        camera.release()
    with FileSource(tmp_path / "a.mp4") as source:
        frames = list(source)
    assert [frame.pixels.shape for frame in frames] == [(48, 64, 3)] * 3
    assert frames[1].pixels[:, :12].max() < 20 < frames[1].pixels[:, 20:40].min()


def test_closing_the_session_saves_the_recording(tmp_path: Path) -> None:
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        session.start_recording(RecordingSettings(tmp_path / "a.mkv"))
        camera.give(EVEN)
        studio.log.wait_frames(1)
        camera.release()
    assert len(times_in(tmp_path / "a.mkv")) == 1


def test_a_recording_without_frames_leaves_no_file(tmp_path: Path) -> None:
    studio = Studio(MediaError("No camera."))
    with studio.session() as session:
        session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
    assert list(tmp_path.iterdir()) == []
    assert "recording saved" not in studio.log.kinds()


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_a_full_disk_ends_the_recording_only(tmp_path: Path) -> None:
    """What was recorded can be played, and the session goes on."""
    camera = FakeCamera()
    studio = Studio(camera)
    path = tmp_path / "a.mp4"
    with limited_file_size(6000), studio.session() as session:
        session.start_recording(RecordingSettings(path))
        for count in range(1, 400):
            camera.give(EVEN if count % 2 else (40, 48))
            studio.log.wait_frames(count)
            studio.clock.advance(1 / 30)
            if "recording failed" in studio.log.kinds():
                break
        studio.log.wait_events("recording failed")
        assert session.statistics().recorded is None
        shown = len(studio.log.frames)
        camera.give(EVEN)
        studio.log.wait_frames(shown + 1)
        assert session.error is None
        camera.release()
    assert studio.log.kinds().count("recording failed") == 1
    assert str(path) in studio.log.events[0].message
    assert len(times_in(path)) >= 30
    assert list(tmp_path.iterdir()) == [path]


def test_an_encoder_that_cannot_keep_up_ends_the_recording_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview is never slowed, and no frame in the middle is missing."""
    go_on = threading.Event()
    write = Recording.write

    def write_slowly(recording: Recording, *arguments: Any) -> None:
        assert go_on.wait(LIMIT_S)
        write(recording, *arguments)

    monkeypatch.setattr(Recording, "write", write_slowly)
    camera = FakeCamera()
    studio = Studio(camera)
    capacity = recorder_module._FRAMES_WAITING
    with studio.session() as session:
        session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
        for count in range(1, capacity + 10):
            camera.give(EVEN)
            studio.log.wait_frames(count)
            studio.clock.advance(1 / 30)
        go_on.set()
        studio.log.wait_events("recording failed")
        camera.release()
    assert "cannot keep up" in studio.log.events[0].message
    times = times_in(tmp_path / "a.mp4")
    assert capacity <= len(times) <= capacity + 1
    assert times == pytest.approx([index / 30 for index in range(len(times))], abs=0.001)


@pytest.mark.parametrize(
    ("name", "message"),
    [("a.png", "does not end like a video"), ("there.mp4", "exists already"), ("none/a.mp4", "does not exist")],
)
def test_what_cannot_be_recorded_to_is_refused_before(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "there.mp4").write_bytes(b"mine")
    with pytest.raises(MediaError, match=message):
        RecordingSettings(tmp_path / name)
    assert (tmp_path / "there.mp4").read_bytes() == b"mine"


def test_the_sound_of_a_looping_file_goes_in(tmp_path: Path) -> None:
    """Through real threads on the machine's clock: a clip of 0.4 s, twice."""
    stages, log = Stages(), Log()
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 12 * 1001, 1001), audio="aac"))
    session = LiveSession(
        FileInput(clip, loop=True),
        on_frame=log.frame,
        on_event=log.event,
        open_pipeline=lambda settings, mode: stages.pipeline(),
    )
    session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
    with session:
        log.wait(lambda log: bool(log.frames) and log.frames[-1].captured.jumps == 2)
    times = times_in(tmp_path / "a.mp4")
    assert float(times[-1]) == pytest.approx(24 / NTSC, abs=0.1)
    assert all((time / NTSC_TICK).denominator == 1 for time in times)
    sounding = audio_times(tmp_path / "a.mp4")
    assert sounding == sorted(set(sounding))
    samples, rate = sound_of(tmp_path / "a.mp4")
    assert len(samples) / rate == pytest.approx(float(times[-1]), abs=0.1)
    soon(lambda: stages.landmarker.is_closed)


def test_repeats_of_a_paused_frame_take_no_time(tmp_path: Path) -> None:
    studio = Studio(FakeClip([10, 20, 30]))
    session = studio.session(FileInput(Path("clip.mp4")))
    session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
    with session:
        studio.log.wait_frames(1)
        session.pause()
        studio.clock.step_to_waiter(1 / 30)
        studio.log.wait(lambda log: log.frames[-1].is_repeat)
        session.resume()
        studio.log.wait(lambda log: 20 in log.shades())
    assert times_in(tmp_path / "a.mp4")[:2] == [0, Fraction(1, 25)]
