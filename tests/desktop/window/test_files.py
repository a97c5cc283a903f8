"""Opening, saving, and what is asked before anything is lost."""

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QTimer, QUrl
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.document.recovery import RecoveryFolder
from desktop.timeline.panel import TimelinePanel
from desktop.window.main_window import MainWindow
from engine.project import Project, Timeline, load_project, save_project

SMILE = Timeline.constant({12: 3.0})
Button = QMessageBox.StandardButton


def answer(chosen: Button | str) -> list[str]:
    """Click a button of the question that comes next; the returned list then holds what was asked."""
    asked: list[str] = []

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        button = (
            next(found for found in box.buttons() if found.text() == chosen)
            if isinstance(chosen, str)
            else box.button(chosen)
        )
        button.click()

    QTimer.singleShot(0, click)
    return asked


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    path = tmp_path / "smile.eggan"
    save_project(Project("eggan-128", timeline=SMILE), path)
    return path


def test_a_project_is_opened_edited_and_saved(window: MainWindow, project_file: Path) -> None:
    studio = window.studio
    window.files.open(project_file)
    assert studio.document.timeline == SMILE
    assert window.windowTitle() == "smile.eggan[*] — EGGAN Studio"
    studio.document.edit_timeline("Frown", Timeline.constant({4: 2.0}))
    assert window.isWindowModified()
    assert studio.actions.action("edit.undo").text() == "Undo Frown"
    studio.actions.action("file.save").trigger()
    assert load_project(project_file).timeline == Timeline.constant({4: 2.0})
    assert not window.isWindowModified()
    assert studio.recent.paths() == [project_file]


def test_a_broken_project_says_why_and_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "broken.eggan"
    path.write_text("{")
    window.files.open(path)
    assert window.banner.isVisible()
    assert "broken.eggan" in window.banner.message
    assert window.studio.document.path is None


def test_a_recent_file_that_is_gone_is_forgotten(window: MainWindow, tmp_path: Path) -> None:
    window.studio.recent.add(tmp_path / "gone.eggan")
    window.files.open(tmp_path / "gone.eggan")
    assert window.banner.isVisible()
    assert window.studio.recent.paths() == []


@pytest.mark.parametrize(("button", "leaves"), [(Button.Discard, True), (Button.Cancel, False)])
def test_unsaved_work_is_asked_for(window: MainWindow, project_file: Path, button: Button, leaves: bool) -> None:
    studio = window.studio
    studio.document.edit_timeline("Frown", Timeline.constant({4: 2.0}))
    asked = answer(button)
    window.files.open(project_file)
    assert asked == ["Save the changes to this project?"]
    assert (studio.document.timeline == SMILE) is leaves


def test_saving_before_leaving(window: MainWindow, project_file: Path) -> None:
    studio = window.studio
    window.files.open(project_file)
    studio.document.edit_timeline("Frown", Timeline.constant({4: 2.0}))
    answer(Button.Save)
    studio.actions.action("file.new").trigger()
    assert load_project(project_file).timeline == Timeline.constant({4: 2.0})
    assert studio.document.timeline == Timeline()
    assert studio.document.path is None


def test_closing_can_be_called_off(window: MainWindow) -> None:
    window.studio.document.edit_timeline("Smile", SMILE)
    answer(Button.Cancel)
    assert not window.close()
    assert window.isVisible()


def test_a_dropped_photo_is_opened(window: MainWindow, root: Path, qtbot: QtBot) -> None:
    studio = window.studio
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(root / "assets/demo/astronaut.jpg"))])
    path = window.files.dropped(data)
    assert path is not None
    with qtbot.waitSignal(studio.media.info_changed):
        window.files.open(path)
    assert studio.document.project.media == root / "assets/demo/astronaut.jpg"
    assert studio.document.is_saved  # looking at a photo is no work that could be lost
    data.setUrls([QUrl("https://example.org/face.jpg")])
    assert window.files.dropped(data) is None


@pytest.mark.parametrize(("button", "restored"), [("Restore", True), ("Discard", False)])
def test_what_a_crash_left_is_offered(window: MainWindow, button: str, restored: bool) -> None:
    studio = window.studio
    left = RecoveryFolder(studio.places.recovery)
    left.store(Project("eggan-128", timeline=SMILE), Path("/films/smile.eggan"))
    left._lock.unlock()
    asked = answer(button)
    window.files.offer_recovery()
    assert asked == ["The program did not end properly. Restore the changes to smile.eggan?"]
    assert (studio.document.timeline == SMILE) is restored
    assert studio.document.is_saved is not restored
    assert not left._folder.exists()


def test_keyframes_survive_saving_and_reopening(window: MainWindow, tmp_path: Path) -> None:
    studio, timeline = window.studio, window.docks["timeline"].widget()
    assert isinstance(timeline, TimelinePanel)
    for second, value in ((0, 0.0), (1, 3.0), (2, 1.0)):
        studio.view.activate(frozenset({12}))
        studio.view.set_playhead(Fraction(second))
        studio.actions.action("key.add").trigger()
        timeline.commands.set_key_value([(12, Fraction(second))], value, second)
    made = studio.document.project
    while studio.document.undo_stack.canUndo():
        studio.actions.action("edit.undo").trigger()
    while studio.document.undo_stack.canRedo():
        studio.actions.action("edit.redo").trigger()
    assert studio.document.project == made
    path = tmp_path / "three.eggan"
    assert window.files._save_to(path)
    studio.actions.action("file.new").trigger()
    window.files.open(path)
    assert studio.document.project == made
