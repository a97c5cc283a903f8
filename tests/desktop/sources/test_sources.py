"""Sources: the medium and its facts, another in its place, files of late, cameras for the live page."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.document.face_edits import set_neutral
from desktop.live.choices import Camera
from desktop.sources.cached_thumbnail import cached_thumbnail
from desktop.sources.desk import MediaDesk
from desktop.sources.panel import SourcesPanel
from desktop.studio import Studio
from desktop.window.main_window import MainWindow
from engine.media import write_photo
from engine.media.cameras import CameraDevice
from engine.project import Timeline
from tests.desktop.preview.stand_in import Opener
from tests.engine.media.clips import Clip, make_video

LOST = "The picture cannot be shown"
SMILE = Timeline.constant({12: 3.0})


def photo(path: Path, grey: int = 90) -> Path:
    write_photo(path, np.full((60, 80, 3), grey, np.uint8))
    return path


@pytest.fixture(autouse=True)
def painting(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio.preview._renderer._worker._workbench, "_open_pipeline", Opener())


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourcesPanel]:
    """The dock on a machine with two cameras."""
    cameras = (CameraDevice(0, "Desk Camera"), CameraDevice(2, "Phone"))
    monkeypatch.setattr("engine.media.cameras.list_cameras", lambda: cameras)
    made = SourcesPanel(studio)
    MediaDesk(studio, made)
    made.resize(240, 640)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def show(studio: Studio, path: Path) -> None:
    studio.document.reset(replace(studio.document.project, media=path), None)


def test_the_medium_shows_with_its_facts(panel: SourcesPanel, studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    assert not panel.card.button.isVisible()
    show(studio, make_video(tmp_path / "clip.mp4", Clip(audio="aac")))
    qtbot.waitUntil(lambda: "fps" in panel.card.facts_label.text())
    assert panel.card.name_label.text() == "clip.mp4"
    assert "H.264, sound" in panel.card.facts_label.text()
    show(studio, photo(tmp_path / "face.png"))
    qtbot.waitUntil(lambda: panel.card.facts_label.text() == "80 × 60\nPhoto")


def test_another_medium_keeps_the_edits_but_no_face_at_rest(
    panel: SourcesPanel, studio: Studio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(studio, photo(tmp_path / "first.png"))
    qtbot.waitUntil(lambda: studio.media.info is not None)
    studio.document.edit("Smile", set_neutral(replace(studio.document.project, timeline=SMILE), Fraction(1)))
    other = photo(tmp_path / "second.png", 120)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    qtbot.mouseClick(panel.card.button, Qt.MouseButton.LeftButton)
    project = studio.document.project
    assert (project.media, project.timeline, project.faces.neutral_at) == (other, SMILE, None)
    studio.document.undo_stack.undo()
    assert studio.document.project.media == tmp_path / "first.png"
    assert studio.document.project.faces.neutral_at == 1


def test_a_missing_medium_is_found_again(
    panel: SourcesPanel, studio: Studio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = photo(tmp_path / "moved.png")
    project = replace(studio.document.project, media=tmp_path / "lost.png", timeline=SMILE)
    studio.document.reset(set_neutral(project, Fraction(1)), None)
    qtbot.waitUntil(panel.card.fault_label.isVisible)
    assert panel.card.button.text() == "Find the File…"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    qtbot.mouseClick(panel.card.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: studio.media.info is not None)
    assert studio.document.project.media == moved
    assert studio.document.project.faces.neutral_at == 1
    assert not panel.card.fault_label.isVisible()


def test_a_file_of_late_is_opened_by_a_click(panel: SourcesPanel, studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = photo(tmp_path / "first.png"), photo(tmp_path / "second.png")
    asked: list[Path] = []
    studio.open_requested.connect(asked.append)
    for path in (first, second):
        studio.recent.add(path)
    assert [panel.recent.item(row).text() for row in range(2)] == ["second.png", "first.png"]
    place = panel.recent.visualItemRect(panel.recent.item(1)).center()
    qtbot.mouseClick(panel.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [first]
    qtbot.waitUntil(lambda: any(studio.places.thumbnails.glob("*.png")))


def test_a_camera_is_chosen_for_the_live_page(panel: SourcesPanel, studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.cameras.count() == 2)
    pages: list[str] = []
    studio.page_requested.connect(pages.append)
    panel.cameras.setCurrentRow(1)
    QTest.keyClick(panel.cameras, Qt.Key.Key_Return)
    assert studio.live.choices.source == Camera(2, "Phone")
    assert pages == ["live"]


def test_thumbnails_are_made_once_for_each_state_of_a_file(tmp_path: Path) -> None:
    path, cache, size = photo(tmp_path / "a.png"), tmp_path / "cache", QSize(16, 10)
    assert cached_thumbnail(path, size, cache).size() == size
    (kept,) = cache.glob("*.png")
    kept.write_bytes(photo(tmp_path / "white.png", 255).read_bytes())
    assert cached_thumbnail(path, size, cache).pixelColor(0, 0).red() == 255
    path.write_bytes(photo(tmp_path / "dark.png", 30).read_bytes())
    assert cached_thumbnail(path, size, cache).pixelColor(0, 0).red() == 30
    assert cached_thumbnail(tmp_path / "gone.png", size, cache).isNull()


def test_a_missing_medium_is_offered_to_be_found_in_the_banner(
    window: MainWindow, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    show(studio, tmp_path / "lost.png")
    qtbot.waitUntil(window.banner.isVisible)
    offered = [button.defaultAction() for button in window.banner.findChildren(QToolButton)]
    assert studio.actions.action("file.find_media") in offered
    qtbot.waitUntil(lambda: any(label.text() == LOST and label.isVisible() for label in window.findChildren(QLabel)))


def test_a_file_can_be_dropped_on_every_panel(window: MainWindow, studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    for dock in (dock for dock in window.docks.values() if not dock.isHidden()):
        dock.raise_()
        qtbot.waitUntil(dock.isVisible)
        place = dock.mapTo(window, dock.rect().center())
        target = window.childAt(place)
        assert target is not None
        path = photo(tmp_path / f"{dock.objectName()}.png")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(target.mapFrom(window, place), *held)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted(), dock.objectName()
        QApplication.sendEvent(target, QDropEvent(QPointF(target.mapFrom(window, place)), *held))
        assert studio.document.project.media == path, dock.objectName()
