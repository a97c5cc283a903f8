"""Take the pictures of the window that the README and the user guide show, without a screen.

    python packaging/take_screenshots.py [-o docs/images] [--theme dark] [--size 1280x720]

The demo project is open on the edit page and its portrait, drifting, is the live source. The training page shows how
a training begins.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QLineEdit, QWidget  # noqa: E402

from desktop.application import make_application  # noqa: E402
from desktop.export.dialog import ExportDialog  # noqa: E402
from desktop.live.choices import Clip  # noqa: E402
from desktop.places import Places  # noqa: E402
from desktop.preferences import CONSENT_READ, THEME  # noqa: E402
from desktop.studio import Studio  # noqa: E402
from desktop.window.main_window import MainWindow  # noqa: E402
from engine.commands.benchmarks.clip import make_clip  # noqa: E402

_FRAMES: Final = 300
_LONGEST_WAIT_S: Final = 90.0
_LIVE_S: Final = 14.0
_PNG_UP_TO: Final = 1280
_JPEG_QUALITY: Final = 88


def main() -> None:
    """Take all of one theme and size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "images", help="folder")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--size", default="1280x720", help="of the window, in pixels")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(application, Places.under(Path(folder) / "places"))
        studio.preferences.set(THEME, options.theme)
        window = MainWindow(studio, "home")
        window.resize(width, height)
        window.show()
        _take(Camera(studio, window, options.output, options.theme), make_clip(Path(folder) / "portrait.mp4", _FRAMES))
        studio.document.undo_stack.setClean()
        studio.live.stop()
        _spin(2)
        window.close()
        studio.close()


class Camera:
    """Saves pictures of widgets under the theme's and the size's name."""

    def __init__(self, studio: Studio, window: MainWindow, folder: Path, theme: str) -> None:
        self.studio = studio
        self.window = window
        self._folder = folder
        self._theme = theme

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture; a large one as JPEG."""
        size = "" if self.window.width() <= _PNG_UP_TO else f"-{self.window.width()}"
        kind = "png" if self.window.width() <= _PNG_UP_TO else "jpg"
        path = self._folder / f"{name}-{self._theme}{size}.{kind}"
        (widget or self.window).grab().save(str(path), quality=_JPEG_QUALITY if kind == "jpg" else -1)
        print(path)


def _take(camera: Camera, clip: Path) -> None:
    studio, window = camera.studio, camera.window
    _spin(2)
    camera.take("welcome")
    studio.preferences.set(CONSENT_READ, True)
    rendered: list[bool] = []
    studio.preview.rendered.connect(lambda _: rendered.append(True))
    window.files.open_demo()
    window.show_page("edit")
    _wait(lambda: bool(rendered))
    _spin(8)  # the presets' pictures
    studio.actions.action("preview.wipe").trigger()
    _spin(1)
    camera.take("edit")
    settings, about = window.help.show_settings(), window.help.show_about()
    about.tabs.setCurrentIndex(1)  # the licences: the system's page shows this machine's folders
    _spin(3)
    export = ExportDialog(studio, window)
    path = export.findChild(QLineEdit)
    assert isinstance(path, QLineEdit)
    path.setText("/home/ada/Videos/portrait-smiling.mp4")  # not this machine's
    export.show()
    _spin(1)
    for name, dialog in (("settings", settings), ("about", about), ("export-dialog", export)):
        camera.take(name, dialog)
        dialog.close()
    window.show_page("training")
    _spin(2)
    camera.take("training-start")
    frames: list[bool] = []
    studio.live.frame_arrived.connect(lambda _: frames.append(True))
    studio.live.choose(source=Clip(clip))
    window.show_page("live")
    studio.live.start()
    _wait(lambda: bool(frames))
    studio.live.expression.apply("surprise", studio.presets.expressions["surprise"])
    studio.actions.action("preview.wipe").setChecked(True)
    _spin(_LIVE_S)
    camera.take("live")


def _wait(is_done: Callable[[], bool]) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not is_done():
        if clock.elapsed() > 1000 * _LONGEST_WAIT_S:
            sys.exit("The window did not show what was awaited.")
        _spin(0.05)


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
