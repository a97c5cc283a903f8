"""Playback against a clock that the test moves."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.playback.recording import PerformanceRecorder
from desktop.playback.transport import Transport
from desktop.studio import Studio


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport(studio: Studio, clock: Clock) -> Transport:
    made = Transport(studio.view, studio.media, studio, clock)
    made._timer.setInterval(3_600_000)  # the test alone moves time
    return made


def pass_seconds(transport: Transport, clock: Clock, seconds: float) -> None:
    clock.now += seconds
    transport.advance()


def test_the_playhead_follows_the_clock_frame_by_frame(studio: Studio, transport: Transport, clock: Clock) -> None:
    transport.toggle()
    pass_seconds(transport, clock, 0.51)
    assert studio.view.playhead == Fraction(15, 30)
    pass_seconds(transport, clock, 0.01)
    assert studio.view.playhead == Fraction(15, 30)
    pass_seconds(transport, clock, 0.02)
    assert studio.view.playhead == Fraction(16, 30)
    transport.toggle()
    assert not transport.is_playing


def test_j_k_l(studio: Studio, transport: Transport, clock: Clock) -> None:
    studio.view.set_playhead(Fraction(2))
    speeds: list[int] = []
    transport.speed_changed.connect(speeds.append)
    for direction in (1, 1, 1, 1, 1, -1, -1):
        transport.shuttle(direction)
    transport.pause()
    assert speeds == [1, 2, 4, 8, -1, -2, 0]


def test_playback_stops_at_the_last_frame_and_starts_again_from_the_first(
    studio: Studio, transport: Transport, clock: Clock
) -> None:
    transport.toggle()
    pass_seconds(transport, clock, 9.0)
    assert not transport.is_playing
    assert studio.view.playhead == transport.last == 5 - Fraction(1, 30)
    transport.toggle()
    assert studio.view.playhead == 0


def test_a_loop_runs_between_in_and_out(studio: Studio, transport: Transport, clock: Clock) -> None:
    studio.view.set_in(Fraction(1))
    studio.view.set_out(Fraction(2))
    transport.set_loops(True)
    transport.toggle()
    assert studio.view.playhead == 1
    pass_seconds(transport, clock, 0.5)
    assert studio.view.playhead == Fraction(3, 2)
    pass_seconds(transport, clock, 0.6)
    assert transport.is_playing
    assert studio.view.playhead == 1


def test_playback_goes_on_from_where_the_playhead_is_put(studio: Studio, transport: Transport, clock: Clock) -> None:
    transport.toggle()
    pass_seconds(transport, clock, 1.0)
    studio.view.set_playhead(Fraction(3))
    pass_seconds(transport, clock, 0.5)
    assert studio.view.playhead == Fraction(7, 2)


def test_steps_keep_within_the_medium(studio: Studio, transport: Transport) -> None:
    transport.step(-1)
    assert studio.view.playhead == 0
    transport.step(1)
    assert studio.view.playhead == Fraction(1, 30)
    transport.go_to_end()
    transport.step(1)
    assert studio.view.playhead == 5 - Fraction(1, 30)
    transport.step_seconds(-1)
    assert studio.view.playhead == 4 - Fraction(1, 30)


def test_another_medium_pauses(studio: Studio, transport: Transport, qtbot: QtBot, root: Path) -> None:
    transport.toggle()
    with qtbot.waitSignal(studio.media.info_changed):
        photo = root / "assets/demo/astronaut.jpg"
        studio.document.edit("Open", replace(studio.document.project, media=photo))
    assert not transport.is_playing


def test_a_performance_becomes_few_keyframes_and_one_step(studio: Studio, transport: Transport, clock: Clock) -> None:
    recorder = PerformanceRecorder(studio.document, studio.view, transport, studio)
    recorder.start()
    recorder.perform(12, 0.0)
    for frame in range(1, 61):
        pass_seconds(transport, clock, 1 / 30 + 1e-6)
        recorder.perform(12, frame / 20)
    recorder.stop()
    track = studio.document.timeline.track(12)
    assert 2 <= len(track.keyframes) <= 4
    for tenth in range(0, 20):
        assert track.evaluate(Fraction(tenth, 10)) == pytest.approx(1.5 * tenth / 10, abs=0.2)
    assert studio.document.undo_stack.count() == 1
    studio.document.undo_stack.undo()
    assert not studio.document.timeline.tracks
