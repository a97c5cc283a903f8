"""The live page as a person uses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.live.cameras import CameraList
from desktop.live.choices import Camera, Clip, DriverKind
from desktop.live.desk import LiveDesk
from desktop.live.docks import presets_panel
from desktop.live.panel import LivePanel
from desktop.live.setup_panel import SetupPanel
from desktop.live.state import LiveState
from desktop.live.statistics_panel import StatisticsPanel
from desktop.presets.panel import PresetsPanel
from desktop.studio import Studio
from engine.edit_scope import LARGEST, FaceSelection
from engine.live import EventKind, LiveEvent, LiveStatistics
from engine.pipeline import StageTimes
from tests.desktop.live.stage import Stage, collected, go_live, stop
from tests.engine.live.fakes import UNPLUGGED, FakeCamera

FRONT, BACK = Camera(0, "Front camera"), Camera(2, "Back camera")


@pytest.fixture
def page(studio: Studio, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[LivePanel]:
    """The middle of the page, shown, with its actions bound."""
    monkeypatch.setattr("desktop.live.cameras._found", lambda: (FRONT, BACK))
    panel = LivePanel(studio)
    LiveDesk(studio, panel)
    panel.resize(640, 480)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    panel.close()
    panel.deleteLater()


@pytest.fixture
def setup(page: LivePanel, studio: Studio, qtbot: QtBot) -> Iterator[SetupPanel]:
    """The dock of choices, shown."""
    panel = SetupPanel(studio)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    panel.close()
    panel.deleteLater()


def choose(box: object, text: str) -> None:
    """Choose an entry as a hand does."""
    row = box.findText(text)  # type: ignore[attr-defined]
    assert row >= 0, text
    box.setCurrentIndex(row)  # type: ignore[attr-defined]
    box.activated.emit(row)  # type: ignore[attr-defined]


def test_cameras_are_listed_by_name_and_chosen(setup: SetupPanel, studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: setup.source_box.findText("Back camera") >= 0)
    choose(setup.source_box, "Back camera")
    assert studio.live.choices.source == BACK
    choose(setup.driver_box, "Front camera")
    assert (studio.live.choices.driver, studio.live.choices.driver_source) == (DriverKind.OTHER, FRONT)
    choose(setup.driver_box, "The same face")
    assert studio.live.choices.driver is DriverKind.SAME


def test_a_camera_that_is_not_there_still_shows_as_chosen(setup: SetupPanel, studio: Studio) -> None:
    studio.live.choose(source=Camera(7, "Left at home"))
    assert setup.source_box.currentText() == "Left at home"


def test_a_camera_is_known_by_its_name(setup: SetupPanel, studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(setup._cameras.cameras))
    studio.live.choose(source=Camera(5, "Back camera"), driver=DriverKind.OTHER, driver_source=Camera(5, "Other"))
    setup._cameras.changed.emit()
    assert studio.live.choices.source == BACK
    assert studio.live.choices.driver_source == Camera(5, "Other")


def test_a_file_is_chosen_as_a_camera(
    setup: SetupPanel, studio: Studio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked, **_options: (str(path), ""))
    choose(setup.source_box, "Choose a file…")
    assert studio.live.choices.source == Clip(path)
    assert setup.source_box.currentText() == "clip.mp4"
    assert setup.loop_box.isVisibleTo(setup)
    setup.loop_box.click()
    assert not studio.live.choices.loop


def test_a_dialog_that_is_cancelled_changes_nothing(
    setup: SetupPanel, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked, **_options: ("", ""))
    before = studio.live.choices
    choose(setup.driver_box, "Choose a file…")
    assert studio.live.choices == before
    assert setup.driver_box.currentText() == "None"


def test_a_file_that_is_dropped_becomes_the_source(page: LivePanel, studio: Studio, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert studio.live.choices.source == Clip(tmp_path / "photo.jpg")
    assert studio.document.project.media is None


def test_what_a_choice_needs_shows_with_it(setup: SetupPanel, studio: Studio) -> None:
    studio.live.choose(source=FRONT, driver=DriverKind.NONE)
    assert setup.format_box.isVisibleTo(setup)
    assert not setup.loop_box.isVisibleTo(setup)
    assert not setup.amount_row.isVisibleTo(setup)
    studio.live.choose(driver=DriverKind.OTHER, driver_source=BACK)
    assert setup.amount_row.isVisibleTo(setup)
    setup.amount_row.field.setValue(150)
    setup.place_box.click()
    setup.adds_box.click()
    setup.smoothing_row.field.setValue(2.0)
    setup.ease_row.field.setValue(1.2)
    choices = studio.live.choices
    assert (choices.amount, choices.takes_place, choices.adds) == (1.5, True, True)
    assert (choices.smoothing, choices.ease_s) == (2.0, 1.2)


def test_the_picture_shows_compared_or_not(page: LivePanel, studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot, grey=100)
    shown = page.canvas.grab().toImage()
    middle = shown.pixelColor(shown.width() // 4, shown.height() // 2).red()
    studio.live.expression.set_value(12, 4.0)
    with qtbot.waitSignal(studio.live.frame_arrived):
        stage.camera.give(100)
    studio.actions.action("preview.side_by_side").trigger()
    beside = page.canvas.grab().toImage()
    original = beside.pixelColor(beside.width() // 4, beside.height() // 2).red()
    edited = beside.pixelColor(beside.width() * 3 // 4, beside.height() // 2).red()
    assert (middle, original, edited) == (100, 100, 155)  # the stand-in inverts what it edits
    studio.actions.action("preview.side_by_side").trigger()
    stop(studio, stage, qtbot)


def test_presets_of_the_page_leave_the_project_alone(studio: Studio) -> None:
    panel, edit = presets_panel(studio), PresetsPanel(studio)
    assert isinstance(panel, PresetsPanel)
    panel.apply("happy")
    assert studio.live.expression.value(12) == 4.0
    assert studio.document.is_saved
    panel.save("On air")
    assert "On air" in edit.names
    panel.deleteLater()
    edit.deleteLater()


def test_a_camera_that_vanishes_shows_a_banner_until_it_is_back(
    page: LivePanel, studio: Studio, stage: Stage, qtbot: QtBot
) -> None:
    go_live(studio, stage, qtbot)
    again = FakeCamera()
    stage.sources.append(again)
    stage.camera.give(UNPLUGGED)
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.message == UNPLUGGED.message
    again.give(80)
    stage.clock.step_to_waiter(0.5)
    qtbot.waitUntil(lambda: not page.banner.isVisible())
    studio.live.stop()
    again.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_a_file_that_has_ended_can_be_played_again(
    page: LivePanel, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[bool] = []
    monkeypatch.setattr(studio.live, "play_again", lambda: called.append(True))
    studio.live.happened.emit(LiveEvent(EventKind.SOURCE_ENDED, "clip.mp4 has ended."))
    assert page.banner.isVisible()
    page._again.trigger()
    assert called == [True]
    assert not page.banner.isVisible()


def test_a_recording_that_would_replace_a_file_asks(
    page: LivePanel, setup: SetupPanel, studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "mine.mp4"
    path.write_text("mine")
    setup.recording_field.setText(str(path))
    setup.recording_field.editingFinished.emit()
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_asked: answers.pop(0))
    go_live(studio, stage, qtbot)
    record = studio.actions.action("live.record")
    record.trigger()
    assert not record.isChecked()
    assert path.read_text() == "mine"
    record.trigger()
    assert record.isChecked()
    assert studio.live.outputs.recording == path
    record.trigger()
    assert studio.live.outputs.recording is None
    stop(studio, stage, qtbot)


def test_a_recording_without_a_name_is_named_by_its_time(
    page: LivePanel, studio: Studio, stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(studio.folders), "exports", tmp_path)
    go_live(studio, stage, qtbot)
    studio.actions.action("live.record").trigger()
    recording = studio.live.outputs.recording
    assert recording is not None
    assert recording.parent == tmp_path
    assert recording.name.startswith("live ")
    stop(studio, stage, qtbot)


def test_closing_asks_while_others_see_the_result(
    page: LivePanel, studio: Studio, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk,) = page.findChildren(LiveDesk)
    go_live(studio, stage, qtbot)
    assert desk.may_leave()
    monkeypatch.setattr(stage.session, "start_virtual_camera", lambda **_options: None)
    studio.actions.action("live.virtual_camera").trigger()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.defaultButton().click())
    assert not desk.may_leave()
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: next(one for one in box.buttons() if "Leave" in one.text()).click()
    )
    assert desk.may_leave()
    stop(studio, stage, qtbot)


def test_a_click_chooses_the_face(page: LivePanel, studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    go_live(studio, stage, qtbot)
    with collected(studio.live.choices_changed) as choices:
        page.canvas.point_clicked.emit(QPointF(0, 0))  # beside it
        page.canvas.point_clicked.emit(QPointF(5, 3))
        studio.live.choose(source=BACK)
    assert [chosen.faces for chosen in choices] == [FaceSelection.nearest(0.5, 0.5), LARGEST]
    stage.camera.release()
    studio.live.stop()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


def test_figures_are_told(studio: Studio) -> None:
    panel = StatisticsPanel(studio)
    stages = {"detect": StageTimes(12.3, 20.0, 13.0, 100), "generate": StageTimes(20.0, 30.0, 21.0, 100)}
    figures = LiveStatistics(
        seconds=10, fps_in=30.04, fps_out=29.5, dropped=3, age_p50_ms=48, age_p95_ms=71, stages=stages, backend="ONNX",
        virtual_camera="OBS", cpu_s=12, memory_mib=500,
    )  # fmt: skip
    panel.show_statistics(figures)
    assert {key: panel.values[key].text() for key in ("in", "out", "dropped", "age")} == {
        "in": "30.0 fps",
        "out": "29.5 fps",
        "dropped": "3",
        "age": "48 ms, 95 % 71",
    }
    assert panel.stages.shown == ("detect", "generate")
    assert panel.program.text() == "ONNX   500 MiB   seen as OBS"
    studio.live.state_changed.emit(LiveState.OFF)
    assert panel.values["in"].text() == "–"
    panel.deleteLater()


def test_cameras_are_looked_for_once_at_a_time(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bool] = []

    def found() -> tuple[Camera, ...]:
        looked.append(True)
        return (FRONT,)

    monkeypatch.setattr("desktop.live.cameras._found", found)
    cameras = CameraList(studio.background)
    cameras.look()
    cameras.look()
    qtbot.waitUntil(lambda: cameras.cameras == (FRONT,))
    assert looked == [True]
