"""Sound while playing, with an output and a clock that the test moves; every sample tells its own moment."""

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.playback.reel import Reel
from desktop.playback.sound import Sound
from desktop.playback.speaker import SoundOutput, open_speaker, prepare_speaker
from desktop.playback.transport import Transport
from desktop.playback.volume_button import VolumeButton
from desktop.preferences import MUTED, VOLUME
from desktop.studio import Studio
from desktop.window.main_window import MainWindow
from engine.errors import MediaError
from engine.project import Project
from tests.engine.media.clips import Clip, make_video, smooth_pictures

RATE = 1000
BUFFER = 150 * 4
TICK_S = 0.015
PIECE = 50


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeOutput:
    """Plays what it was given as the clock goes on."""

    rate = RATE

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock.now
        self._buffer = b""
        self.heard: list[int] = []
        self.drops = 0
        self.volume = -1.0
        self.is_closed = False

    def _play(self) -> None:
        count = round((self._clock.now - self._since) * RATE)
        self._since += count / RATE
        played, self._buffer = self._buffer[: 4 * count], self._buffer[4 * count :]
        self.heard += [left for left, _right in struct.iter_unpack("<hh", played)]

    @property
    def free(self) -> int:
        self._play()
        return BUFFER - len(self._buffer)

    @property
    def waiting(self) -> int:
        self._play()
        return len(self._buffer)

    def write(self, data: bytes) -> None:
        assert len(data) <= self.free
        self._buffer += data

    def drop(self) -> None:
        self._play()
        self._buffer = b""
        self.drops += 1

    def set_volume(self, share: float) -> None:
        self.volume = share

    def close(self) -> None:
        self._play()
        self.is_closed = True


class Stage:
    """A studio's transport on the test's clock, and sound on a fake output. A sample's value is its millisecond."""

    def __init__(self, studio: Studio, qtbot: QtBot) -> None:
        self.studio, self.qtbot, self.clock = studio, qtbot, Clock()
        self.transport = Transport(studio.view, studio.media, studio, self.clock)
        self.transport._timer.setInterval(3_600_000)
        self.outputs: list[FakeOutput] = []
        self.sound = Sound(
            studio.media,
            self.transport,
            studio.preferences,
            studio.background,
            studio,
            open_output=self.open_output,
            prepare=lambda: None,
            read=milliseconds,
        )
        self.sound._timer.setInterval(3_600_000)

    def open_output(self) -> SoundOutput | None:
        self.outputs.append(FakeOutput(self.clock))
        return self.outputs[-1]

    @property
    def output(self) -> FakeOutput:
        return self.outputs[-1]

    def play(self) -> None:
        self.transport.play(1)
        self.qtbot.waitUntil(lambda: self.sound.is_playing)

    def pass_seconds(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK_S)):
            reel = self.sound._reel
            if reel is not None:
                self.qtbot.waitUntil(lambda reel=reel: reel._size > 4 * PIECE or not reel.is_running)  # type: ignore[misc]
            self.sound.pump()
            self.clock.now += TICK_S
            self.transport.advance()


def milliseconds(_path: Path, start: Fraction, rate: int, _video_start: Fraction) -> Iterator[bytes]:
    assert rate == RATE
    first = round(start * RATE)
    for begin in range(first, 30_000, PIECE):
        yield b"".join(struct.pack("<hh", moment, moment) for moment in range(begin, begin + PIECE))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    times = tuple(range(0, 120 * 1001, 1001))
    return make_video(
        tmp_path_factory.mktemp("clips") / "clip.mp4", Clip(audio="aac", times=times), smooth_pictures(120)
    )


