"""Painting the timeline: ruler, rows, curves and keyframes, from a `Scene`."""

from collections.abc import Collection, Iterable
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.document.timeline_edits import track_of
from desktop.theme.tokens import SMALL_FONT_SIZE_PX, Tokens
from desktop.timeline.axis import TimeAxis
from desktop.timeline.curve_cache import CurveCache
from desktop.timeline.glyphs import KeyGlyphs
from desktop.timeline.paths import to_screen
from desktop.timeline.rows import Row, track_color
from desktop.timeline.scene import RANGE_BAND, RULER_HEIGHT, PlacedKey, Scene
from engine.action_units import MAX_INTENSITY
from engine.project import Track
from engine.project.exact_time import nearest_frame
from engine.project.timecode import format_timecode

LABEL_PX: Final = 96
_ROW_INSET: Final = 3


class ScenePainter:
    """Paints scenes; remembers the paths of curves between two paintings."""

    def __init__(self) -> None:
        self._cache = CurveCache()
        self._glyphs: KeyGlyphs | None = None

    def paint(self, painter: QPainter, scene: Scene) -> None:
        """Paint everything but the playhead."""
        painter.fillRect(QRectF(0, 0, scene.width, scene.height), QColor(scene.tokens.field))
        if scene.shows_curves:
            self._paint_curve_view(painter, scene)
        else:
            self.paint_rows(painter, scene, scene.rows)
        _paint_ruler(painter, scene)

    def paint_rows(self, painter: QPainter, scene: Scene, rows: Collection[Row]) -> None:
        """Paint some rows anew over what was there."""
        shown = [row for row in rows if RULER_HEIGHT - row.height < scene.top_of(row) < scene.height]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in shown:
            area = QRectF(0, scene.top_of(row), scene.width, row.height)
            painter.setClipRect(area.intersected(scene.body))
            painter.fillRect(area, QColor(scene.tokens.field))
            self._paint_row(painter, scene, row, area)
            _shade_outside(painter, scene)
            self._paint_keys(painter, scene, scene.placed_keys([row]))
        painter.restore()

    def _paint_keys(self, painter: QPainter, scene: Scene, keys: Iterable[PlacedKey]) -> None:
        selected, glyphs = scene.selected_seconds(), self._glyphs_for(painter, scene.tokens)
        for placed in keys:
            is_selected = any(
                au in selected and time.numerator / time.denominator in selected[au] for au, time in placed.keys
            )
            glyphs.draw(painter, placed, is_selected=is_selected)

    def _glyphs_for(self, painter: QPainter, tokens: Tokens) -> KeyGlyphs:
        ratio = painter.device().devicePixelRatio()
        if self._glyphs is None or not self._glyphs.suit(tokens, ratio):
            self._glyphs = KeyGlyphs(tokens, ratio)
        return self._glyphs

    def _paint_row(self, painter: QPainter, scene: Scene, row: Row, area: QRectF) -> None:
        tokens = scene.tokens
        if row.group is not None:
            painter.fillRect(area, QColor(tokens.panel))
        elif row.is_track and row.aus[0] in scene.active:
            painter.fillRect(area, _faint(tokens.accent, 0.14))
        painter.setPen(QColor(tokens.grid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        top, height = area.top() + _ROW_INSET, area.height() - 2 * _ROW_INSET
        if row.is_sound and scene.waveform is not None:
            painter.save()
            painter.setTransform(to_screen(scene.axis, -1.0, 1.0, top, height), combine=True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.waveform))
            painter.drawPolygon(self._cache.waveform(scene.waveform))
            painter.restore()
        elif row.is_track:
            self._paint_curve(painter, scene, row.aus[0], top, height)

    def _paint_curve(self, painter: QPainter, scene: Scene, au: int | None, top: float, height: float) -> None:
        """Draw the measured curve of a track and its own over it, in a row."""
        track = track_of(scene.timeline, au)
        values = [keyframe.value for keyframe in track.keyframes]
        low, high = (min([0.0, *values]), max([1.0, *values])) if au is None else (0.0, MAX_INTENSITY)
        painter.save()
        painter.setTransform(to_screen(scene.axis, low, high, top, height), combine=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if scene.curves is not None and au is not None and au in scene.curves.aus:
            painter.setPen(_cosmetic(painter, scene.tokens.measured, 1.0))
            painter.drawPolyline(self._cache.measured(scene.curves, au))
        if track.keyframes:
            painter.setPen(_cosmetic(painter, track_color(au, scene.tokens), 1.0))
            painter.drawPath(self._cache.track(track))
            painter.drawLines(_held_ends(scene.axis, track, scene.width))
        painter.restore()

    def _paint_curve_view(self, painter: QPainter, scene: Scene) -> None:
        tokens = scene.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(scene.body)
        tracks = scene.curve_tracks
        intensities = [track for track in tracks if track.au is not None]
        if intensities:
            scale = scene.value_scale(intensities[0])
            for value in range(int(MAX_INTENSITY) + 1):
                y = scale.y_of(value)
                painter.setPen(QColor(tokens.grid))
                painter.drawLine(QLineF(0, y, scene.width, y))
                painter.setPen(QColor(tokens.text_dim))
                painter.drawText(QPointF(4, y - 2), str(value))
        for track in tracks:
            scale = scene.value_scale(track)
            painter.save()
            painter.setTransform(to_screen(scene.axis, scale.low, scale.high, scale.top, scale.height), combine=True)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if scene.curves is not None and track.au is not None and track.au in scene.active:
                painter.setPen(_cosmetic(painter, tokens.measured, 1.0))
                painter.drawPolyline(self._cache.measured(scene.curves, track.au))
            painter.setPen(_cosmetic(painter, track_color(track.au, tokens), 2.0))
            painter.drawPath(self._cache.track(track))
            painter.drawLines(_held_ends(scene.axis, track, scene.width))
            painter.restore()
            painter.setPen(QColor(track_color(track.au, tokens)))
            label_at = QRectF(scene.width - 64, scale.y_of(track.keyframes[-1].value) - 18, 60, 16)
            painter.drawText(label_at, Qt.AlignmentFlag.AlignRight, track.label)
        _shade_outside(painter, scene)
        painter.setBrush(QColor(tokens.field))
        for handle in scene.handles():
            painter.setPen(QPen(QColor(tokens.keyframe_selected), 1.25))
            painter.drawLine(handle.tied_to, handle.at)
            painter.drawEllipse(handle.at, 4.0, 4.0)
        self._paint_keys(painter, scene, scene.placed_keys())
        painter.restore()


def paint_playhead(painter: QPainter, x: float, height: int, tokens: Tokens) -> None:
    """Draw the playhead: a line with a head in the ruler."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor(tokens.playhead)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    foot = RULER_HEIGHT - RANGE_BAND
    painter.drawPolygon(
        QPolygonF(
            [QPointF(x - 5, 6), QPointF(x + 5, 6), QPointF(x + 5, foot - 5), QPointF(x, foot), QPointF(x - 5, foot - 5)]
        )
    )
    painter.setPen(QPen(color, 1.0))
    painter.drawLine(QLineF(x, foot, x, height))


def _paint_ruler(painter: QPainter, scene: Scene) -> None:
    tokens = scene.tokens
    painter.fillRect(QRectF(0, 0, scene.width, RULER_HEIGHT), QColor(tokens.panel))
    font = painter.font()
    font.setPixelSize(SMALL_FONT_SIZE_PX)
    painter.setFont(font)
    foot = RULER_HEIGHT - RANGE_BAND
    for tick in scene.axis.ticks(scene.width, scene.rate, LABEL_PX):
        x = scene.axis.x_of(tick.time)
        painter.setPen(QColor(tokens.border if not tick.is_major else tokens.text_disabled))
        painter.drawLine(QLineF(x, foot - (12 if tick.is_major else 4), x, foot))
        if tick.is_major:
            painter.setPen(QColor(tokens.text_dim))
            label = format_timecode(nearest_frame(tick.time, scene.rate), scene.rate)
            painter.drawText(QRectF(x + 4, 0, LABEL_PX, foot), Qt.AlignmentFlag.AlignVCenter, label)
    start = scene.axis.x_of(scene.time_range.start or 0)
    end = scene.axis.x_of(scene.time_range.end if scene.time_range.end is not None else scene.duration)
    band = QRectF(start, foot + 2, end - start, RANGE_BAND - 4)
    is_set = scene.time_range.start is not None or scene.time_range.end is not None
    painter.fillRect(band, QColor(tokens.in_out if is_set else tokens.border))
    if is_set:
        for x in (start, end):
            painter.fillRect(QRectF(x - 2, foot, 4, RANGE_BAND), QColor(tokens.in_out))
    painter.setPen(QColor(tokens.divider))
    painter.drawLine(QLineF(0, RULER_HEIGHT - 0.5, scene.width, RULER_HEIGHT - 0.5))


def _shade_outside(painter: QPainter, scene: Scene) -> None:
    """Darken what lies before the start, after the end, and outside in and out."""
    start = scene.axis.x_of(scene.time_range.start or 0)
    end = scene.axis.x_of(scene.time_range.end if scene.time_range.end is not None else scene.duration)
    shade = _faint(scene.tokens.window, 0.55)
    body = scene.body
    if start > 0:
        painter.fillRect(QRectF(0, body.top(), start, body.height()), shade)
    if end < scene.width:
        painter.fillRect(QRectF(end, body.top(), scene.width - end, body.height()), shade)


def _held_ends(axis: TimeAxis, track: Track, width: float) -> list[QLineF]:
    """Return the lines before the first and after the last keyframe, from edge to edge, in (seconds, value)."""
    first, last = track.keyframes[0], track.keyframes[-1]
    left, right = axis.seconds_at(0), axis.seconds_at(width)
    return [
        QLineF(min(left, track.seconds[0]), first.value, track.seconds[0], first.value),
        QLineF(track.seconds[-1], last.value, max(right, track.seconds[-1]), last.value),
    ]


def _cosmetic(painter: QPainter, color: str, width: float) -> QPen:
    """Return a pen as wide on the screen whatever transform is in force; Qt counts its width in device pixels."""
    pen = QPen(QColor(color), width * painter.device().devicePixelRatio())
    pen.setCosmetic(True)
    return pen


def _faint(color: str, opacity: float) -> QColor:
    made = QColor(color)
    made.setAlphaF(opacity)
    return made
