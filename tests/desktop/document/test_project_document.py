"""The document's history: every edit is one step back, a drag too."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.project_document import ProjectDocument
from desktop.document.timeline_edits import set_value
from engine.project import Project, Timeline

START = Project("eggan-128")


@pytest.fixture
def document(qapp: QApplication) -> ProjectDocument:
    return ProjectDocument(START)


def with_smile(value: float) -> Project:
    return replace(START, timeline=set_value(START.timeline, 12, value, Fraction(0)))


def test_an_edit_is_announced_once_and_undone(document: ProjectDocument, qtbot: QtBot) -> None:
    seen: list[object] = []
    document.project_changed.connect(seen.append)
    document.edit("Smile", with_smile(3))
    assert document.undo_stack.undoText() == "Smile"
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert seen == [with_smile(3), START, with_smile(3)]


def test_the_same_project_again_is_no_step(document: ProjectDocument) -> None:
    document.edit("Nothing", replace(START))
    assert document.undo_stack.count() == 0


def test_a_gesture_is_one_step_and_two_gestures_are_two(document: ProjectDocument) -> None:
    for _ in range(2):
        gesture = document.new_gesture()
        for value in (1.0, 2.0, document.undo_stack.count() + 3.0):
            document.edit("Smile", with_smile(value), gesture)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.project == with_smile(3)
    document.undo_stack.undo()
    assert document.project == START


def test_a_gesture_that_returns_to_its_start_leaves_no_step(document: ProjectDocument) -> None:
    gesture = document.new_gesture()
    document.edit("Smile", with_smile(2), gesture)
    document.edit("Smile", START, gesture)
    assert document.project == START
    assert document.undo_stack.count() == 0
    assert document.is_saved


def test_edits_of_something_else_do_not_announce_the_timeline(document: ProjectDocument, tmp_path: Path) -> None:
    timelines: list[Timeline] = []
    media: list[Path] = []
    document.timeline_changed.connect(timelines.append)
    document.media_changed.connect(media.append)
    document.edit("Open media", replace(START, media=tmp_path / "face.jpg"))
    assert (timelines, media) == ([], [tmp_path / "face.jpg"])


def test_saving_a_state_that_is_no_longer_shown_leaves_the_document_unsaved(
    document: ProjectDocument, tmp_path: Path
) -> None:
    document.edit("Smile", with_smile(1))
    document.edit("Smile more", with_smile(2))
    document.mark_saved(with_smile(1), tmp_path / "smile.eggan")
    assert document.path == tmp_path / "smile.eggan"
    assert not document.is_saved
    document.mark_saved(with_smile(2), tmp_path / "smile.eggan")
    assert document.is_saved


def test_reset_forgets_the_history(document: ProjectDocument, tmp_path: Path) -> None:
    document.edit("Smile", with_smile(1))
    document.reset(START, tmp_path / "start.eggan")
    assert document.undo_stack.count() == 0
    assert document.is_saved
    document.reset(with_smile(1), None, is_saved=False)
    assert not document.is_saved
