"""Play, pause, shuttle and step: what moves the playhead."""

import math
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.document.project_media import ProjectMedia
from desktop.document.view_state import ViewState
from engine.project.exact_time import frame_at, frame_time

_FASTEST: Final = 8
_TICK_MS: Final = 8
"""Twice as often as a 60 Hz screen shows; the playhead itself moves a frame at a time."""


class Transport(QObject):
    """Moves the playhead along the wall clock, on the frames of the medium. Owned by the UI thread.

    Frames that cannot be rendered in time are skipped by whoever renders, so that the clock stays true. Playback runs
    between the in and the out point, or over the whole length.

    Args:
        view: whose playhead moves.
        media: length and frame rate.
        clock: seconds that only grow.

    Attributes:
        speed_changed: the new speed: 0 paused, 1 forwards, negative backwards.
        loop_changed: whether playback starts again at its end.
    """

    speed_changed = Signal(int)
    loop_changed = Signal(bool)

    def __init__(
        self,
        view: ViewState,
        media: ProjectMedia,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._media = media
        self._clock = clock
        self._speed = 0
        self._loops = False
        self._origin: tuple[float, Fraction] = (0.0, Fraction(0))
        self._shown: Fraction | None = None
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)
        view.playhead_changed.connect(self._note_playhead)
        media.info_changed.connect(self.pause)

    @property
    def speed(self) -> int:
        """Times the real speed; 0 while paused, negative backwards."""
        return self._speed

    @property
    def is_playing(self) -> bool:
        """Whether the playhead moves by itself."""
        return self._speed != 0

    @property
    def loops(self) -> bool:
        """Whether playback starts again at its end."""
        return self._loops

    @property
    def first(self) -> Fraction:
        """Where playback begins: the in point or the start."""
        return self._view.range.start or Fraction(0)

    @property
    def last(self) -> Fraction:
        """Time of the last frame that plays: before the out point, or the last of all."""
        rate = self._media.rate
        end = self._view.range.end
        length = self._media.duration if end is None else min(end, self._media.duration)
        return frame_time(max(0, math.ceil(length * rate) - 1), rate)

    @property
    def end(self) -> Fraction:
        """When the last frame that plays has been shown."""
        return self.last + 1 / self._media.rate

    @property
    def position(self) -> Fraction:
        """Where the clock says that playback is, between two frames as well; the playhead while paused."""
        if not self.is_playing:
            return self._view.playhead
        began, start = self._origin
        return start + Fraction(self._speed * (self._clock() - began))

    def set_loops(self, loops: bool) -> None:
        """Choose whether playback starts again at its end."""
        if loops != self._loops:
            self._loops = loops
            self.loop_changed.emit(loops)

    def toggle(self) -> None:
        """Play forwards, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play(1)

    def shuttle(self, direction: int) -> None:
        """Play towards `direction`, 1 or -1; asked again while it does, twice as fast (the keys J and L)."""
        same = self._speed * direction > 0
        self.play(direction * min(abs(self._speed) * 2, _FASTEST) if same else direction)

    def play(self, speed: int) -> None:
        """Play at `speed`; from the start where the playhead is at the end, and the other way round."""
        playhead = self._view.playhead
        if speed > 0 and not self.first <= playhead < self.last:
            playhead = self.first
        elif speed < 0 and not self.first < playhead <= self.last:
            playhead = self.last
        self._move_to(playhead)
        self._origin = (self._clock(), playhead)
        self._set_speed(speed)

    def pause(self) -> None:
        """Leave the playhead where it is."""
        self._set_speed(0)

    def advance(self) -> None:
        """Put the playhead where the clock says it is."""
        moved = self.position
        if self.first <= moved < self.end:
            self._move_to(self._on_frame(moved))
        elif self._loops:
            restart = self.first if self._speed > 0 else self.last
            self._origin = (self._clock(), restart)
            self._move_to(restart)
        else:
            self._move_to(self.last if self._speed > 0 else self.first)
            self.pause()

    def step(self, frames: int) -> None:
        """Pause, and move by a number of frames."""
        self.pause()
        rate = self._media.rate
        self._view.set_playhead(self._within(frame_time(frame_at(self._view.playhead, rate) + frames, rate)))

    def step_seconds(self, seconds: int) -> None:
        """Pause, and move by seconds."""
        self.pause()
        self._view.set_playhead(self._within(self._on_frame(self._view.playhead + seconds)))

    def go_to(self, time: Fraction) -> None:
        """Pause at `time`, or at the end that is nearer to it."""
        self.pause()
        self._view.set_playhead(self._within(time))

    def go_to_start(self) -> None:
        """Pause at the first frame."""
        self.go_to(Fraction(0))

    def go_to_end(self) -> None:
        """Pause at the last frame."""
        self.go_to(self._media.duration)

    def _within(self, moment: Fraction) -> Fraction:
        rate = self._media.rate
        end = frame_time(max(0, math.ceil(self._media.duration * rate) - 1), rate)
        return min(max(moment, Fraction(0)), end)

    def _on_frame(self, moment: Fraction) -> Fraction:
        return frame_time(frame_at(moment, self._media.rate), self._media.rate)

    def _move_to(self, moment: Fraction) -> None:
        self._shown = moment
        self._view.set_playhead(moment)

    def _note_playhead(self, moment: Fraction) -> None:
        """Go on from where somebody else has put the playhead."""
        if self.is_playing and moment != self._shown:
            self._origin = (self._clock(), moment)

    def _set_speed(self, speed: int) -> None:
        if speed:
            self._timer.start()
        else:
            self._timer.stop()
        if speed != self._speed:
            self._speed = speed
            self.speed_changed.emit(speed)
