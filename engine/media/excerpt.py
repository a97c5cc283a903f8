"""A part of a source, with the times of the whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, takewhile
from typing import Final

from engine.errors import MediaError
from engine.media.protocols import VideoInfo, VideoSource
from engine.types import Frame


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to, but without, `end`, in seconds from the start of a source; None leaves an end open.

    Raises:
        MediaError: there is nothing between them.
    """

    start: Fraction | None = None
    end: Fraction | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= max(self.start or Fraction(0), Fraction(0)):
            raise MediaError(
                f"The part from {_seconds(self.start)} to {_seconds(self.end)} is empty.",
                "Let it end after it starts.",
            )

    @property
    def is_whole(self) -> bool:
        """Whether both ends are open."""
        return self.start is None and self.end is None


WHOLE: Final = Span()


class Excerpt(VideoSource):
    """The frames of a source that show within a span. Owned by one thread; closing it leaves the source open.

    Frames keep their times and indices in the source, on which timelines count; `rebased` counts from the first one.

    Args:
        source: what it is a part of.
        span: which part; begins with the frame that shows at its start.

    Attributes:
        first: the first frame.

    Raises:
        MediaError: no frame shows within the span.
    """

    def __init__(self, source: VideoSource, span: Span) -> None:
        self._source: Final = source
        self._end: Final = span.end
        first = next(iter(islice(source.frames(max(span.start or Fraction(0), Fraction(0))), 1)), None)
        length = source.info.duration
        if first is None or (span.start is not None and length is not None and span.start >= length):
            lasts = "" if length is None else f"; it lasts {_seconds(length)}"
            raise MediaError(f"The source ends before {_seconds(span.start)}{lasts}.", "Choose an earlier start.")
        self.first: Final = first
        self._info: Final = self._describe(source.info)

    @property
    def info(self) -> VideoInfo:
        """What is known before reading: of the part alone, as if it were all."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Read from the frame that shows `start` seconds after the first one, to the end of the part."""
        frames = self._source.frames(self.first.time + start)
        return frames if self._end is None else takewhile(self._is_within, frames)

    def rebased(self, frame: Frame) -> Frame:
        """Return a frame of this part with the time and index that it has in it."""
        if not self.first.index:
            return frame
        return Frame(frame.pixels, frame.time - self.first.time, frame.index - self.first.index)

    def close(self) -> None:
        """Do nothing: the source belongs to whoever opened it."""

    def _is_within(self, frame: Frame) -> bool:
        return self._end is None or frame.time < self._end

    def _describe(self, whole: VideoInfo) -> VideoInfo:
        begin, index = self.first.time, self.first.index
        is_cut = self._end is not None and (whole.duration is None or self._end < whole.duration)
        if not index and not is_cut:
            return whole
        end = self._end if is_cut else whole.duration
        return replace(
            whole,
            frame_count=None if is_cut or whole.frame_count is None else whole.frame_count - index,
            duration=None if end is None else end - begin,
            start=whole.start + begin,
            is_excerpt=True,
        )


def _seconds(time: Fraction | None) -> str:
    return f"{float(time or 0):.2f} s"
