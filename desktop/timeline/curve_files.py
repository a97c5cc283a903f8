"""Keyframes from curves, measured or in CSV files, and every frame's values into such files."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from engine.action_units import AU_NUMBERS, AUVector
from engine.errors import EngineError
from engine.project import Timeline, Track
from engine.project.exact_time import frame_time

if TYPE_CHECKING:
    from engine.curves import AUCurves

_FILTER: Final = "CSV (*.csv)"


class CurveFiles(QObject):
    """Binds the import and export actions; reading, fitting and writing happen in the background."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        studio.actions.bind("timeline.import_curves", self.ask_and_read)
        studio.actions.bind("timeline.export_curves", self.ask_and_write)
        studio.actions.bind("timeline.bake", self.bake)
        studio.measured.changed.connect(self._allow_baking)
        self._allow_baking(studio.measured.curves)

    def ask_and_read(self) -> None:
        """Ask for a file and read it."""
        folder = self._studio.preferences.get(LAST_FOLDER)
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import AU curves"), folder, _FILTER)
        if chosen:
            self.read(Path(chosen))

    def ask_and_write(self) -> None:
        """Ask for a file and write it; the dialog has asked about one that exists."""
        media = self._studio.document.project.media
        folder = Path(self._studio.preferences.get(LAST_FOLDER) or Path.home())
        proposed = folder / f"{'expression' if media is None else media.stem}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.tr("Export AU curves"), str(proposed), _FILTER)
        if chosen:
            self.write(Path(chosen))

    def read(self, path: Path) -> None:
        """Turn the curves in a file into keyframes; the tracks that it names are replaced."""
        text, name = self.tr("Import AU Curves"), path.name
        self._studio.background.run(lambda: _tracks_in(path), lambda tracks: self._take(text, tracks, name), self._fail)

    def bake(self) -> None:
        """Turn what was measured into keyframes of the active tracks, or of all."""
        curves, media = self._studio.measured.curves, self._studio.document.project.media
        if curves is None or media is None:
            return
        aus = [au for au in self._studio.view.active if au is not None] or None
        text, name = self.tr("Keyframes from Measured Expressions"), media.name
        self._studio.background.run(
            lambda: _simplified(curves, aus), lambda tracks: self._take(text, tracks, name), self._fail
        )

    def write(self, path: Path) -> None:
        """Write what every frame shows; AUs that follow the source are as measured, or left out."""
        timeline, curves = self._studio.document.timeline, self._studio.measured.curves
        rate, duration = self._studio.media.rate, self._studio.media.duration

        self._studio.background.run(
            lambda: _write(path, timeline, curves, _frames(rate, duration)),
            lambda _none: self._studio.notice.emit(self.tr("Wrote {}").format(path)),
            self._fail,
        )

    def _allow_baking(self, curves: "AUCurves | None") -> None:
        self._studio.actions.action("timeline.bake").setEnabled(curves is not None)

    def _take(self, text: str, tracks: tuple[Track, ...], name: str) -> None:
        timeline = self._studio.document.timeline
        for track in tracks:
            timeline = timeline.with_track(track)
        self._studio.document.edit_timeline(text, timeline)
        count = sum(len(track.keyframes) for track in tracks)
        self._studio.notice.emit(self.tr("{0} keyframes from {1}").format(count, name))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, EngineError):
            raise error
        self._studio.fault.emit(error)


def _tracks_in(path: Path) -> tuple[Track, ...]:
    from engine.curves import read_csv  # on this background thread: it takes a while

    return _simplified(read_csv(path), None)


def _simplified(curves: "AUCurves", aus: list[int] | None) -> tuple[Track, ...]:
    from engine.curves import simplified_tracks

    return simplified_tracks(curves, aus=aus)


def _frames(rate: Fraction, duration: Fraction) -> tuple[Fraction, ...]:
    return tuple(frame_time(index, rate) for index in range(max(1, round(duration * rate))))


def _write(path: Path, timeline: Timeline, measured: "AUCurves | None", times: tuple[Fraction, ...]) -> None:
    import numpy as np

    from engine.curves import AUCurves, write_csv  # on this background thread: it takes a while

    source = AUVector.neutral()
    rows = []
    for time in times:
        source = source if measured is None else measured.sample(time)
        rows.append(timeline.evaluate(time, source).values)
    aus = tuple(track.au for track in timeline.tracks if track.au is not None) if measured is None else AU_NUMBERS
    write_csv(AUCurves(times, np.stack(rows), aus=aus), path, overwrite=True)
