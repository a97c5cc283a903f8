"""What a report of a fault needs to know about the system, and the program's own examination of itself."""

import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import psutil
from PySide6.QtCore import QByteArray, QObject, QProcess, QProcessEnvironment, Signal, qVersion
from PySide6.QtGui import QGuiApplication

from desktop.about.version import ROOT, program_version
from desktop.studio import Studio

_PACKAGES: Final = (
    "PySide6",
    "numpy",
    "opencv-contrib-python",
    "av",
    "mediapipe",
    "onnxruntime-gpu",
    "onnxruntime",
    "torch",
)
_GIB: Final = 2**30
_NAME_WIDTH: Final = 28


def system_report(studio: Studio) -> str:
    """Return what is known at once, a line each: it imports no library and starts nothing."""
    screens = ", ".join(
        f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    facts = [
        ("EGGAN Studio", program_version()),
        ("Python", f"{platform.python_version()} at {sys.executable}"),
        ("System", f"{_system()}, {platform.machine()}"),
        ("Cores, memory", f"{os.cpu_count()}, {psutil.virtual_memory().total / _GIB:.1f} GiB"),
        ("Qt", f"{qVersion()}, {QGuiApplication.platformName()}"),
        ("Screens", screens),
        *((name, installed) for name in _PACKAGES if (installed := _version(name))),
        ("Preferences", str(studio.places.preferences)),
        ("Models", str(studio.folders.models)),
    ]
    return "\n".join(map(_line, facts))


def _line(fact: tuple[str, str]) -> str:
    name, value = fact
    return f"{name:<{_NAME_WIDTH}} {value}"


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform())
    except OSError:
        return platform.platform()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class Examination(QObject):
    """Runs `main.py doctor` as a child process, since it loads every library and tries every device.

    Attributes:
        finished: what it found, a line each.
    """

    finished = Signal(str)

    def __init__(self, parent: QObject | None = None, command: tuple[str, ...] = ()) -> None:
        super().__init__(parent)
        self._command = command or _doctor()
        self._process = QProcess(self)
        self._process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        self._process.setWorkingDirectory(str(Path.home()))
        self._process.finished.connect(self._read)
        self._process.errorOccurred.connect(self._note_error)

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Begin, unless it is under way."""
        if not self.is_running:
            self._process.start(self._command[0], list(self._command[1:]))

    def stop(self) -> None:
        """End the child process, and wait for its end."""
        if self.is_running:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished()

    def _read(self) -> None:
        output = _text(self._process.readAllStandardOutput())
        try:
            checks = json.loads(output)["checks"]
            lines = [_describe(check) for check in checks]
        except (ValueError, KeyError, TypeError):
            lines = [output, _text(self._process.readAllStandardError())]
        self.finished.emit("\n".join(filter(None, lines)))

    def _note_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.finished.emit(self.tr("The examination could not be started: {}").format(self._process.errorString()))


def _text(output: QByteArray) -> str:
    return bytes(output.data()).decode("utf-8", "replace")


def _doctor() -> tuple[str, ...]:
    is_packaged = getattr(sys, "frozen", False)  # then the program is its own interpreter
    return (sys.executable, *(() if is_packaged else (str(ROOT / "main.py"),)), "doctor", "--json")


def _describe(check: dict[str, str]) -> str:
    remedy = f"\n{'':<{_NAME_WIDTH}} → {check['remedy']}" if check["remedy"] else ""
    return _line((f"{check['status']:<5}{check['name']}", check["detail"])) + remedy
