from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.document.timeline_edits import set_value
from desktop.preferences import WINDOW_LAYOUTS
from desktop.studio import Studio
from desktop.timeline.panel import TimelinePanel
from desktop.window.main_window import MainWindow
from engine.errors import MediaError


def timeline_of(window: MainWindow) -> TimelinePanel:
    panel = window.docks["timeline"].widget()
    assert isinstance(panel, TimelinePanel)
    return panel


def test_every_action_does_something(window: MainWindow) -> None:
    assert window.studio.actions.unbound() == []


def test_no_two_actions_share_a_key(studio: Studio) -> None:
    keys = [key.toString() for spec in studio.actions.specs() for key in studio.actions.keys(spec.id)]
    assert sorted(keys) == sorted(set(keys))


def test_every_button_has_a_name_and_a_tooltip(window: MainWindow) -> None:
    unnamed = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible()
        and button.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not button.objectName().startswith("qt_")
        and not (button.text() or button.accessibleName())
    ]
    assert unnamed == []


def test_a_fault_is_told_with_its_remedy(window: MainWindow) -> None:
    window.studio.fault.emit(MediaError("Camera 2 is used by another program.", "Close it."))
    assert window.banner.isVisible()
    assert window.banner.message == "Camera 2 is used by another program."
    window.banner.dismiss()
    assert not window.banner.isVisible()


def test_space_plays_but_is_typed_into_a_field(window: MainWindow, qtbot: QtBot) -> None:
    panel = timeline_of(window)
    panel.canvas.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert window.studio.transport.is_playing
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K)
    assert not window.studio.transport.is_playing
    field = QLineEdit(panel)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_K):
        QTest.keyClick(window.windowHandle(), key)
    assert field.text() == "j k"
    assert not window.studio.transport.is_playing


def test_space_presses_a_button_that_was_reached_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    panel = timeline_of(window)
    snap = next(button for button in panel.findChildren(QAbstractButton) if button.accessibleName() == "Snap")
    snap.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert not window.studio.actions.action("timeline.snap").isChecked()
    assert not window.studio.transport.is_playing


def test_a_click_on_a_button_does_not_take_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    panel = timeline_of(window)
    panel.canvas.setFocus()
    snap = next(button for button in panel.findChildren(QAbstractButton) if button.accessibleName() == "Snap")
    qtbot.mouseClick(snap, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert panel.canvas.hasFocus()


def test_the_layout_of_a_page_is_remembered(studio: Studio, window: MainWindow, qapp: QApplication) -> None:
    window.docks["timeline"].hide()
    window.close()
    assert "edit" in studio.preferences.get(WINDOW_LAYOUTS)
    again = MainWindow(studio)
    assert again.docks["timeline"].isHidden()
    again.reset_layout()
    assert not again.docks["timeline"].isHidden()
    again.close()
    again.deleteLater()


def test_the_window_ends_while_work_is_under_way(window: MainWindow, root: Path) -> None:
    window.files.open(root / "assets/demo/astronaut.jpg")  # the studio closes before its answer is taken
    window.studio.document.edit_timeline(
        "Smile", set_value(window.studio.document.timeline, 12, 1.0, window.studio.view.playhead)
    )


def test_tabs_take_the_place_of_title_bars(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("edit")
    for front in ("presets", "expression"):
        qtbot.waitUntil(lambda front=front: window.docks[front].titleBarWidget() is not None)  # type: ignore[misc]
    assert window.docks["timeline"].titleBarWidget() is None
