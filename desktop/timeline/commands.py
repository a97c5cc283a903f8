"""The timeline's commands on keyframes: what its actions, menus and buttons do."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.document.edit_command import NO_GESTURE
from desktop.document.timeline_edits import (
    CopiedKeyframe,
    all_keys,
    copy_keys,
    delete_keys,
    key_times,
    move_keys,
    paste_keys,
    put_key,
    set_easing,
    set_value,
    track_of,
)
from desktop.document.view_state import KeyRef
from desktop.studio import Studio
from desktop.timeline.clipboard import from_mime, to_mime
from engine.action_units import AU_NUMBERS
from engine.project import EASE_IN, EASE_IN_OUT, EASE_OUT, HOLD, LINEAR, Easing, Keyframe, cubic_bezier
from engine.project.exact_time import frame_at, frame_time

_BEZIER: Final = cubic_bezier(0.42, 0.0, 0.58, 1.0)
EASING_ACTIONS: Final = {
    "key.ease_linear": LINEAR,
    "key.ease_in": EASE_IN,
    "key.ease_out": EASE_OUT,
    "key.ease_in_out": EASE_IN_OUT,
    "key.ease_hold": HOLD,
    "key.ease_bezier": _BEZIER,
}
NUDGE_ACTIONS: Final = {
    "key.earlier": (-1, 0.0),
    "key.later": (1, 0.0),
    "key.raise": (0, 0.1),
    "key.lower": (0, -0.1),
}
"""Frames and value by which the selected keyframes move."""
NEEDING_SELECTION: Final = ("edit.cut", "edit.copy", "edit.delete", *EASING_ACTIONS, *NUDGE_ACTIONS)


class KeyframeCommands(QObject):
    """Binds the actions; those that need a selection are enabled with it. Owned by the UI thread."""

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = studio.document
        self._view = studio.view
        self._studio = studio
        self._nudged: tuple[frozenset[KeyRef], int] = (frozenset(), NO_GESTURE)
        actions = studio.actions
        actions.bind("edit.cut", self.cut)
        actions.bind("edit.copy", self.copy)
        actions.bind("edit.paste", self.paste)
        actions.bind("edit.delete", self.delete)
        actions.bind("edit.select_all", self.select_all)
        actions.bind("edit.select_none", lambda: self._view.select(frozenset()))
        actions.bind("edit.copy_expression", self.copy_expression)
        actions.bind("key.add", self.add_keys)
        actions.bind("go.previous_keyframe", lambda: self.go_to_key(-1))
        actions.bind("go.next_keyframe", lambda: self.go_to_key(1))
        actions.bind("range.set_in", self.set_in)
        actions.bind("range.set_out", self.set_out)
        actions.bind("range.clear", self.clear_range)
        for action_id, easing in EASING_ACTIONS.items():
            actions.bind(action_id, lambda easing=easing: self.ease(easing))
        for action_id, (frames, value) in NUDGE_ACTIONS.items():
            actions.bind(action_id, lambda frames=frames, value=value: self.nudge(frames, value))
        self._view.selection_changed.connect(self._enable)
        self._enable(self._view.selection)

    def copy(self) -> None:
        """Put the selected keyframes on the clipboard."""
        self._to_clipboard(copy_keys(self._document.timeline, self._view.selection))

    def cut(self) -> None:
        """Put the selected keyframes on the clipboard, and remove them."""
        self.copy()
        self._document.edit_timeline(
            self.tr("Cut Keyframes"), delete_keys(self._document.timeline, self._view.selection)
        )

    def paste(self) -> None:
        """Insert what is on the clipboard at the playhead, and select it."""
        copies = from_mime(QGuiApplication.clipboard().mimeData())
        if copies:
            timeline, keys = paste_keys(self._document.timeline, copies, self._frame())
            self._document.edit_timeline(self.tr("Paste Keyframes"), timeline)
            self._view.select(keys)
        else:
            self._studio.notice.emit(self.tr("There are no keyframes on the clipboard."))

    def copy_expression(self) -> None:
        """Put the whole expression at the playhead on the clipboard: every animated track, as one keyframe each.

        Where the medium's own expression is measured, the tracks that follow it are copied too.
        """
        playhead = self._view.playhead
        curves = self._studio.measured.curves
        source = None if curves is None else curves.sample(playhead)
        copies = []
        for au in (None, *AU_NUMBERS):
            value = track_of(self._document.timeline, au).evaluate(playhead)
            if value is None and source is not None and au is not None:
                value = round(source[au], 2)
            if value is not None:
                copies.append(CopiedKeyframe(au, Fraction(0), value))
        if copies:
            self._to_clipboard(copies)
            self._studio.notice.emit(self.tr("The expression at the playhead is on the clipboard."))
        else:
            self._studio.notice.emit(self.tr("No track has a keyframe yet, so there is no expression to copy."))

    def delete(self) -> None:
        """Remove the selected keyframes."""
        self._document.edit_timeline(
            self.tr("Delete Keyframes"), delete_keys(self._document.timeline, self._view.selection)
        )

    def select_all(self) -> None:
        """Select every keyframe."""
        self._view.select(all_keys(self._document.timeline))

    def ease(self, easing: Easing) -> None:
        """Choose the easing of the selected keyframes."""
        self._document.edit_timeline(
            self.tr("Change Easing"), set_easing(self._document.timeline, self._view.selection, easing)
        )

    def nudge(self, frames: int, value: float) -> None:
        """Move the selected keyframes by frames and in value; while a key is held, all of it is one step."""
        selected, gesture = self._nudged
        if selected != self._view.selection:
            gesture = self._document.new_gesture()
        by = frames / self._studio.media.rate
        timeline, keys = move_keys(self._document.timeline, self._view.selection, by, value)
        self._document.edit_timeline(self.tr("Move Keyframes"), timeline, gesture)
        self._view.select(keys)
        self._nudged = (keys, gesture)

    def add_keys(self) -> None:
        """Add keyframes at the playhead to the active tracks, or to all that are animated."""
        timeline = self._document.timeline
        aus = self._view.active or {track.au for track in (*timeline.tracks, timeline.strength) if track.keyframes}
        if aus:
            self.add_keys_to(aus, self._frame())
        else:
            self._studio.notice.emit(self.tr("Choose a track first: click its name."))

    def add_keys_to(self, aus: Iterable[int | None], time: Fraction) -> None:
        """Add keyframes that keep what is shown at `time`: by the track, or where it is empty by the face itself."""
        timeline = self._document.timeline
        keys: list[KeyRef] = []
        for au in aus:
            if track_of(timeline, au).at(time) is None:
                timeline = set_value(timeline, au, self._shown(au, time), time, animate=True)
            keys.append((au, time))
        self._document.edit_timeline(self.tr("Add Keyframe"), timeline)
        self._view.select(frozenset(keys))

    def toggle_key(self, au: int | None) -> None:
        """Add a keyframe at the playhead, or remove the one that is there."""
        time = self._frame()
        at = next((moment for moment in (self._view.playhead, time) if self._has_key(au, moment)), None)
        if at is None:
            self.add_keys_to([au], time)
        else:
            self._document.edit_timeline(self.tr("Delete Keyframe"), delete_keys(self._document.timeline, [(au, at)]))

    def set_key_value(self, keys: Iterable[KeyRef], value: float, gesture: int) -> None:
        """Give keyframes another value."""
        timeline = self._document.timeline
        for au, time in keys:
            keyframe = track_of(timeline, au).at(time)
            if keyframe is not None:
                timeline = put_key(timeline, au, Keyframe(time, value, keyframe.easing))
        self._document.edit_timeline(self.tr("Change Value"), timeline, gesture)

    def go_to_key(self, direction: int) -> None:
        """Put the playhead on the next (1) or previous (-1) keyframe of the active tracks, or of any, and select it."""
        times = key_times(self._document.timeline, self._view.active or None)
        playhead = self._view.playhead
        index = bisect_right(times, playhead) if direction > 0 else bisect_left(times, playhead) - 1
        if 0 <= index < len(times):
            time = times[index]
            self._studio.transport.pause()
            self._view.set_playhead(time)
            tracks = self._view.active or (None, *AU_NUMBERS)
            self._view.select(frozenset((au, time) for au in tracks if self._has_key(au, time)))

    def set_in(self) -> None:
        """Begin the range at the playhead."""
        self._view.set_in(self._view.playhead)

    def set_out(self) -> None:
        """End the range after the frame at the playhead."""
        self._view.set_out(min(self._frame() + 1 / self._studio.media.rate, self._studio.media.duration))

    def clear_range(self) -> None:
        """Open both ends of the range."""
        self._view.set_in(None)
        self._view.set_out(None)

    def _has_key(self, au: int | None, time: Fraction) -> bool:
        return track_of(self._document.timeline, au).at(time) is not None

    def _shown(self, au: int | None, time: Fraction) -> float:
        value = track_of(self._document.timeline, au).evaluate(time)
        if value is not None:
            return value
        curves = self._studio.measured.curves
        return 1.0 if au is None else 0.0 if curves is None else round(curves.sample(time)[au], 2)

    def _frame(self) -> Fraction:
        """The start of the frame that shows at the playhead."""
        rate = self._studio.media.rate
        return frame_time(frame_at(self._view.playhead, rate), rate)

    def _to_clipboard(self, copies: Iterable[CopiedKeyframe]) -> None:
        QGuiApplication.clipboard().setMimeData(to_mime(tuple(copies)))

    def _enable(self, selection: frozenset[KeyRef]) -> None:
        for action_id in NEEDING_SELECTION:
            self._studio.actions.action(action_id).setEnabled(bool(selection))
