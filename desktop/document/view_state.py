"""How the project is looked at: playhead, selection, active tracks, in and out.

None of it is part of the project or its history.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

KeyRef: TypeAlias = tuple[int | None, Fraction]
"""A keyframe by its track (AU number, or None for the strength) and its time."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From the in point to the out point, seconds; None where that end is open."""

    start: Fraction | None = None
    end: Fraction | None = None


class ViewState(QObject):
    """Owned by the UI thread; setting what already holds emits nothing.

    Attributes:
        playhead_changed: the exact time, in seconds, that panels show.
        selection_changed: the selected keyframes, a frozenset of `KeyRef`.
        active_changed: the active tracks, a frozenset of AU numbers, None being the strength.
        range_changed: the `TimeRange` between in and out.
    """

    playhead_changed = Signal(object)
    selection_changed = Signal(object)
    active_changed = Signal(object)
    range_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playhead = Fraction(0)
        self._selection: frozenset[KeyRef] = frozenset()
        self._active: frozenset[int | None] = frozenset()
        self._range = TimeRange()

    @property
    def playhead(self) -> Fraction:
        """The time that is shown, in seconds from the start of the media."""
        return self._playhead

    def set_playhead(self, time: Fraction) -> None:
        """Show another time, 0 at the earliest."""
        time = max(time, Fraction(0))
        if time != self._playhead:
            self._playhead = time
            self.playhead_changed.emit(time)

    @property
    def selection(self) -> frozenset[KeyRef]:
        """The selected keyframes."""
        return self._selection

    def select(self, keys: frozenset[KeyRef]) -> None:
        """Select these keyframes and no others."""
        if keys != self._selection:
            self._selection = keys
            self.selection_changed.emit(keys)

    @property
    def active(self) -> frozenset[int | None]:
        """The tracks that commands without a selection apply to; the AU panel and the timeline highlight them."""
        return self._active

    def activate(self, tracks: frozenset[int | None]) -> None:
        """Make these tracks active and no others."""
        if tracks != self._active:
            self._active = tracks
            self.active_changed.emit(tracks)

    @property
    def range(self) -> TimeRange:
        """What export and looped playback cover."""
        return self._range

    def set_in(self, time: Fraction | None) -> None:
        """Set the in point; an out point that lies before it goes."""
        end = self._range.end
        self._set(TimeRange(time, None if end is not None and time is not None and end <= time else end))

    def set_out(self, time: Fraction | None) -> None:
        """Set the out point; an in point that lies after it goes."""
        start = self._range.start
        self._set(TimeRange(None if start is not None and time is not None and start >= time else start, time))

    def reset(self) -> None:
        """Look at the start, nothing selected, no range: for another project."""
        self.select(frozenset())
        self.activate(frozenset())
        self._set(TimeRange())
        self.set_playhead(Fraction(0))

    def _set(self, chosen: TimeRange) -> None:
        if chosen != self._range:
            self._range = chosen
            self.range_changed.emit(chosen)
