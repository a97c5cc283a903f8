"""Faces as a person chooses them: in the picture, by a rule, at rest, region by region; undone and stored."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.face_edits import select_faces, set_neutral, set_region, show_everywhere
from desktop.faces.panel import FacesPanel
from desktop.preview.panel import PreviewPanel
from desktop.studio import Studio
from engine.edit_scope import EVERYWHERE, REGIONS, FaceSelection
from engine.media import write_photo
from engine.project import Project
from tests.desktop.preview.stand_in import Opener


@pytest.fixture
def preview(studio: Studio, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewPanel]:
    """The picture of a photo, 80 x 60 pixels, with one face in it."""
    monkeypatch.setattr(studio.preview._renderer._worker._workbench, "_open_pipeline", Opener())
    made = PreviewPanel(studio)
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    path = tmp_path / "grey.png"
    write_photo(path, np.full((60, 80, 3), 90, np.uint8))
    with qtbot.waitSignal(studio.preview.rendered):
        studio.document.reset(replace(studio.document.project, media=path), None)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def panel(studio: Studio, preview: PreviewPanel, qtbot: QtBot) -> Iterator[FacesPanel]:
    made = FacesPanel(studio)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def face_in(preview: PreviewPanel) -> QPoint:
    """Where the face's middle, (4, 4) in the picture, shows."""
    return preview.canvas.port.to_area(QPointF(4, 4)).toPoint()


def test_a_click_on_a_face_chooses_it_as_one_step(preview: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    studio.document.edit("All", select_faces(studio.document.project, FaceSelection.picked(7)))
    latest = studio.preview.latest
    assert latest is not None
    other = replace(latest.result.faces[0], is_selected=False)
    preview.canvas.show_pictures(latest.result.frame.pixels, latest.original.pixels, (other,))
    preview.canvas.face_clicked.disconnect()
    asked: list[object] = []
    preview.canvas.face_clicked.connect(asked.append)
    qtbot.mouseClick(preview.canvas, Qt.MouseButton.LeftButton, pos=face_in(preview))
    assert asked == [other]
    preview._faces.select_face(other)
    assert studio.document.project.faces.selection == FaceSelection.nearest(0.05, round(4 / 60, 4))
    studio.document.undo_stack.undo()
    assert studio.document.project.faces.selection == FaceSelection.picked(7)


def test_a_click_on_the_only_edited_face_changes_nothing(preview: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    qtbot.mouseClick(preview.canvas, Qt.MouseButton.LeftButton, pos=face_in(preview))
    assert studio.document.is_saved


def test_the_face_under_the_pointer_is_outlined(preview: PreviewPanel, qtbot: QtBot) -> None:
    before = preview.canvas.grab().toImage()
    QTest.mouseMove(preview.canvas, face_in(preview))
    assert preview.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert preview.canvas.grab().toImage() != before
    QTest.mouseMove(preview.canvas, preview.canvas.rect().bottomRight() - QPoint(60, 60))
    assert preview.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert preview.canvas.grab().toImage() == before


def test_a_rule_is_chosen_from_the_list(panel: FacesPanel, studio: Studio, qtbot: QtBot) -> None:
    panel.choice_box.setFocus()
    qtbot.keyClick(panel.choice_box, Qt.Key.Key_End)
    assert studio.document.project.faces.selection == FaceSelection("all")
    studio.actions.action("faces.largest").trigger()
    assert panel.choice_box.currentText() == "Largest face"
    studio.document.edit("Pick", select_faces(studio.document.project, FaceSelection.nearest(0.5, 0.5)))
    assert panel.choice_box.currentText() == "Face picked in the picture"


def test_the_frame_at_the_playhead_shows_the_person_at_rest(panel: FacesPanel, studio: Studio, qtbot: QtBot) -> None:
    neutral, forget = studio.actions.action("faces.neutral"), studio.actions.action("faces.forget_neutral")
    assert neutral.isEnabled()
    assert not forget.isEnabled()
    studio.view.set_playhead(Fraction(3, 2))
    neutral.trigger()
    assert studio.document.project.faces.neutral_at == Fraction(3, 2)
    assert "00:00:01:15" in panel.rest_label.text()
    forget.trigger()
    assert studio.document.project.faces.neutral_at is None
    studio.document.undo_stack.undo()
    assert studio.document.project.faces.neutral_at == Fraction(3, 2)


def test_dragging_a_region_is_one_step(panel: FacesPanel, studio: Studio, qtbot: QtBot) -> None:
    slider = panel.rows["mouth"].slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    for step in (10, 20, 30):
        qtbot.mouseMove(slider, middle + QPoint(-step, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(-30, 0))
    assert 0 < studio.document.project.faces.regions.mouth < 0.6
    assert studio.document.undo_stack.count() == 1
    panel.rows["eyes"].field.setValue(25)
    assert studio.document.project.faces.regions.eyes == 0.25
    qtbot.mouseClick(panel._everywhere, Qt.MouseButton.LeftButton)
    assert studio.document.project.faces.regions == EVERYWHERE
    assert panel.rows["eyes"].field.value() == 100


@given(
    st.lists(st.tuples(st.sampled_from(REGIONS), st.floats(-1, 2)), max_size=8),
    st.none() | st.fractions(0, 1000, max_denominator=90_000),
)
def test_edits_of_faces_touch_nothing_else(strengths: list[tuple[str, float]], neutral_at: Fraction | None) -> None:
    before = Project("m")
    edited = set_neutral(select_faces(before, FaceSelection("all")), neutral_at)
    for region, strength in strengths:
        edited = set_region(edited, region, strength)
    assert all(0 <= getattr(edited.faces.regions, region) <= 1 for region in REGIONS)
    assert edited.faces.neutral_at == neutral_at
    assert replace(edited, faces=before.faces) == before
    assert show_everywhere(edited).faces.regions == EVERYWHERE
