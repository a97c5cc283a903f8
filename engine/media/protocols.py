"""What every source and sink of frames offers, whatever stands behind it: a file, a folder of pictures, a photo."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from engine.media.colour_tags import BT709, ColourTags
from engine.types import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoInfo:
    """What is known of a source before its frames are read. A sink made from it matches the source.

    Attributes:
        width, height: of the upright frames, in pixels.
        average_rate: frames a second; exact (30000/1001) where the rate is constant.
        time_base: seconds; every frame's time is a whole number of it.
        frame_count: as the file states it, None where it does not.
        duration: of the video in seconds, None where it is not known.
        has_audio: whether there is sound to carry over.
        is_still: every frame shows the same picture.
        pixel_aspect: width of a pixel over its height.
        colour: what the source's colour tags say.
        codec, pixel_format: as FFmpeg names them; empty for pictures.
        path: the file or folder, None for frames made in memory.
        start: time of the first frame on the file's own clock, which its audio shares.
        is_excerpt: it is a part of the file, so that sound before its first frame or after its last one is left out.
    """

    width: int
    height: int
    average_rate: Fraction
    time_base: Fraction
    frame_count: int | None = None
    duration: Fraction | None = None
    has_audio: bool = False
    is_still: bool = False
    pixel_aspect: Fraction = Fraction(1)
    colour: ColourTags = field(default=BT709)
    codec: str = ""
    pixel_format: str = ""
    path: Path | None = None
    start: Fraction = Fraction(0)
    is_excerpt: bool = False

    @property
    def expected_frame_count(self) -> int | None:
        """The frame count, estimated from the duration where the file does not state it; for progress bars."""
        if self.frame_count is not None or self.duration is None:
            return self.frame_count
        return round(self.duration * self.average_rate)


class VideoSource(Protocol):
    """Frames in order, each with its exact time. Owned by one thread; `close` it, or use it in a `with` block."""

    @property
    def info(self) -> VideoInfo:
        """What is known before reading."""

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Read from the frame that shows at `start`, in seconds, to the end.

        Times rise strictly, the first frame's is 0; indices count from the beginning, wherever reading starts.
        """

    def close(self) -> None:
        """Release the file."""

    def __iter__(self) -> Iterator[Frame]:
        """Read all frames; every iteration starts from the beginning."""
        return self.frames()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class VideoSink(Protocol):
    """Takes frames in order. Owned by one thread; a `with` block finishes it, or aborts it after an exception."""

    def write(self, frame: Frame) -> None:
        """Add a frame; its time is later than that of the frame before."""

    def finish(self) -> None:
        """Make the whole output appear under its name; after `finish` or `abort`, do nothing."""

    def abort(self) -> None:
        """Leave nothing behind; after `finish` or `abort`, do nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.abort()
