"""What the mouse points at, beyond keyframes and rows: the ends of the range, and the cursor that says so."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QPointF, Qt

from desktop.timeline.scene import RANGE_BAND, RULER_HEIGHT, Scene

_EDGE_REACH_PX: Final = 6.0


def range_edge_at(scene: Scene, point: QPointF) -> bool | None:
    """Return whether the in (True) or the out point (False) is under the mouse; None where neither is."""
    if not RULER_HEIGHT - RANGE_BAND <= point.y() < RULER_HEIGHT:
        return None
    edges = ((True, scene.time_range.start or Fraction(0)), (False, scene.time_range.end or scene.duration))
    for is_start, time in edges:
        if abs(scene.axis.x_of(time) - point.x()) <= _EDGE_REACH_PX:
            return is_start
    return None


def cursor_at(scene: Scene, point: QPointF) -> Qt.CursorShape:
    """Return the cursor that tells what can be dragged here."""
    if point.y() < RULER_HEIGHT:
        return Qt.CursorShape.ArrowCursor if range_edge_at(scene, point) is None else Qt.CursorShape.SizeHorCursor
    if scene.handle_at(point) is not None:
        return Qt.CursorShape.CrossCursor
    if scene.key_at(point) is not None:
        return Qt.CursorShape.SizeAllCursor if scene.shows_curves else Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.ArrowCursor
