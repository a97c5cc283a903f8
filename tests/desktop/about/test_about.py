"""What the program says about itself."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.about import licences_tab
from desktop.about.dialog import AboutDialog
from desktop.about.libraries import Library, bundled_libraries
from desktop.about.model_credits import BUNDLED, model_credits
from desktop.about.system_report import Examination
from desktop.about.version import program_version
from desktop.studio import Studio


@pytest.fixture
def dialog(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[AboutDialog]:
    one = Library("numpy", "2.0", "BSD-3-Clause", "https://numpy.org", (BUNDLED.parents[1] / "NOTICE",))
    monkeypatch.setattr(licences_tab, "bundled_libraries", lambda: [one])
    made = AboutDialog(studio)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.licences.list.count() > 2 and bool(made.models.toPlainText()), timeout=30_000)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def libraries() -> dict[str, Library]:
    return {library.name: library for library in bundled_libraries()}


def test_the_version_is_that_of_the_project(root: Path, tmp_path: Path) -> None:
    assert f'version = "{program_version(root)}"' in (root / "pyproject.toml").read_text()
    assert program_version(tmp_path) == "unknown"


def test_libraries_come_with_their_licences(libraries: dict[str, Library]) -> None:
    assert {"numpy", "PySide6", "mediapipe", "torch", "av"} <= set(libraries)
    assert "pytest" not in libraries
    assert "LGPL" in libraries["PySide6"].licence
    assert "Redistribution and use" in libraries["numpy"].text()
    assert all(library.version and library.licence for library in libraries.values())


def test_every_bundled_model_names_whom_it_is_owed_to() -> None:
    credits_ = model_credits([BUNDLED])
    assert {"au-estimator", "eggan-128", "eggan-detail"} <= {credit.name for credit in credits_}
    for credit in credits_:
        assert any("Face Research Lab London Set" in work for work in credit.attribution), credit.name
        assert "CC" in credit.licence


@pytest.mark.parametrize("content", ["{", "[]", '{"training": 3}', '{"name": 1, "training": {"attribution": "x"}}'])
def test_a_strange_card_still_names_its_model(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "card.json").write_text(content)
    (credit,) = model_credits([tmp_path, tmp_path / "absent"])
    assert credit.name == "mine"


def test_system_information_is_copied(dialog: AboutDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.system.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].split() == ["EGGAN", "Studio", program_version()]
    assert "PySide6" in copied


def test_licences_are_read_when_they_are_chosen(dialog: AboutDialog, qtbot: QtBot) -> None:
    dialog.tabs.setCurrentWidget(dialog.licences)
    qtbot.waitUntil(lambda: "Apache License" in dialog.licences.text.toPlainText())
    (numpy,) = dialog.licences.list.findItems("numpy ", Qt.MatchFlag.MatchStartsWith)
    dialog.licences.list.setCurrentItem(numpy)
    qtbot.waitUntil(lambda: "BSD-3-Clause\nhttps://numpy.org\n\n\nEGGAN Studio" in dialog.licences.text.toPlainText())


def examine(qtbot: QtBot, script: str) -> str:
    examination = Examination(command=(sys.executable, "-c", script))
    with qtbot.waitSignal(examination.finished, timeout=30_000) as caught:
        examination.start()
    (findings,) = caught.args
    return str(findings)


def test_findings_of_the_examination_are_told(qtbot: QtBot) -> None:
    check = {"name": "Models", "status": "fail", "detail": "damaged", "remedy": "Install it again."}
    findings = examine(qtbot, f"print({json.dumps({'checks': [check]})!r})")
    assert findings.split() == ["fail", "Models", "damaged", "→", "Install", "it", "again."]


def test_an_examination_that_breaks_shows_what_it_said(qtbot: QtBot) -> None:
    assert "no such thing" in examine(qtbot, "raise SystemExit('no such thing')")


def test_an_examination_ends_with_the_session(qtbot: QtBot) -> None:
    examination = Examination(command=(sys.executable, "-c", "input()"))
    examination.start()
    assert examination.is_running
    examination.stop()
    assert not examination.is_running
    absent = Examination(command=("/nowhere/python",))
    with qtbot.waitSignal(absent.finished) as caught:
        absent.start()
    assert "could not be started" in caught.args[0]
