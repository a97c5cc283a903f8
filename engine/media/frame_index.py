"""Which frame shows at a time: the timestamps of a whole file, in order."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from engine.media.clock import FrameClock


class FrameIndex:
    """Finds frames by time and by timestamp; 16 bytes a frame.

    Args:
        timestamps: of all frames, in presentation order.
        clock: a new clock of the stream.
    """

    def __init__(self, timestamps: Sequence[int], clock: FrameClock) -> None:
        self._timestamps: Final = array("q", timestamps)
        self._times: Final = array("q", map(clock.time_of, timestamps))
        self._time_base: Final = clock.time_base

    def __len__(self) -> int:
        return len(self._times)

    def shown_at(self, time: Fraction) -> int:
        """Return the position of the frame that shows at `time`: the last to start at or before it, or the first."""
        return max(0, bisect_right(self._times, time / self._time_base) - 1)

    def timestamp_of(self, position: int) -> int:
        """Return the container's timestamp of a frame."""
        return self._timestamps[position]

    def time_of(self, position: int) -> Fraction:
        """Return the time of a frame in seconds."""
        return self._times[position] * self._time_base

    def position_of(self, timestamp: int) -> int | None:
        """Return which frame has `timestamp`, or None."""
        position = bisect_left(self._timestamps, timestamp)
        return position if position < len(self) and self._timestamps[position] == timestamp else None
