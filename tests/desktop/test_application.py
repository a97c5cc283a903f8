"""The program as it starts: at once, and with a reason where it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.application import _tell_mistake, require_display
from desktop.window.main_window import MainWindow
from engine.errors import EngineError

START = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import application
from desktop.window import main_window

loaded = []
show = main_window.MainWindow.show

def note(window):
    show(window)
    loaded.extend(name for name in ("av", "cv2", "mediapipe", "onnxruntime", "torch") if name in sys.modules)
    QTimer.singleShot(0, window.close)

main_window.MainWindow.show = note
code = application.run([])
print(json.dumps({"code": code, "loaded": loaded}))
"""


def test_the_window_opens_before_the_networks_are_loaded(root: Path, tmp_path: Path) -> None:
    folders = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", START],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(ended.stdout) == {"code": 0, "loaded": []}
    assert "Traceback" not in ended.stderr


def test_a_mistake_of_the_program_is_told_and_the_window_stays(
    window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    _tell_mistake(window.studio, KeyError, KeyError("face"), None)
    assert window.banner.isVisible()
    assert "KeyError" in window.banner.message
    assert "KeyError" in capsys.readouterr().err


def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(EngineError, match="There is no display"):
        require_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    require_display()
