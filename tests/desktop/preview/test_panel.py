"""The preview as a person uses it: open a photo, compare, zoom, hold, see what was found."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.preview.canvas import Comparison, PreviewCanvas
from desktop.preview.panel import PreviewPanel
from desktop.studio import Studio
from engine.media import write_photo
from engine.project import Timeline
from tests.desktop.preview.stand_in import Opener


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewPanel]:
    monkeypatch.setattr(studio.preview._renderer._worker._workbench, "_open_pipeline", Opener())
    made = PreviewPanel(studio)
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    path = tmp_path / "grey.png"
    write_photo(path, np.full((60, 80, 3), 90, np.uint8))
    with qtbot.waitSignal(studio.preview.rendered):
        studio.open_requested.emit(path)
        studio.document.edit("Open", type(studio.document.project)(studio.document.project.model, path))
    yield made
    made.close()
    made.deleteLater()


def color_at(canvas: PreviewCanvas, x: float, y: float = 0.5) -> QColor:
    """The colour in the window, at a place given as a share of its sides."""
    picture = canvas.grab().toImage()
    return picture.pixelColor(round(x * (picture.width() - 1)), round(y * (picture.height() - 1)))


def smile(studio: Studio, qtbot: QtBot, intensity: float) -> None:
    with qtbot.waitSignal(studio.preview.rendered):
        studio.document.edit_timeline("Smile", Timeline.constant({12: intensity}))


def test_an_edit_shows(panel: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    smile(studio, qtbot, 4.0)
    assert color_at(panel.canvas, 0.5).red() == 200


def test_the_wipe_shows_the_original_on_its_left_and_can_be_dragged(
    panel: PreviewPanel, studio: Studio, qtbot: QtBot
) -> None:
    smile(studio, qtbot, 4.0)
    studio.actions.action("preview.wipe").trigger()
    assert (color_at(panel.canvas, 0.3, 0.8).red(), color_at(panel.canvas, 0.7, 0.8).red()) == (90, 200)
    middle = panel.canvas.rect().center()
    qtbot.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(panel.canvas, middle + QPoint(panel.canvas.width() // 4, 0))
    qtbot.mouseRelease(panel.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(panel.canvas.width() // 4, 0))
    assert panel.canvas.wipe > 0.6
    assert color_at(panel.canvas, 0.65, 0.8).red() == 90


def test_side_by_side_and_wipe_exclude_each_other(panel: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    smile(studio, qtbot, 4.0)
    wipe, beside = studio.actions.action("preview.wipe"), studio.actions.action("preview.side_by_side")
    wipe.trigger()
    beside.trigger()
    assert not wipe.isChecked()
    assert panel.canvas.comparison is Comparison.SIDE_BY_SIDE
    assert (color_at(panel.canvas, 0.25).red(), color_at(panel.canvas, 0.75).red()) == (90, 200)
    beside.trigger()
    assert not beside.isChecked()
    assert color_at(panel.canvas, 0.25).red() == 200


def test_the_original_shows_while_c_is_held(panel: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    smile(studio, qtbot, 4.0)
    qtbot.keyPress(panel.canvas, Qt.Key.Key_C)
    assert color_at(panel.canvas, 0.5, 0.6).red() == 90
    qtbot.keyRelease(panel.canvas, Qt.Key.Key_C)
    assert color_at(panel.canvas, 0.5, 0.6).red() == 200


def test_c_is_heard_wherever_the_focus_is_but_in_a_field(panel: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    smile(studio, qtbot, 4.0)
    button, field = QPushButton(panel), QLineEdit(panel)
    for widget in (button, field):
        widget.show()
    qtbot.keyPress(button, Qt.Key.Key_C)
    assert panel.canvas.shows_original
    qtbot.keyRelease(button, Qt.Key.Key_C)
    assert not panel.canvas.shows_original
    qtbot.keyPress(field, Qt.Key.Key_C)
    assert field.text() == "c"
    assert not panel.canvas.shows_original


def test_the_original_goes_when_another_window_takes_the_keys(panel: PreviewPanel, qtbot: QtBot) -> None:
    qtbot.keyPress(panel.canvas, Qt.Key.Key_C)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.WindowDeactivate))
    assert not panel.canvas.shows_original


def test_a_double_click_goes_between_fit_and_exact_pixels(panel: PreviewPanel, qtbot: QtBot) -> None:
    fitted = panel.canvas.port.scale
    qtbot.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, pos=panel.canvas.rect().center())
    assert panel.canvas.port.scale == 1
    qtbot.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, pos=panel.canvas.rect().center())
    assert panel.canvas.port.scale == fitted


def test_faces_show_on_demand(panel: PreviewPanel, studio: Studio, qtbot: QtBot) -> None:
    smile(studio, qtbot, 4.0)
    before = panel.canvas.grab().toImage()
    studio.actions.action("preview.faces").trigger()
    assert panel.canvas.grab().toImage() != before


def test_closing_the_medium_shows_the_invitation(panel: PreviewPanel, studio: Studio) -> None:
    studio.document.edit("Close", type(studio.document.project)(studio.document.project.model))
    assert not panel.canvas.isVisible()
