"""Keys are searched, changed, taken over and reset."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from desktop.preferences import SHORTCUTS
from desktop.settings.key_conflicts import conflicts, users_of
from desktop.settings.shortcuts_page import ShortcutsPage
from desktop.studio import Studio


@pytest.fixture
def page(studio: Studio, qtbot: QtBot) -> Iterator[ShortcutsPage]:
    made = ShortcutsPage(studio)
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(page: ShortcutsPage) -> list[str]:
    specs = page.studio.actions.specs()
    return [spec.id for spec in specs if not page.item(spec.id).isHidden()]


def keys(studio: Studio, action_id: str) -> list[str]:
    return [key.toString() for key in studio.actions.keys(action_id)]


def test_actions_are_found_by_name_and_by_key(page: ShortcutsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search_field, "copy k")
    assert shown(page) == ["edit.copy"]
    page.search_field.clear()
    qtbot.keyClicks(page.search_field, "ctrl+s")
    assert {"file.save", "file.save_as"} <= set(shown(page))
    assert "edit.copy" not in shown(page)
    page.search_field.clear()
    assert len(shown(page)) == len(page.studio.actions.specs())


def test_a_free_key_is_set_by_pressing_it(page: ShortcutsPage, studio: Studio, qtbot: QtBot) -> None:
    page.tree.setCurrentItem(page.item("edit.copy_expression"))
    field = page.editor.fields[1]
    qtbot.keyClick(field, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert keys(studio, "edit.copy_expression") == ["Ctrl+Shift+C", "Ctrl+F9"]
    assert page.item("edit.copy_expression").text(1) == "Ctrl+Shift+C  Ctrl+F9"
    assert page.item("edit.copy_expression").font(1).bold()
    qtbot.mouseClick(page.editor.reset_button, Qt.MouseButton.LeftButton)
    assert keys(studio, "edit.copy_expression") == ["Ctrl+Shift+C"]
    assert not page.editor.reset_button.isEnabled()


def test_a_key_of_another_action_is_taken_over_only_on_request(
    page: ShortcutsPage, studio: Studio, qtbot: QtBot
) -> None:
    page.tree.setCurrentItem(page.item("file.export"))
    field = page.editor.fields[0]
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert keys(studio, "file.export") == ["Ctrl+E"]
    assert keys(studio, "file.save") == ["Ctrl+S"]
    assert page.editor.conflict.text() == "Ctrl+S is the shortcut of “Save”."
    qtbot.mouseClick(page.editor.take_button, Qt.MouseButton.LeftButton)
    assert keys(studio, "file.export") == ["Ctrl+S"]
    assert keys(studio, "file.save") == []
    assert not page.editor.take_button.isVisible()


def test_a_key_is_removed_by_its_button_alone(page: ShortcutsPage, studio: Studio, qtbot: QtBot) -> None:
    page.tree.setCurrentItem(page.item("edit.redo"))
    qtbot.keyPress(page.editor.fields[0], Qt.Key.Key_Control)
    assert keys(studio, "edit.redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]
    qtbot.keyRelease(page.editor.fields[0], Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: page.editor.fields[0].keySequence() == QKeySequence("Ctrl+Shift+Z"))
    qtbot.mouseClick(page.editor.clear_buttons[0], Qt.MouseButton.LeftButton)
    assert keys(studio, "edit.redo") == ["Ctrl+Y"]


def test_conflicts_of_the_file_are_shown(page: ShortcutsPage, studio: Studio) -> None:
    studio.actions.set_keys("file.export", [QKeySequence("Ctrl+S")])
    assert conflicts(studio.actions) == {"file.save": ["file.export"], "file.export": ["file.save"]}
    assert users_of(studio.actions, QKeySequence("Ctrl+S"), but="file.export") == ["file.save"]
    assert page.item("file.save").toolTip(1) == "Also the shortcut of: Export"
    assert not page.item("file.save").icon(1).isNull()
    page.reset()
    assert studio.preferences.get(SHORTCUTS) == {}
    assert page.item("file.save").toolTip(1) == ""
    assert page.item("file.save").icon(1).isNull()
