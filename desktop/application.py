"""The program: from the command line to the last thread."""

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.places import APPLICATION, Places
from desktop.studio import Studio
from desktop.theme.icons import pixmaps
from desktop.window.main_window import MainWindow
from engine.errors import EngineError

_ICON_SIZES_PX: Final = (16, 32, 64, 128, 256)


def run(arguments: Sequence[str]) -> int:
    """Open the window, and with it the project, photo or video named; return the exit code when it has closed.

    Args:
        arguments: without the program's name; at most one path.
    """
    require_display()
    application = make_application()
    studio = Studio(application, Places.of_the_user())
    paths = [Path(argument) for argument in arguments]
    window = MainWindow(studio, "edit" if paths else "home")
    window.show()
    sys.excepthook = partial(_tell_mistake, studio)
    QTimer.singleShot(0, lambda: _begin(studio, window, paths))
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = application.exec()
    studio.close()
    return code


def require_display() -> None:
    """Raise EngineError where Qt would abort for want of a screen."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not named:
        raise EngineError(
            "There is no display to open the window on.",
            "Use a command, which needs none; `main.py --help` lists them.",
        )


def make_application() -> QApplication:
    """Return the application object, with the names that the system knows it by."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("EGGAN Studio")
    application.setDesktopFileName(APPLICATION)
    icon = QIcon()
    for image in pixmaps("application", "", _ICON_SIZES_PX):
        icon.addPixmap(image)
    application.setWindowIcon(icon)
    return application


def _tell_mistake(
    studio: Studio, kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Tell of a fault of the program itself: the window stays open, so that nothing is lost."""
    sys.__excepthook__(kind, error, traceback)
    studio.fault.emit(
        EngineError(
            f"The program made a mistake ({kind.__name__}: {error}).",
            "Your work is kept: save it. The terminal shows the details; please report them.",
        )
    )


def _begin(studio: Studio, window: MainWindow, paths: Sequence[Path]) -> None:
    window.files.offer_recovery()
    for path in paths:
        studio.open_requested.emit(path)
