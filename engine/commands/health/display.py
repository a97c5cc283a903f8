"""Checks of what the desktop application needs: Qt and a place to show windows."""

import ctypes
import os
import sys
from collections.abc import Iterator

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError
from engine.terminal.missing_software import explain_missing_software


def check_display() -> Iterator[Check]:
    """Load Qt and name the platform that it would open windows on."""
    try:
        qt = import_module("PySide6.QtCore")
        import_module("PySide6.QtWidgets")
    except EngineError as error:
        yield Check("Qt", Status.WARN, error.message, error.remedy)
        return
    platform = _qt_platform()
    detail = f"Qt {qt.qVersion()}, {platform or 'no display: windows cannot be shown, commands work'}"
    if platform == "xcb":
        try:
            ctypes.CDLL("libxcb-cursor.so.0")
        except OSError as error:
            missing = explain_missing_software(error)
            yield Check("Qt", Status.WARN, f"{detail}; {error}", missing.remedy if missing else "")
            return
    yield Check("Qt", Status.OK, detail)


def _qt_platform() -> str:
    """The platform plugin that Qt would choose; empty where there is no display."""
    if chosen := os.environ.get("QT_QPA_PLATFORM"):
        return chosen.partition(";")[0]
    if sys.platform == "darwin":
        return "cocoa"
    if sys.platform == "win32":
        return "windows"
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if os.environ.get("DISPLAY") else ""
