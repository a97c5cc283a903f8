"""The start page: one click away from the demo, and honest about faces."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.preferences import CONSENT_READ
from desktop.preview.renderer import Renderer
from desktop.studio import Studio
from desktop.welcome.demo import PHOTO, demo_project
from desktop.welcome.page import WelcomePage
from desktop.welcome.thumbnails import thumbnail
from desktop.window.main_window import MainWindow
from engine.media import VideoInfo, open_sink, write_photo
from engine.project import Project, save_project
from engine.types import Frame


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as the program opens it."""
    made = MainWindow(studio, "home")
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(window: MainWindow) -> WelcomePage:
    made = window.findChild(WelcomePage)
    assert isinstance(made, WelcomePage)
    return made


def test_the_demo_is_one_click_away(
    window: MainWindow, page: WelcomePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Renderer, "request", lambda _self, _request: None)
    qtbot.mouseClick(page.tiles["demo"], Qt.MouseButton.LeftButton)
    document = window.studio.document
    assert window.page == "edit"
    assert document.project.media == PHOTO
    assert document.timeline.tracks
    assert document.path is None  # so that saving spares the bundled file
    assert document.is_saved
    assert window.studio.view.playhead == Fraction(7, 10)


def test_the_demo_keeps_what_is_preferred(studio: Studio) -> None:
    project = demo_project(studio.new_project())
    assert project.model == studio.new_project().model
    assert project.output == studio.new_project().output


def test_the_note_on_consent_is_shown_until_it_is_read(
    window: MainWindow, page: WelcomePage, studio: Studio, qtbot: QtBot
) -> None:
    assert page.consent.isVisible()
    qtbot.mouseClick(page.consent.read_button, Qt.MouseButton.LeftButton)
    assert not page.consent.isVisible()
    assert studio.preferences.get(CONSENT_READ)
    again = WelcomePage(studio)
    assert again.consent.isHidden()
    again.deleteLater()
    window.show_page("edit")
    studio.actions.action("help.consent").trigger()
    assert window.page == "home"
    assert page.consent.isVisible()
    qtbot.mouseClick(page.consent.read_button, Qt.MouseButton.LeftButton)
    assert not page.consent.isVisible()


def is_orange(image: QImage) -> bool:
    """Whether the suit of the astronaut is in the picture."""
    colors = [image.pixelColor(x, 60) for x in range(image.width())]
    return any(color.red() > 180 and color.green() < 120 and color.blue() < 80 for color in colors)


def test_recent_files_open_with_a_click(
    window: MainWindow,
    page: WelcomePage,
    studio: Studio,
    qtbot: QtBot,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Renderer, "request", lambda _self, _request: None)
    assert not page.recent.isVisible()
    studio.recent.add(tmp_path / "gone.jpg")
    studio.recent.add(root / "assets/demo/astronaut.jpg")
    assert page.recent.isVisible()
    (item,) = [page.recent.item(row) for row in range(page.recent.count())]
    assert item.text() == "astronaut.jpg"
    qtbot.waitUntil(lambda: is_orange(item.icon().pixmap(128, 72).toImage()), timeout=20_000)
    place = page.recent.visualItemRect(item).center()
    qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.page == "edit"
    assert studio.document.project.media == root / "assets/demo/astronaut.jpg"


def test_other_pages_are_a_click_away(window: MainWindow, page: WelcomePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.tiles["live"], Qt.MouseButton.LeftButton)
    assert window.page == "live"


def test_tab_goes_as_the_eye_does(page: WelcomePage, window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.consent.read_button.setFocus()
    visited = []
    for _step in range(len(page.tiles) + 1):
        widget = QApplication.focusWidget()
        assert widget is not None
        visited.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert visited == [page.consent.read_button, *page.tiles.values()]


def test_thumbnails_of_photos_videos_and_projects(tmp_path: Path) -> None:
    photo, video = tmp_path / "tall.png", tmp_path / "wide.mp4"
    write_photo(photo, np.full((80, 20, 3), 90, np.uint8))
    with open_sink(video, VideoInfo(width=64, height=32, average_rate=Fraction(10), time_base=Fraction(1, 10))) as sink:
        sink.write(Frame(np.full((32, 64, 3), 200, np.uint8), Fraction(0), 0))
    project = tmp_path / "scene.eggan"
    save_project(Project("eggan-128", photo), project)
    size = QSize(16, 9)
    for path, grey in ((photo, 90), (project, 90), (video, 200)):
        made = thumbnail(path, size)
        assert made.size() == size
        assert made.pixelColor(8, 4).green() == pytest.approx(grey, abs=4)
    (tmp_path / "broken.mp4").write_bytes(b"no video")
    for absent in ("broken.mp4", "gone.jpg", "gone.eggan"):
        assert thumbnail(tmp_path / absent, size).isNull()
