"""Whoever works by keyboard or ear finds every control, and sees where the keyboard is."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QKeySequenceEdit,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.export.dialog import ExportDialog
from desktop.settings.dialog import SettingsDialog
from desktop.studio import Studio
from desktop.window.main_window import MainWindow
from desktop.window.panels import PAGES, PANELS

_COMPOUND = (QAbstractSpinBox, QComboBox, QKeySequenceEdit)
"""Widgets whose inner parts are spoken of as one."""


def is_inner(widget: QWidget) -> bool:
    """Whether Qt made the widget as a part of another one."""
    if widget.objectName().startswith("qt_") or isinstance(widget, QMenuBar):
        return True
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
        return True
    while parent is not None:
        if isinstance(parent, _COMPOUND):
            return True
        parent = parent.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    """What a screen reader calls the widget, else its tooltip."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) or widget.accessibleName() or widget.toolTip()


def controls(root: QWidget) -> list[QWidget]:
    """Return what the keyboard can reach in a window, parts of other controls left out."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_inner(widget)
        and not (isinstance(widget, QScrollArea | QTabBar))
        and widget.window() is root
    ]


def unnamed(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in controls(root)
        if not name_of(widget)
    ]


@pytest.fixture
def everything(window: MainWindow) -> MainWindow:
    """The window after every page and every dock has shown."""
    for page in PAGES:
        window.show_page(page.id)
        for panel in PANELS:
            if page.id in panel.pages:
                window.docks[panel.id].show()
    return window


def test_every_control_of_the_window_has_a_name(everything: MainWindow) -> None:
    assert len(controls(everything)) > 60
    assert unnamed(everything) == []


def test_every_control_of_the_dialogs_has_a_name(window: MainWindow) -> None:
    dialogs: list[QDialog] = [window.help.show_settings(), window.help.show_about(), window.help.show_guide()]
    for dialog in dialogs:
        assert controls(dialog)
        assert unnamed(dialog) == []


def test_every_control_of_the_export_dialog_has_a_name(studio: Studio) -> None:
    dialog = ExportDialog(studio)
    assert unnamed(dialog) == []
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_focus_is_seen(studio: Studio, qtbot: QtBot) -> None:
    dialog = SettingsDialog(studio)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    unseen = []
    for page_id in dialog.pages:
        dialog.show_page(page_id)
        for widget in controls(dialog):
            if not widget.isVisible() or not widget.isEnabled():
                continue
            widget.clearFocus()
            before = picture_of(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            assert QApplication.focusWidget() is (widget.focusProxy() or widget)
            if picture_of(widget) == before:
                unseen.append(f"{type(widget).__name__} {name_of(widget)}")
    assert unseen == []
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def picture_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()
