"""The page, driven as a person would; the trainer is `fake_trainer.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.studio import Studio
from desktop.training.desk import TrainingDesk
from desktop.training.order import Stage
from desktop.training.page import TrainingPage
from desktop.training.plot import Plot
from desktop.training.run_view import RunView
from desktop.training.standing import StageState
from engine.errors import EngineError

WAIT_MS = 20_000
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(faked: Studio, qtbot: QtBot) -> Iterator[TrainingPage]:
    made = TrainingPage(faked)
    made.resize(1200, 680)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def drop(page: TrainingPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, _LEFT, Qt.KeyboardModifier.NoModifier)
    page.new_view.footage.dropEvent(event)


def point(plot: Plot, x: float) -> None:
    place, none = QPointF(x, plot.height() / 2), Qt.MouseButton.NoButton
    on_screen = plot.mapToGlobal(place)
    move = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(plot, move)


def view_of(page: TrainingPage) -> RunView:
    view = page.stack.currentWidget()
    assert isinstance(view, RunView)
    return view


def press(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """Answer the next question with the button of this text; returns what was asked."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


def test_a_clip_becomes_a_model_that_projects_can_choose(
    page: TrainingPage, faked: Studio, clip: Path, qtbot: QtBot
) -> None:
    new = page.new_view
    assert not new.begin_button.isEnabled()
    drop(page, clip, clip)
    assert new.footage.paths == (clip,)
    assert new.name_field.text() == "me"
    qtbot.mouseClick(new.begin_button, _LEFT)
    view = view_of(page)
    (run,) = faked.trainings.runs
    assert view.stop_button.isVisible()
    qtbot.waitUntil(lambda: not run.is_running, timeout=WAIT_MS)
    assert "me\nReady to install" in page.list.item(0).text()
    step = view.steps[0]
    assert not step.start_button.isVisible()
    qtbot.mouseClick(step.onward_button, _LEFT)
    qtbot.mouseClick(view.install_step.install_button, _LEFT)
    qtbot.waitUntil(lambda: run.order.installed == "me", timeout=WAIT_MS)
    assert (faked.folders.models / "me" / "card.json").is_file()
    assert view.install_step.banner.message == "me is installed."
    assert not view.install_step.install_button.isEnabled()  # it is there; replacing asks for a tick
    view.install_step.replace_box.setChecked(True)
    assert view.install_step.install_button.isEnabled()
    qtbot.mouseClick(view.install_step.use_button, _LEFT)
    assert faked.document.project.model == "me"
    faked.document.undo_stack.undo()
    assert faked.document.project.model != "me"


