"""What a pressed mouse does in the timeline until it is released."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from desktop.document.project_document import ProjectDocument
from desktop.document.timeline_edits import copy_keys, key_times, move_keys, paste_keys, set_easing
from desktop.document.view_state import ViewState
from desktop.timeline.scene import Handle, PlacedKey, Scene
from desktop.timeline.snapping import Snapping
from engine.project import cubic_bezier

Modifiers = Qt.KeyboardModifier
_CONTROL_LIMIT = 10.0
_DRAG_PX = 3.0
"""How far the mouse moves before a press becomes a drag."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class Gesture(Protocol):
    """One drag. The scene is the one in force when it began: its axis may scroll under the mouse."""

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Follow the mouse."""

    def finish(self) -> None:
        """Let go."""

    def cancel(self) -> None:
        """Put everything back."""


@dataclass(slots=True)
class Scrub(Gesture):
    """Moves the playhead from frame to frame; with Shift also to keyframes."""

    view: ViewState
    before: Fraction

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Show the frame under the mouse."""
        targets = key_times(scene.timeline) if modifiers & Modifiers.ShiftModifier else []
        snapping = Snapping.to(targets, scene.rate, is_on=True)
        time = snapping.snap(scene.axis.time_at(point.x()), scene.axis)
        last = scene.axis.frame_near(scene.axis.x_of(scene.duration), scene.rate) - 1 / scene.rate
        self.view.set_playhead(min(time, max(last, Fraction(0))))

    def finish(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Go back."""
        self.view.set_playhead(self.before)


@dataclass(slots=True)
class MoveRangeEdge(Gesture):
    """Drags the in or the out point."""

    view: ViewState
    is_start: bool
    snapping: Snapping
    before: tuple[Fraction | None, Fraction | None]

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Put the point under the mouse."""
        time = min(max(self.snapping.snap(scene.axis.time_at(point.x()), scene.axis), Fraction(0)), scene.duration)
        if self.is_start:
            self.view.set_in(time)
        else:
            self.view.set_out(time)

    def finish(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Put both points back."""
        self.view.set_in(self.before[0])
        self.view.set_out(self.before[1])


class BoxSelect(Gesture):
    """Selects what lies in a box; with Ctrl or Shift, in addition. A click without a drag selects nothing."""

    def __init__(self, view: ViewState, start: QPointF, show_box: Callable[[QRectF | None], None]) -> None:
        self._view = view
        self._start = start
        self._show_box = show_box
        self._before = view.selection

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Span the box to the mouse."""
        box = QRectF(self._start, point).normalized()
        self._show_box(box)
        inside = scene.keys_in(box)
        adds = modifiers & (Modifiers.ControlModifier | Modifiers.ShiftModifier)
        self._view.select(self._before | inside if adds else inside)

    def finish(self) -> None:
        """Keep the selection."""
        self._show_box(None)

    def cancel(self) -> None:
        """Select what was selected before."""
        self._show_box(None)
        self._view.select(self._before)


class MoveKeys(Gesture):
    """Drags the selected keyframes in time, and in the curve view in value; with Alt, copies of them.

    Shift keeps to the direction that the mouse has moved further in; Ctrl turns snapping round.
    """

    def __init__(
        self, document: ProjectDocument, view: ViewState, start: QPointF, grabbed: PlacedKey, snapping: Snapping
    ) -> None:
        self._document = document
        self._view = view
        self._start = start
        self._scale_of = grabbed.au
        self._base = document.timeline
        self._keys = view.selection
        self._grabbed = frozenset(grabbed.keys)
        self._snapping = snapping
        self._gesture = document.new_gesture()
        self._began = False

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Put the keyframes where the mouse is."""
        shift = point - self._start
        self._began = self._began or max(abs(shift.x()), abs(shift.y())) >= _DRAG_PX
        if not self._began:
            return
        x, y = shift.x(), shift.y() if scene.shows_curves else 0.0
        if modifiers & Modifiers.ShiftModifier:
            x, y = (x, 0.0) if abs(x) >= abs(y) else (0.0, y)
        by = self._snapped(scene.axis.time_at(x) - scene.axis.time_at(0), modifiers, scene) if x else Fraction(0)
        value_by = self._value_change(y, scene)
        base, keys, text = self._base, self._keys, _tr("Move Keyframes")
        if modifiers & Modifiers.AltModifier and by:
            text = _tr("Copy Keyframes")
            copies = copy_keys(base, keys)
            timeline, moved = paste_keys(base, copies, max(min(time for _, time in keys) + by, Fraction(0)))
        else:
            timeline, moved = move_keys(base, keys, by, value_by)
        self._document.edit_timeline(text, timeline, self._gesture)
        self._view.select(moved)

    def finish(self) -> None:
        """Stay; a click without a drag selects the keyframe alone."""
        if not self._began:
            self._view.select(self._grabbed)

    def cancel(self) -> None:
        """Put the keyframes back."""
        self._document.edit_timeline(_tr("Move Keyframes"), self._base, self._gesture)
        self._view.select(self._keys)

    def _snapped(self, by: Fraction, modifiers: Modifiers, scene: Scene) -> Fraction:
        turned = bool(modifiers & Modifiers.ControlModifier)
        snapping = Snapping(self._snapping.is_on != turned, self._snapping.rate, self._snapping.targets)
        return snapping.snap_move([time for _, time in self._grabbed], by, scene.axis)

    def _value_change(self, pixels: float, scene: Scene) -> float:
        if not pixels:
            return 0.0
        track = self._base.strength if self._scale_of is None else self._base.track(self._scale_of)
        return round(scene.value_scale(track).change_of(pixels), 2)


class MoveHandle(Gesture):
    """Drags a handle of a Bézier easing."""

    def __init__(self, document: ProjectDocument, handle: Handle) -> None:
        self._document = document
        self._handle = handle
        self._base = document.timeline
        self._gesture = document.new_gesture()

    def move(self, point: QPointF, modifiers: Modifiers, scene: Scene) -> None:
        """Bend the curve towards the mouse."""
        au, time = self._handle.key
        track = self._base.strength if au is None else self._base.track(au)
        index = next(index for index, keyframe in enumerate(track.keyframes) if keyframe.time == time)
        start, end = track.keyframes[index : index + 2]
        control = start.easing.control_points
        assert control is not None
        scale = scene.value_scale(track)
        x = (scene.axis.seconds_at(point.x()) - float(start.time)) / float(end.time - start.time)
        x = round(min(max(x, 0.0), 1.0), 3)
        first, second = control[:2], control[2:]
        y = first[1] if self._handle.end == "start" else second[1]
        if end.value != start.value:
            y = scale.change_of(point.y() - scale.y_of(start.value)) / (end.value - start.value)
            y = round(min(max(y, -_CONTROL_LIMIT), _CONTROL_LIMIT), 3)
        easing = cubic_bezier(x, y, *second) if self._handle.end == "start" else cubic_bezier(*first, x, y)
        bent = set_easing(self._base, [self._handle.key], easing)
        self._document.edit_timeline(_tr("Shape Curve"), bent, self._gesture)

    def finish(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Put the curve back."""
        self._document.edit_timeline(_tr("Shape Curve"), self._base, self._gesture)
