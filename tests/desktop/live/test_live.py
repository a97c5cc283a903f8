"""The live session as the window sees it."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.live.choices import Camera, Clip, DriverKind
from desktop.live.state import LiveState
from desktop.preferences import LIVE_CHOICES
from desktop.studio import Studio
from engine.action_units import PRESETS
from engine.errors import ModelError
from engine.live import CameraInput, EventKind, FileInput
from tests.desktop.live.stage import CAMERA, Stage, collected, go_live, stop
from tests.engine.live.fakes import UNPLUGGED, FakeCamera, FakeClip


def kinds(events: list[object]) -> list[EventKind]:
    return [event.kind for event in events]  # type: ignore[attr-defined]


def test_it_opens_shows_and_closes(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    live = studio.live
    with collected(live.state_changed) as states, collected(live.frame_arrived) as frames:
        go_live(studio, stage, qtbot, grey=120)
        assert frames[0].captured.frame.pixels[0, 0, 0] == 120
        stop(studio, stage, qtbot)
    assert states == [LiveState.OPENING, LiveState.ON, LiveState.CLOSING, LiveState.OFF]
    assert stage.inputs == [CameraInput(0, 1280, 720, 30)]
    assert stage.camera.is_closed


def test_nothing_starts_without_a_source(studio: Studio) -> None:
    studio.live.start()
    assert studio.live.state is LiveState.OFF


def test_stopping_does_not_wait_for_a_camera_that_blocks(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    began = time.perf_counter()
    studio.live.stop()
    studio.live.start()
    assert time.perf_counter() - began < 0.05
    second = FakeCamera()
    stage.sources.append(second)
    second.give(50)
    stage.camera.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.ON)
    assert len(stage.sessions) == 2
    studio.live.stop()
    second.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_sliders_set_the_session_and_no_project(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    studio.live.expression.set_value(12, 4.0)
    qtbot.waitUntil(lambda: dict(stage.session._wanted.controls.controls.sliders) == {12: 4.0})
    assert stage.session._wanted.controls.duration_s == 0
    assert studio.document.is_saved
    assert not studio.document.timeline.tracks
    with qtbot.waitSignal(studio.live.frame_arrived):
        stage.camera.give(100)
    stop(studio, stage, qtbot)


def test_a_preset_is_reached_smoothly_and_leaves_what_is_locked(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    expression = studio.live.expression
    expression.locks.lock(12, locked=True)
    studio.live.choose(ease_s=0.7)
    expression.apply("happy", PRESETS["happy"])
    qtbot.waitUntil(lambda: stage.session._wanted.controls.duration_s == 0.7)
    sliders = stage.session._wanted.controls.controls.sliders
    assert sliders[6] == PRESETS["happy"][6]
    assert 12 not in sliders
    expression.follow_all()
    qtbot.waitUntil(lambda: not stage.session._wanted.controls.controls.sliders)
    stop(studio, stage, qtbot)


def test_solo_leaves_the_others_out(studio: Studio) -> None:
    expression = studio.live.expression
    expression.set_value(12, 4.0)
    expression.set_value(4, 2.0)
    expression.show_only(frozenset({4}))
    assert dict(expression.intensities) == {4: 2.0}
    expression.show_only(None)
    assert dict(expression.intensities) == {4: 2.0, 12: 4.0}
    assert expression.as_preset()[12] == 4.0


def test_the_face_shows_as_marks(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    qtbot.waitUntil(lambda: studio.live.expression.source(12) == 1.0)
    stop(studio, stage, qtbot)
    assert studio.live.expression.source(12) is None


def test_reading_and_model_follow_at_once(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    studio.live.choose(smoothing=2.5)
    qtbot.waitUntil(lambda: stage.session._wanted.settings.faces.smoothing == 2.5)
    project = studio.document.project
    studio.document.edit("Model", type(project)("eggan-128"))
    qtbot.waitUntil(lambda: stage.session._wanted.settings.model == "eggan-128")
    stop(studio, stage, qtbot)
    studio.document.undo_stack.setClean()


def test_another_source_takes_the_place_of_the_first(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    stage.sources.append(FakeClip([60]))
    stage.camera.release()
    with collected(studio.live.frame_arrived) as frames:
        studio.live.choose(source=Clip(Path("clip.mp4")))
        qtbot.waitUntil(lambda: any(frame.captured.frame.pixels[0, 0, 0] == 60 for frame in frames))
    assert stage.inputs[-1] == FileInput(Path("clip.mp4"), loop=True)
    studio.live.stop()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_a_camera_that_vanishes_comes_back_by_itself(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    again = FakeCamera()
    stage.sources.append(again)
    with collected(studio.live.happened) as events:
        stage.camera.give(UNPLUGGED)
        qtbot.waitUntil(lambda: EventKind.SOURCE_LOST in kinds(events))
        again.give(80)
        stage.clock.step_to_waiter(0.5)
        qtbot.waitUntil(lambda: EventKind.SOURCE_BACK in kinds(events))
    assert studio.live.state is LiveState.ON
    studio.live.stop()
    again.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_a_model_that_does_not_open_ends_it(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    stage.broken = ModelError("The model is broken.", "Install it again.")
    with collected(studio.live.happened) as events:
        studio.live.start()
        stage.camera.release()
        qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)
    assert [(event.kind, event.message, event.remedy) for event in events][-1] == (
        EventKind.FAILED,
        "The model is broken.",
        "Install it again.",
    )


def test_pause_keeps_the_frame_and_sliders_change_it(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    studio.live.pause()
    assert studio.live.state is LiveState.PAUSED
    qtbot.waitUntil(lambda: stage.session.is_paused)
    studio.live.resume()
    qtbot.waitUntil(lambda: not stage.session.is_paused)
    stop(studio, stage, qtbot)


def test_leaving_the_page_gives_the_camera_back_and_returning_takes_it(
    studio: Studio, stage: Stage, qtbot: QtBot
) -> None:
    go_live(studio, stage, qtbot)
    studio.live.leave()
    stage.camera.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)
    assert stage.camera.is_closed
    stage.camera = FakeCamera()
    stage.sources.append(stage.camera)
    stage.camera.give(90)
    studio.live.come_back()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.ON)
    stop(studio, stage, qtbot)
    studio.live.come_back()
    assert studio.live.state is LiveState.OFF


def test_while_recording_leaving_the_page_changes_nothing(
    studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    go_live(studio, stage, qtbot)
    studio.live.outputs.record(tmp_path / "kept.mp4", overwrite=False)
    studio.live.leave()
    assert studio.live.state is LiveState.ON
    stop(studio, stage, qtbot)


def test_choices_outlive_the_program(studio: Studio) -> None:
    studio.live.choose(source=CAMERA, driver=DriverKind.OTHER, driver_source=Camera(3, "Second"), amount=1.5)
    stored = studio.preferences.get(LIVE_CHOICES)
    assert stored["driver_source"] == "camera:3:Second"


def test_statistics_come_by_themselves(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    with qtbot.waitSignal(studio.live.statistics_changed) as told:
        pass
    assert told.args is not None
    assert told.args[0].shown >= 1
    stop(studio, stage, qtbot)


def test_calibration_reaches_the_face_or_its_driver(
    studio: Studio, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_live(studio, stage, qtbot)
    called: list[str] = []
    for name in ("call_neutral", "forget_neutral", "call_driver_neutral"):
        monkeypatch.setattr(stage.session, name, lambda name=name: called.append(name))
    monkeypatch.setattr(stage.session, "set_driver", lambda driver: called.append(f"driven by {driver.camera}"))
    studio.live.call_neutral()
    studio.live.forget_neutral()
    studio.live.choose(driver=DriverKind.OTHER, driver_source=Camera(1, "Second"))
    studio.live.call_neutral()
    qtbot.waitUntil(lambda: len(called) == 4)
    assert called == ["call_neutral", "forget_neutral", "driven by 1", "call_driver_neutral"]
    stop(studio, stage, qtbot)
