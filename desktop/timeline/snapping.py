"""Snapping: a dragged moment is drawn to frames, keyframes, the playhead and the in and out points."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.timeline.axis import TimeAxis
from engine.project.exact_time import frame_time, nearest_frame

_REACH_PX: Final = 8.0


@dataclass(frozen=True, slots=True)
class Snapping:
    """Where dragged moments go.

    Attributes:
        is_on: whether they are drawn to anything.
        rate: frames a second; a moment that nothing else draws goes to the nearest frame.
        targets: moments that draw stronger than frames, ascending.
    """

    is_on: bool
    rate: Fraction
    targets: tuple[Fraction, ...]

    @classmethod
    def to(cls, targets: Iterable[Fraction | None], rate: Fraction, *, is_on: bool) -> "Snapping":
        """Return the snapping to any of `targets` that are set."""
        return cls(is_on, rate, tuple(sorted({target for target in targets if target is not None})))

    def snap(self, time: Fraction, axis: TimeAxis) -> Fraction:
        """Return where `time` goes: to a target within 8 pixels, else to a frame; as it is when off."""
        if not self.is_on:
            return time
        index = bisect_left(self.targets, time)
        near = self.targets[max(0, index - 1) : index + 1]
        best = min(near, key=lambda target: abs(target - time), default=None)
        if best is not None and abs(float(best - time)) * axis.scale <= _REACH_PX:
            return best
        return frame_time(nearest_frame(time, self.rate), self.rate)

    def snap_move(self, anchors: Iterable[Fraction], by: Fraction, axis: TimeAxis) -> Fraction:
        """Return by how much a group moves that was dragged `by`: so that the anchor nearest to a target meets it."""
        moves = [self.snap(anchor + by, axis) - anchor for anchor in anchors]
        return min(moves, key=lambda move: abs(move - by), default=by)
