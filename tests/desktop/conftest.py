"""The window without a screen. Qt's warnings fail, and so does what a test leaves behind."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
os.environ["LC_ALL"], os.environ["LANGUAGE"] = "C.UTF-8", "C"  # the window speaks English, whoever runs the tests

from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from desktop.places import Places  # noqa: E402
from desktop.studio import Studio  # noqa: E402
from desktop.window.main_window import MainWindow  # noqa: E402


@pytest.fixture(autouse=True)
def no_leaked_widgets(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a top-level widget behind; it is deleted, so that the next test is not blamed."""
    before = set(qapp.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in qapp.topLevelWidgets() if widget not in before and widget.parent() is None]
    names = [f"{type(widget).__name__} {widget.objectName()}" for widget in left]
    for widget in left:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not names, f"top-level widgets left: {', '.join(names)}"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The application's folders, in a temporary one."""
    return Places.under(tmp_path / "application")


@pytest.fixture
def studio(qapp: QApplication, places: Places) -> Iterator[Studio]:
    """What panels share; closed after the test."""
    made = Studio(qapp, places)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown."""
    made = MainWindow(studio)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    studio.document.undo_stack.setClean()  # closing is not to ask
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
