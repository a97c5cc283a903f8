"""Every control sets its preference at once, and follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.computing import Computing
from desktop.document.new_project import chosen_output
from desktop.preferences import (
    AI_MARK,
    AI_TAG,
    AUTOSAVE_SECONDS,
    BACKEND,
    DEVICE,
    EXPORT_COMPOSITING,
    EXPORT_QUALITY,
    EXPORTS_FOLDER,
    LANGUAGE,
    RECOVERY_FOLDER,
    THEME,
    THREADS,
)
from desktop.settings.computing_page import ComputingPage
from desktop.settings.dialog import SettingsDialog
from desktop.settings.pages import ExportPage, FoldersPage, GeneralPage
from desktop.studio import Studio
from desktop.theme.tokens import DARK, LIGHT
from desktop.window.main_window import MainWindow


@pytest.fixture
def dialog(studio: Studio, qtbot: QtBot) -> Iterator[SettingsDialog]:
    made = SettingsDialog(studio)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def page_of(dialog: SettingsDialog, page_id: str, kind: type) -> object:
    dialog.show_page(page_id)
    page = dialog.pages[page_id]
    assert isinstance(page, kind)
    assert page.isVisible()
    return page


def test_the_theme_changes_at_once(dialog: SettingsDialog, studio: Studio, qtbot: QtBot) -> None:
    page = page_of(dialog, "general", GeneralPage)
    assert isinstance(page, GeneralPage)
    assert studio.theme.tokens == DARK
    page.theme_box.setFocus()
    qtbot.keyClick(page.theme_box, Qt.Key.Key_Down)
    assert studio.preferences.get(THEME) == "light"
    assert studio.theme.tokens == LIGHT
    assert studio.preferences.get(LANGUAGE) == "system"
    studio.preferences.set(THEME, "dark")
    assert page.theme_box.currentData() == "dark"


def test_the_autosave_interval_holds_at_once(dialog: SettingsDialog, studio: Studio) -> None:
    page = page_of(dialog, "general", GeneralPage)
    assert isinstance(page, GeneralPage)
    page.autosave_box.setValue(9)
    assert studio.preferences.get(AUTOSAVE_SECONDS) == 9
    assert studio.autosave.interval_ms == 9000
    page.autosave_box.setValue(100)
    assert studio.autosave.interval_ms == 10_000  # the longest loss that is promised


def test_what_computes_is_chosen_for_preview_and_exports(dialog: SettingsDialog, studio: Studio, qtbot: QtBot) -> None:
    page = page_of(dialog, "computing", ComputingPage)
    assert isinstance(page, ComputingPage)
    for box, preference, value in ((page.backend_box, BACKEND, "onnx"), (page.device_box, DEVICE, "cpu")):
        box.setFocus()
        for _step in range(box.findData(value)):
            qtbot.keyClick(box, Qt.Key.Key_Down)
        assert studio.preferences.get(preference) == value
    page.threads_box.setValue(1)
    assert Computing.chosen(studio.preferences).threads == 1
    dialog.reset_page()
    assert [studio.preferences.get(preference) for preference in (BACKEND, DEVICE)] == ["auto", "auto"]
    assert studio.preferences.get(THREADS) == 0
    assert page.threads_box.text() == "Automatic"


def test_a_choice_that_does_not_work_says_why(dialog: SettingsDialog, studio: Studio, qtbot: QtBot) -> None:
    page = page_of(dialog, "computing", ComputingPage)
    assert isinstance(page, ComputingPage)
    studio.preferences.set(BACKEND, "onnx")
    studio.preferences.set(DEVICE, "mps")
    qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.try_button.isEnabled, timeout=60_000)
    assert "'mps'" in page.outcome.text()
    assert page.outcome.property("role") == "danger"
    studio.preferences.set(DEVICE, "cpu")
    assert page.outcome.text() == ""
    qtbot.mouseClick(page.try_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.try_button.isEnabled, timeout=60_000)
    assert page.outcome.text().startswith("Works: ")


def test_a_folder_is_typed(dialog: SettingsDialog, studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(dialog, "folders", FoldersPage)
    assert isinstance(page, FoldersPage)
    field = page.exports_field
    assert studio.folders.exports is None
    qtbot.keyClicks(field.line, str(tmp_path / "nowhere"))
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert studio.preferences.get(EXPORTS_FOLDER) == ""
    assert field.fault.isVisible()
    field.line.setText(str(tmp_path))
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert studio.folders.exports == tmp_path
    assert not field.fault.isVisible()
    field.line.clear()
    assert studio.folders.exports is None


def test_recovery_goes_elsewhere_only_where_it_can(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    studio.preferences.set(RECOVERY_FOLDER, str(tmp_path / "file" / "below"))
    assert studio.folders.recovery == studio.places.recovery
    studio.preferences.set(RECOVERY_FOLDER, str(tmp_path / "kept"))
    assert studio.folders.recovery == tmp_path / "kept"


def test_exports_say_that_they_are_edited_unless_told_otherwise(
    dialog: SettingsDialog, studio: Studio, qtbot: QtBot
) -> None:
    page = page_of(dialog, "export", ExportPage)
    assert isinstance(page, ExportPage)
    assert page.tag_box.isChecked()
    assert not page.mark_box.isChecked()
    page.tag_box.click()
    page.mark_box.click()
    assert (studio.preferences.get(AI_TAG), studio.preferences.get(AI_MARK)) == (False, True)
    dialog.reset_page()
    assert page.tag_box.isChecked()
    assert not page.mark_box.isChecked()


def test_new_projects_start_as_preferred(studio: Studio) -> None:
    studio.preferences.set(EXPORT_QUALITY, 90)
    studio.preferences.set(EXPORT_COMPOSITING, "replace")
    output = studio.new_project().output
    assert (output.quality, output.compositing) == (90, "replace")
    studio.preferences.set(EXPORT_QUALITY, 900)
    studio.preferences.set(EXPORT_COMPOSITING, "paste")
    output = chosen_output(studio.preferences)
    assert (output.quality, output.compositing) == (70, "detail")


def test_the_settings_open_once(window: MainWindow, qtbot: QtBot) -> None:
    window.studio.actions.action("app.settings").trigger()
    window.studio.actions.action("help.shortcuts").trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    assert dialog.pages["shortcuts"].isVisible()
    assert window.help.show_settings() is dialog
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_presses_no_button_by_chance(dialog: SettingsDialog) -> None:
    pressed = [button.text() for button in dialog.findChildren(QPushButton) if button.autoDefault()]
    assert pressed == []