def test_losses_show_while_it_trains_and_the_pointer_reads_them(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    clip = tmp_path / "endless.mp4"
    clip.touch()
    drop(page, clip)
    page.new_view.begin()
    view = view_of(page)
    (run,) = faked.trainings.runs
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    monitor = view.steps[0].monitor  # type: ignore[attr-defined]  # of a personal step
    assert [label.text() for label in monitor.facts.values()][:4] == ["20 of 40", "10 s", "12.5", "1.0 GiB"]
    assert monitor.preview.picture is not None
    losses = monitor.losses
    assert losses.entries["total"].text() == "Total  2.5"
    assert "image_discriminator_loss" in monitor.critics.entries
    area = losses.plot._area()
    point(losses.plot, area.left() + area.width() / 8)  # step 5 of 40
    assert losses.entries["total"].text() == "Total  10"
    QApplication.sendEvent(losses.plot, QEvent(QEvent.Type.Leave))
    assert losses.entries["total"].text() == "Total  2.5"
    qtbot.mouseClick(losses.entries["total"], _LEFT)
    assert losses.plot._hidden == {"total"}
    assert view.steps[0].activity.text() == "Step 20 of 40, about 10 s left"
    qtbot.mouseClick(view.log_button, _LEFT)
    assert "This will take about 1 minute" in view.log.toPlainText()
    qtbot.mouseClick(view.stop_button, _LEFT)
    qtbot.waitUntil(lambda: not run.is_running, timeout=WAIT_MS)
    assert view.state_label.text() == "Stopped at step 20 of 40"
    assert view.steps[0].start_button.text() == "Resume"


def test_a_failure_is_told_beside_the_step_and_can_be_tried_again(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    clip = tmp_path / "damaged.mp4"
    clip.touch()
    drop(page, clip)
    page.new_view.begin()
    (run,) = faked.trainings.runs
    qtbot.waitUntil(lambda: run.standing.state(Stage.PERSONALIZE) is StageState.FAILED, timeout=WAIT_MS)
    step = view_of(page).steps[0]
    assert step.banner.message == "damaged.mp4 is damaged."
    assert step.start_button.text() == "Try Again"
    step.banner.dismiss()
    run.changed.emit()
    assert not step.banner.isVisible()  # told once


def test_from_footage_to_an_installed_model_step_by_step(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    people = tmp_path / "people"
    people.mkdir()
    page.new_view.dataset_tile.click()
    drop(page, people)
    page.new_view.begin()
    view = view_of(page)
    (run,) = faked.trainings.runs

    def ended(stage: Stage) -> None:
        qtbot.waitUntil(lambda: run.standing.state(stage) is StageState.DONE, timeout=WAIT_MS)

    ended(Stage.PREPARE)
    prepare, label, train, export = view.steps
    facts = run.standing.dataset
    assert facts is not None
    assert (facts.splits["train"].people, facts.rejected) == (2, {"blurred": 2})
    qtbot.mouseClick(prepare.onward_button, _LEFT)
    qtbot.mouseClick(label.start_button, _LEFT)
    ended(Stage.LABEL)
    qtbot.mouseClick(label.onward_button, _LEFT)
    qtbot.mouseClick(train.estimate_button, _LEFT)  # type: ignore[attr-defined]
    ended(Stage.ESTIMATE)
    assert "expected: 3 h 20 min for all steps" in train.plan.text()  # type: ignore[attr-defined]
    qtbot.mouseClick(train.start_button, _LEFT)
    ended(Stage.TRAIN)
    assert not train.preset_box.isEnabled()  # type: ignore[attr-defined]
    qtbot.mouseClick(train.onward_button, _LEFT)
    assert not export.start_button.isEnabled()
    qtbot.keyClicks(export.licence_field, "private")  # type: ignore[attr-defined]
    qtbot.mouseClick(export.start_button, _LEFT)
    ended(Stage.EXPORT)
    qtbot.mouseClick(export.onward_button, _LEFT)
    assert view.install_step.install_button.isEnabled()


def test_a_folder_that_is_a_dataset_is_taken_as_it_is(page: TrainingPage, faked: Studio, tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / "faces" / split).mkdir(parents=True)
        (tmp_path / "faces" / split / "metadata.csv").write_text("file_name,identity,AU01_r\na.jpg,ann,1\n")
    page.new_view.dataset_tile.click()
    drop(page, tmp_path / "faces")
    assert "dataset already" in page.new_view.note.text()
    page.new_view.begin()
    (run,) = faked.trainings.runs
    assert not run.is_running
    assert run.order.stages == (Stage.LABEL, Stage.TRAIN, Stage.EXPORT)


def test_closing_asks_and_a_training_goes_on_or_stops(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = TrainingDesk(faked, page)
    assert desk.may_leave()
    clip = tmp_path / "endless.mp4"
    clip.touch()
    drop(page, clip)
    page.new_view.begin()
    (run,) = faked.trainings.runs
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    asked = press(monkeypatch, "Cancel")
    assert not desk.may_leave()
    assert asked == ["The training endless is not finished."]
    press(monkeypatch, "Keep Training")
    assert desk.may_leave()
    assert run.is_running
    press(monkeypatch, "Stop Training")
    assert desk.may_leave()
    qtbot.waitUntil(lambda: not run.is_running, timeout=WAIT_MS)
    assert run.standing.course.checkpoint == 20


def test_the_page_shows_what_an_earlier_session_left_running(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    clip = tmp_path / "endless.mp4"
    clip.touch()
    drop(page, clip)
    page.new_view.begin()
    (run,) = faked.trainings.runs
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    faked.trainings.close()
    later = faked.trainings.__class__(faked.places.trainings, faked.background, run._processes, faked)
    faked.trainings = later
    again = TrainingPage(faked)
    again.show()
    qtbot.waitUntil(lambda: bool(later.running), timeout=WAIT_MS)
    assert isinstance(again.stack.currentWidget(), RunView)
    assert view_of(again).stop_button.isVisible()
    qtbot.waitUntil(lambda: "step 20 of 40" in again.list.item(0).text(), timeout=WAIT_MS)
    view_of(again).stop()
    qtbot.waitUntil(lambda: not later.running, timeout=WAIT_MS)
    again.close()
    again.deleteLater()


def test_a_training_is_removed_after_asking(
    page: TrainingPage, faked: Studio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = tmp_path / "damaged.mp4"
    clip.touch()
    drop(page, clip)
    page.new_view.begin()
    (run,) = faked.trainings.runs
    qtbot.waitUntil(lambda: not run.is_running, timeout=WAIT_MS)
    press(monkeypatch, "Keep")
    view_of(page).ask_to_remove()
    assert faked.trainings.runs == (run,)
    press(monkeypatch, "Remove")
    view_of(page).ask_to_remove()
    assert page.stack.currentWidget() is page.new_view
    assert page.list.count() == 0


def test_without_torch_the_page_says_what_to_install(
    faked: Studio, clip: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = EngineError("Training needs software that is not installed: torch.", "Start with `uv run main.py`.")
    monkeypatch.setattr("desktop.training.new_training.missing_for_training", lambda: missing)
    made = TrainingPage(faked)
    made.show()
    drop(made, clip)
    assert made.new_view.banner.isVisible()
    assert "torch" in made.new_view.banner.message
    assert not made.new_view.begin_button.isEnabled()
    made.close()
    made.deleteLater()
