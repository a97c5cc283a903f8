"""The live page in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.expression.panel import ExpressionPanel
from desktop.live.panel import LivePanel
from desktop.live.state import LiveState
from desktop.studio import Studio
from desktop.window.main_window import MainWindow
from engine.live import EventKind, LiveEvent
from tests.desktop.live.stage import Stage, collected, go_live, stop
from tests.engine.live.fakes import FakeCamera


@pytest.fixture
def page(window: MainWindow, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[LivePanel]:
    """The live page, shown."""
    monkeypatch.setattr("desktop.live.cameras._found", tuple)
    monkeypatch.setattr("desktop.live.pictures._pictures", lambda *_asked: {})
    window.show_page("live")
    panel = window._stack.currentWidget()
    assert isinstance(panel, LivePanel)
    yield panel
    window.studio.live.stop()


def test_every_dock_of_the_page_stands_by_itself(page: LivePanel, window: MainWindow) -> None:
    shown = [panel_id for panel_id, dock in window.docks.items() if dock.isVisible()]
    assert shown == ["live-setup", "live-expression", "live-presets", "live-statistics"]
    assert all(dock.titleBarWidget() is None for dock in window.docks.values() if dock.isVisible())


def test_start_and_stop_by_button_and_key(page: LivePanel, window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    live = window.studio.live
    assert not page.canvas.isVisible()
    stage.camera.give(100)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: live.state is LiveState.ON)
    assert page.canvas.isVisible()
    with collected(live.state_changed) as states:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_P)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_P)
    assert states == [LiveState.PAUSED, LiveState.ON]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    stage.camera.release()
    qtbot.waitUntil(lambda: live.state is LiveState.OFF)
    assert not page.canvas.isVisible()


def test_the_sliders_of_the_page_leave_the_project_alone(
    page: LivePanel, window: MainWindow, studio: Studio, qtbot: QtBot
) -> None:
    panel = window.docks["live-expression"].widget()
    assert isinstance(panel, ExpressionPanel)
    panel.rows[12].slider.setFocus()
    qtbot.keyClick(panel.rows[12].slider, Qt.Key.Key_End)
    assert studio.live.expression.value(12) == 5.0
    assert studio.document.is_saved
    qtbot.mouseClick(panel.rows[12].reset_button, Qt.MouseButton.LeftButton)
    assert studio.live.expression.value(12) is None


def test_another_page_gives_the_camera_back(
    page: LivePanel, window: MainWindow, studio: Studio, stage: Stage, qtbot: QtBot
) -> None:
    go_live(studio, stage, qtbot)
    window.show_page("edit")
    stage.camera.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)
    again = FakeCamera()
    stage.sources.append(again)
    again.give(90)
    window.show_page("live")
    qtbot.waitUntil(lambda: studio.live.state is LiveState.ON)
    studio.live.stop()
    again.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_faults_are_told_on_every_page(page: LivePanel, window: MainWindow, studio: Studio, qapp: QApplication) -> None:
    with collected(studio.fault) as faults:
        studio.live.happened.emit(LiveEvent(EventKind.VIRTUAL_CAMERA_FAILED, "No device.", "Install a driver."))
    assert (faults[0].message, faults[0].remedy) == ("No device.", "Install a driver.")
    assert window.banner.message == "No device."


def test_every_page_tells_that_somebody_sees_the_result(
    page: LivePanel, window: MainWindow, studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    go_live(studio, stage, qtbot)
    studio.live.outputs.record(tmp_path / "kept.mp4", overwrite=False)
    window.show_page("edit")
    assert studio.live.is_running
    (told,) = (label for label in window.statusBar().findChildren(QLabel) if "Recording" in label.text())
    assert told.isVisible()
    stop(studio, stage, qtbot)
    assert not told.text()
