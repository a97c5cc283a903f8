"""Closing the window while an export runs."""

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.export.jobs import ExportRequest
from desktop.export.queue import ExportQueue
from desktop.pipeline_choice import PipelineChoice
from desktop.window.main_window import MainWindow
from engine.project import Timeline


@pytest.fixture
def endless(root: Path, tmp_path: Path) -> ExportRequest:
    """An export that would go on for hours."""
    photo = root / "assets" / "demo" / "astronaut.jpg"
    choice = PipelineChoice("eggan-128")
    return ExportRequest(
        photo, Timeline.constant({12: 3.0}), choice, tmp_path / "long.mp4", still_duration=Fraction(36_000)
    )


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Click the button that says `words`, and keep what was asked."""
    asked: list[str] = []

    def click(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.findChildren(QPushButton) if button.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", click)
    return asked


def test_closing_asks_and_staying_lets_the_export_go_on(
    window: MainWindow, endless: ExportRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = window.studio.exports.add(endless)
    qtbot.waitUntil(lambda: job.progress.frames > 0, timeout=60_000)
    asked = answer(monkeypatch, "Stay")
    assert not window.close()
    assert asked == ["An export is not finished."]
    assert window.isVisible()
    done = job.progress.frames
    qtbot.waitUntil(lambda: job.progress.frames > done, timeout=60_000)
    answer(monkeypatch, "Cancel Exports and Leave")
    assert window.close()


def test_leaving_in_the_middle_leaves_no_file(qtbot: QtBot, endless: ExportRequest) -> None:
    queue = ExportQueue()
    job = queue.add(endless)
    qtbot.waitUntil(lambda: job.progress.frames > 0, timeout=60_000)
    queue.close()
    assert list(endless.output.parent.iterdir()) == []


def test_nothing_is_asked_where_nothing_runs(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch, "Stay")
    assert window.close()
    assert asked == []
