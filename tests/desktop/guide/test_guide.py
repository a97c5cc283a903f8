"""The guide can be read inside the program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.guide.window import GUIDE, GuideWindow
from desktop.studio import Studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("# Contents\n\n[More](more.md) [Web](https://example.org/)\n")
    (tmp_path / "more.md").write_text("# More\n\ntext\n")
    return tmp_path


@pytest.fixture
def guide(studio: Studio, qtbot: QtBot, folder: Path) -> Iterator[GuideWindow]:
    made = GuideWindow(studio, folder=folder)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_links_lead_on_and_back(guide: GuideWindow) -> None:
    assert guide.browser.toPlainText().startswith("Contents")
    assert not guide.back_button.isEnabled()
    guide.browser.anchorClicked.emit(QUrl("more.md"))
    assert guide.browser.toPlainText().startswith("More")
    guide.back_button.click()
    assert guide.browser.toPlainText().startswith("Contents")
    guide.forward_button.click()
    guide.index_button.click()
    assert guide.browser.toPlainText().startswith("Contents")


def test_links_to_the_web_open_in_the_browser(guide: GuideWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda link: opened.append(link.toString()))
    guide.browser.anchorClicked.emit(QUrl("https://example.org/"))
    assert opened == ["https://example.org/"]
    assert guide.browser.toPlainText().startswith("Contents")


def test_links_and_pictures_of_the_guide_exist() -> None:
    for page in GUIDE.glob("*.md"):
        targets = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
        local = [target for target in targets if "://" not in target]
        assert [target for target in local if not (page.parent / target).exists()] == [], page.name
