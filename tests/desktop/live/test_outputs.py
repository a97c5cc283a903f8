"""Recording and virtual camera."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.studio import Studio
from engine.errors import MediaError
from engine.live import EventKind
from engine.media import open_source
from tests.desktop.live.stage import Stage, collected, go_live, stop


class Device:
    """A virtual camera that keeps what it is sent."""

    def __init__(self, *_size: float, **_options: object) -> None:
        self.device = "Stand-in camera"
        self.sent: list[Any] = []

    def send(self, pixels: Any) -> None:
        self.sent.append(pixels)

    def close(self) -> None:
        """Nothing is held."""


def test_a_recording_is_a_file_that_plays(studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "live.mp4"
    stage.camera.give((64, 48))
    go_live(studio, stage, qtbot)
    with collected(studio.live.happened) as events:
        studio.live.outputs.record(path, overwrite=False)
        assert studio.live.outputs.recording == path
        qtbot.waitUntil(lambda: stage.session._outputs._recorder is not None)
        recorder = stage.session._outputs._recorder
        assert recorder is not None
        stage.camera.give((64, 48))
        qtbot.waitUntil(lambda: recorder.written > 0)
        studio.live.outputs.stop_recording()
        qtbot.waitUntil(lambda: EventKind.RECORDING_SAVED in [event.kind for event in events])
    assert studio.live.outputs.recording is None
    with open_source(path) as video:
        assert next(iter(video.frames())).pixels.shape == (48, 64, 3)
    stop(studio, stage, qtbot)


def test_a_recording_that_cannot_begin_is_told(studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    go_live(studio, stage, qtbot)
    path = tmp_path / "there.mp4"
    path.write_text("mine")
    with collected(studio.fault) as faults:
        studio.live.outputs.record(path, overwrite=False)
        qtbot.waitUntil(lambda: bool(faults))
    assert "exists already" in faults[0].message
    assert studio.live.outputs.recording is None
    assert path.read_text() == "mine"
    stop(studio, stage, qtbot)


def test_a_virtual_camera_without_a_driver_is_off_again(
    studio: Studio, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise MediaError("No virtual camera can be opened.", "Install its driver.")

    monkeypatch.setattr("engine.live.virtual_camera.VirtualCamera", refuse)
    go_live(studio, stage, qtbot)
    with collected(studio.live.happened) as events:
        studio.live.outputs.show_camera(True)
        assert studio.live.outputs.has_camera
        qtbot.waitUntil(lambda: stage.session._outputs._virtual_camera is not None)
        stage.camera.give(100)
        qtbot.waitUntil(lambda: not studio.live.outputs.has_camera)
    assert (events[0].kind, events[0].remedy) == (EventKind.VIRTUAL_CAMERA_FAILED, "Install its driver.")
    stop(studio, stage, qtbot)


def test_others_see_the_result(studio: Studio, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device()
    monkeypatch.setattr("engine.live.virtual_camera.VirtualCamera", lambda *_size, **_options: device)
    go_live(studio, stage, qtbot)
    studio.live.outputs.show_camera(True)
    qtbot.waitUntil(lambda: stage.session._outputs._virtual_camera is not None)
    stage.camera.give(100)
    qtbot.waitUntil(lambda: bool(device.sent))
    studio.live.outputs.show_camera(False)
    qtbot.waitUntil(lambda: stage.session._outputs._virtual_camera is None)
    stop(studio, stage, qtbot)
    assert not studio.live.outputs.are_on


def test_a_picture_that_stands_still_is_recorded(studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    go_live(studio, stage, qtbot)
    with collected(studio.live.frame_arrived) as frames:
        studio.live.outputs.record(tmp_path / "still.mp4", overwrite=False)
        qtbot.waitUntil(lambda: stage.session._outputs._recorder is not None)
        stage.clock.advance(1.0)
        qtbot.waitUntil(lambda: bool(frames))
    assert frames[0].is_repeat
    stop(studio, stage, qtbot)
