"""Paths that are kept between two paintings: most of them are the same as before."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath, QPolygonF

from desktop.timeline.paths import measured_polygon, track_path, waveform_polygon
from engine.project import Track

if TYPE_CHECKING:
    from engine.curves import AUCurves
    from engine.media.waveform import Waveform


class CurveCache:
    """Holds the latest path of each track; values are immutable, so that identity tells whether it still holds."""

    def __init__(self) -> None:
        self._tracks: dict[int | None, tuple[Track, QPainterPath]] = {}
        self._curves: AUCurves | None = None
        self._measured: dict[int, QPolygonF] = {}
        self._waveform: tuple[Waveform, QPolygonF] | None = None

    def track(self, track: Track) -> QPainterPath:
        """Return `track_path`."""
        held = self._tracks.get(track.au)
        if held is None or held[0] is not track:
            held = self._tracks[track.au] = (track, track_path(track))
        return held[1]

    def measured(self, curves: "AUCurves", au: int) -> QPolygonF:
        """Return `measured_polygon`."""
        if curves is not self._curves:
            self._curves = curves
            self._measured.clear()
        if au not in self._measured:
            self._measured[au] = measured_polygon(curves, au)
        return self._measured[au]

    def waveform(self, waveform: "Waveform") -> QPolygonF:
        """Return `waveform_polygon`."""
        if self._waveform is None or self._waveform[0] is not waveform:
            self._waveform = (waveform, waveform_polygon(waveform))
        return self._waveform[1]
