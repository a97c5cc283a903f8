"""Curves as Qt paths in the coordinates (seconds, value), which a transform then puts on the screen.

An eased segment is a cubic Bézier curve in these coordinates too: the path is exact and needs no sampling.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from desktop.timeline.axis import TimeAxis
from engine.project import HOLD, Track

if TYPE_CHECKING:
    from engine.curves import AUCurves
    from engine.media.waveform import Waveform


def track_path(track: Track) -> QPainterPath:
    """Return the curve of a track from its first keyframe to its last."""
    path = QPainterPath()
    if not track.keyframes:
        return path
    path.moveTo(track.seconds[0], track.keyframes[0].value)
    for (begin_s, start), (end_s, end) in pairwise(zip(track.seconds, track.keyframes, strict=True)):
        span, change = end_s - begin_s, end.value - start.value
        control = start.easing.control_points
        if start.easing == HOLD:
            path.lineTo(end_s, start.value)
            path.lineTo(end_s, end.value)
        elif control is None:
            path.lineTo(end_s, end.value)
        else:
            x1, y1, x2, y2 = control
            path.cubicTo(
                QPointF(begin_s + x1 * span, start.value + y1 * change),
                QPointF(begin_s + x2 * span, start.value + y2 * change),
                QPointF(end_s, end.value),
            )
    return path


def measured_polygon(curves: "AUCurves", au: int) -> QPolygonF:
    """Return the measured curve of an AU."""
    seconds = [time.numerator / time.denominator for time in curves.times]
    values = curves.of(au).tolist()
    return QPolygonF([QPointF(second, value) for second, value in zip(seconds, values, strict=True)])


def waveform_polygon(waveform: "Waveform") -> QPolygonF:
    """Return the outline of the sound, between -1 and 1."""
    start = float(waveform.start)
    peaks = waveform.peaks.tolist()
    upper = [QPointF(start + index / waveform.rate, peak) for index, peak in enumerate(peaks)]
    lower = [QPointF(point.x(), -point.y()) for point in reversed(upper)]
    return QPolygonF([*upper, *lower])


def to_screen(axis: TimeAxis, low: float, high: float, top: float, height: float) -> QTransform:
    """Return the transform that puts the values `low`..`high` between `top` + `height` and `top`."""
    per_unit = -height / (high - low)
    return QTransform(axis.scale, 0, 0, per_unit, -axis.origin * axis.scale, top + height - low * per_unit)
