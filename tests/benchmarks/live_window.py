"""The live loop with the window open: frames shown a second, and how long the window's thread is kept from its events.

    python tests/benchmarks/live_window.py [CLIP] [--seconds 30] [--size 1280x720] [--model NAME] [--platform offscreen]

A clip, by default a generated one of 1280 × 720 at 30 frames a second, plays as a camera; a preset is switched every
two seconds, as a streamer would. A timer of 5 ms tells when the window's thread was free: a longer gap is a time in
which nobody was heard. On a machine that others share, a gap may also be one in which the thread was ready and did not
get a processor; the processor time that the thread itself used in a gap tells the two apart.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from engine.commands.benchmarks.clip import make_clip  # noqa: E402

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow
    from engine.live import LiveFrame, LiveStatistics

_BEAT_MS: Final = 5
_BLOCKED_MS: Final = 50.0
_PRESET_MS: Final = 2000
_CLIP_FRAMES: Final = 150


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("QT_QPA_PLATFORM", options.platform)
    with tempfile.TemporaryDirectory(prefix="eggan-live-window-") as folder:
        clip = options.clip or make_clip(Path(folder) / "clip.mp4", _CLIP_FRAMES)
        _measure(options, clip, Path(folder))


def _measure(options: argparse.Namespace, clip: Path, folder: Path) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    from desktop.application import make_application
    from desktop.live.choices import Clip
    from desktop.places import Places
    from desktop.studio import Studio
    from desktop.window.main_window import MainWindow

    application = make_application()
    studio = Studio(application, Places.under(folder))
    window = MainWindow(studio)
    window.resize(*map(int, options.size.split("x")))
    window.show()
    window.show_page("live")
    project = studio.document.project
    if options.model:
        studio.document.reset(type(project)(options.model), None)
    watch = Watch(window)
    studio.live.choose(source=Clip(clip), loop=True)
    studio.live.start()
    names = list(studio.presets.expressions)[1:5]
    switch = QTimer(interval=_PRESET_MS)
    switch.timeout.connect(lambda: _switch(studio, names))
    switch.start()
    for seconds, begin in ((options.warm_up, watch.begin), (options.seconds, watch.end)):
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()
        begin()
    switch.stop()
    watch.report()
    studio.live.stop()
    studio.document.undo_stack.setClean()
    window.close()
    studio.close()


def _switch(studio: object, names: list[str]) -> None:
    names.append(names.pop(0))
    studio.live.expression.apply(names[0], studio.presets.expressions[names[0]])  # type: ignore[attr-defined]


class Watch:
    """Counts frames, and the gaps between the window's events, from `begin` to `end`."""

    def __init__(self, window: "MainWindow") -> None:
        from PySide6.QtCore import Qt, QTimer

        live = window.studio.live
        self._gaps: list[tuple[float, float]] = []
        self._frames = 0
        self._is_counting = False
        self._first: LiveStatistics | None = None
        self._last: LiveStatistics | None = None
        self._before = (time.perf_counter(), time.thread_time())
        self._timer = QTimer(window, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        live.frame_arrived.connect(self._count)
        live.statistics_changed.connect(self._note)

    def begin(self) -> None:
        """Count from now on."""
        self._is_counting = True

    def end(self) -> None:
        """Stop counting."""
        self._is_counting = False
        self._timer.stop()

    def report(self) -> None:
        """Print what was seen."""
        first, last = self._first, self._last
        if first is None or last is None or last.seconds <= first.seconds:
            print("No frame was shown.")
            return
        seconds, shown = last.seconds - first.seconds, max(1, last.shown - first.shown)
        print(
            f"{seconds:.0f} s live in the window: {(last.captured - first.captured) / seconds:.1f} frames a second in, "
            f"{shown / seconds:.1f} ready, {self._frames / seconds:.1f} painted, "
            f"{last.dropped - first.dropped} dropped; age {last.age_p50_ms:.0f} ms, p95 {last.age_p95_ms:.0f} ms."
        )
        print(
            f"Processor time a frame: {1000 * (last.cpu_s - first.cpu_s) / shown:.1f} ms, of which the window's thread "
            f"{1000 * sum(used for _, used in self._gaps) / shown:.1f} ms; load {os.getloadavg()[0]:.1f} on "
            f"{os.cpu_count()} processors."
        )
        gaps_ms = np.array([1000 * gap for gap, _ in self._gaps])
        used_ms = np.array([1000 * used for _, used in self._gaps])
        p50, p99 = np.percentile(gaps_ms, [50, 99])
        print(
            f"The window's thread: gaps p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {gaps_ms.max():.1f} ms, "
            f"{int((gaps_ms > _BLOCKED_MS).sum())} over {_BLOCKED_MS:.0f} ms; most processor time in one gap "
            f"{used_ms.max():.1f} ms, {int((used_ms > _BLOCKED_MS).sum())} over {_BLOCKED_MS:.0f} ms."
        )
        stages = ", ".join(f"{name} {times.p50_ms:.1f}" for name, times in last.stages.items())
        print(f"Stages, ms: {stages}. {last.backend}.")

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        if self._is_counting:
            self._gaps.append((now[0] - self._before[0], now[1] - self._before[1]))
        self._before = now

    def _count(self, _frame: "LiveFrame") -> None:
        self._frames += self._is_counting and self._first is not None

    def _note(self, statistics: "LiveStatistics") -> None:
        if self._is_counting:
            self._first = self._first or statistics
            self._last = statistics


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("clip", type=Path, nargs="?", help="a video; a generated one where none is named")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long to measure")
    parser.add_argument("--warm-up", type=float, default=8.0, help="how long to wait before: presets are pictured then")
    parser.add_argument("--size", default="1280x720", help="of the window")
    parser.add_argument("--model", default="", help="the model; the project's where none is named")
    parser.add_argument("--platform", default="offscreen", help="of Qt, where QT_QPA_PLATFORM names none")
    return parser.parse_args()


if __name__ == "__main__":
    main()
