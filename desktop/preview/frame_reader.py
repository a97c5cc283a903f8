"""Frames of a medium at any time, quick where times rise. Owned by the rendering thread."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

from engine.media import VideoSource, open_source
from engine.types import Frame

_AHEAD: Final = 12
"""Frames that are decoded rather than sought for."""


class FrameReader:
    """Keeps one medium open, and the frame that was last asked for.

    Args:
        path: photo or video.
        rate: frames a second of a photo.

    Raises:
        MediaError: it cannot be read.
    """

    def __init__(self, path: Path, rate: Fraction) -> None:
        self.path: Final = path
        self._source: Final[VideoSource] = open_source(path, rate=rate)
        self._frames: Iterator[Frame] = iter(())
        self._shown: Frame | None = None
        self._next: Frame | None = None

    @property
    def is_still(self) -> bool:
        """Whether it is a photo."""
        return self._source.info.is_still

    def at(self, time: Fraction) -> Frame:
        """Return the frame that shows at `time` seconds, the last one beyond the end.

        Raises:
            MediaError: there is none, or it is damaged.
        """
        if self._source.info.is_still:
            if self._shown is None:
                self._shown = next(iter(self._source.frames()))
            return self._shown
        if self._shown is None or not self._shown.time <= time:
            self._seek(time)
        for _ in range(_AHEAD):
            if self._next is None or time < self._next.time:
                break
            self._step()
        else:
            self._seek(time)
        assert self._shown is not None
        return self._shown

    def close(self) -> None:
        """Close the medium."""
        self._frames = iter(())
        self._source.close()

    def _seek(self, time: Fraction) -> None:
        self._frames = iter(self._source.frames(time))
        first = next(self._frames, None)
        if first is None:  # beyond the end: the last frame is a little before
            duration = self._source.info.duration or time
            self._frames = iter(self._source.frames(max(Fraction(0), duration - 1)))
            first = next(self._frames)
            for later in self._frames:
                first = later
        self._shown, self._next = first, next(self._frames, None)

    def _step(self) -> None:
        self._shown, self._next = self._next, next(self._frames, None)