@pytest.fixture
def stage(studio: Studio, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(studio.preview._renderer, "request", lambda request: None)
    with qtbot.waitSignal(studio.media.info_changed):
        studio.document.reset(Project("eggan-128", clip), None)
    made = Stage(studio, qtbot)
    yield made
    made.transport.pause()
    made.sound.close()


def off_by(stage: Stage) -> float:
    """Seconds between the last sample that was heard and the playhead's clock."""
    return abs(stage.output.heard[-1] / RATE - float(stage.transport.position))


def test_it_plays_along_from_the_playhead_without_gaps(stage: Stage) -> None:
    stage.studio.view.set_playhead(Fraction(1))
    stage.play()
    stage.pass_seconds(1.5)
    heard = stage.output.heard
    assert heard == list(range(heard[0], heard[0] + len(heard)))
    assert heard[0] == 1000
    assert off_by(stage) < 0.05


def test_it_is_silent_while_paused_scrubbed_shuttled_and_backwards(stage: Stage) -> None:
    stage.studio.view.set_playhead(Fraction(2))
    stage.pass_seconds(0.1)
    for speed in (2, -1):
        stage.transport.play(speed)
        assert not stage.sound.is_playing
    stage.play()
    stage.transport.pause()
    assert stage.output.is_closed
    assert not stage.sound.is_playing


def test_a_jump_is_followed(stage: Stage) -> None:
    stage.play()
    stage.pass_seconds(0.5)
    stage.studio.view.set_playhead(Fraction(3))
    stage.pass_seconds(0.5)
    assert off_by(stage) < 0.05
    stage.studio.view.set_playhead(Fraction(1))
    stage.pass_seconds(0.5)
    assert off_by(stage) < 0.05
    assert not {moment for moment in stage.output.heard if 700 < moment < 900}


def test_a_loop_repeats_what_lies_between_in_and_out_and_nothing_else(stage: Stage) -> None:
    stage.studio.view.set_in(Fraction(1))
    stage.studio.view.set_out(Fraction(2))
    stage.transport.set_loops(True)
    stage.play()
    stage.pass_seconds(3.5)
    heard = stage.output.heard
    assert min(heard) >= 1000
    assert max(heard) <= round(1000 * stage.transport.end)
    assert heard.count(1500) >= 3
    assert off_by(stage) < 0.05


def test_a_window_that_was_held_up_finds_the_time_again(stage: Stage) -> None:
    stage.play()
    stage.pass_seconds(0.5)
    stage.clock.now += 0.7  # nothing is pumped meanwhile
    stage.pass_seconds(0.5)
    assert off_by(stage) < 0.05


def test_muted_it_plays_nothing_and_unmuted_it_comes_in_time(stage: Stage) -> None:
    stage.play()
    stage.studio.preferences.set(MUTED, True)
    assert not stage.sound.is_playing
    stage.pass_seconds(0.5)
    stage.studio.preferences.set(MUTED, False)
    stage.pass_seconds(0.5)
    assert off_by(stage) < 0.05


def test_the_volume_is_the_preference(stage: Stage) -> None:
    stage.studio.preferences.set(VOLUME, 40)
    stage.play()
    assert stage.output.volume == 0.4
    stage.studio.preferences.set(VOLUME, 100)
    assert stage.output.volume == 1.0


def test_without_an_output_it_is_silent_and_playback_goes_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.sound, "_open_output", lambda: None)
    stage.transport.play(1)
    stage.qtbot.waitUntil(lambda: stage.sound._is_prepared)
    stage.pass_seconds(0.5)
    assert stage.studio.view.playhead > Fraction(4, 10)
    assert not stage.sound.is_playing


def test_sound_that_is_shorter_than_the_picture_just_ends(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.sound, "_read", lambda *_: iter([b"\1\0\1\0" * 100]))
    stage.play()
    stage.pass_seconds(2.5)
    assert len(stage.output.heard) == 100
    assert stage.output.drops == 0


def test_a_file_that_cannot_be_read_is_silent(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[bytes]:
        raise MediaError("Gone.")
        yield b""

    monkeypatch.setattr(stage.sound, "_read", fail)
    stage.play()
    stage.pass_seconds(0.3)
    assert stage.output.heard == []


def test_a_reel_reads_no_further_than_it_must(qtbot: QtBot) -> None:
    given: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            given.append(1)
            yield bytes(2**14)

    reel = Reel(endless)
    qtbot.waitUntil(lambda: reel._size >= 2**17)
    assert len(given) <= 10
    assert len(reel.take(5)) == 5
    reel.close()
    reel.join()
    assert not reel.is_running


def test_a_machine_without_sound_says_nothing(qtbot: QtBot) -> None:
    """Qt's warnings fail tests; there may be an output here, or none."""
    prepare_speaker()
    output = open_speaker()
    if output is not None:
        output.close()


def test_the_button_mutes_and_its_slider_is_the_volume(window: MainWindow, qtbot: QtBot) -> None:
    (button,) = window.findChildren(VolumeButton)
    assert not button.isEnabled()
    action = button.defaultAction()
    action.setEnabled(True)
    action.trigger()
    assert window.studio.preferences.get(MUTED)
    assert action.isChecked()
    button.slider.setValue(30)
    assert window.studio.preferences.get(VOLUME) == 30
