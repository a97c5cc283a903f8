"""Pieces of work for the processes that look at footage: bundles of photos, and parts of videos."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

from engine.errors import MediaError
from engine.media import open_source
from trainer.footage.sources import Source

_PHOTOS: Final = 32
"""A second or two of work, so that the progress is seen and little is lost by an abrupt end."""
_MIN_PART_S: Final = 5
_MAX_PART_S: Final = 120
_PARTS_A_PROCESS: Final = 2


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source and the SHA-256 of its content."""

    source: Source
    digest: str


@dataclass(frozen=True, slots=True)
class PhotoWork:
    """Photos to look at."""

    photos: tuple[NumberedSource, ...]

    @property
    def name(self) -> str:
        """Tells this work from all other."""
        return self.photos[0].digest

    @property
    def pictures(self) -> int:
        """How many there are."""
        return len(self.photos)


@dataclass(frozen=True, slots=True)
class VideoWork:
    """The frames of a video from `start` to before `end`, in seconds.

    Attributes:
        video: the file.
        every: each frame whose number is a multiple of it is taken.
        start, end: in seconds; no end reads to the last frame.
        lead: seconds before `start` from which it is read, to see a cut at the start.
        pictures: how many are expected.
        fault: why the video cannot be read, or "".
    """

    video: NumberedSource
    every: int
    start: Fraction = Fraction(0)
    end: Fraction | None = None
    lead: Fraction = Fraction(0)
    pictures: int = 1
    fault: str = ""

    @property
    def name(self) -> str:
        """Tells this work from all other."""
        return f"{self.video.digest} every {self.every} {self.start}-{'' if self.end is None else self.end}"


Work: TypeAlias = PhotoWork | VideoWork


def photo_works(photos: Sequence[NumberedSource]) -> list[PhotoWork]:
    """Bundle photos."""
    return [PhotoWork(tuple(photos[first : first + _PHOTOS])) for first in range(0, len(photos), _PHOTOS)]


def video_works(video: NumberedSource, every: int, processes: int) -> list[VideoWork]:
    """Divide a video so that all processes have a part of it, and no part takes long."""
    try:
        with open_source(video.source.path) as opened:
            info = opened.info
    except MediaError as error:
        return [VideoWork(video, every, fault=error.message)]
    frames, duration, lead = info.expected_frame_count, info.duration, 2 / info.average_rate
    if frames is None or duration is None:
        return [VideoWork(video, every)]
    length = min(max(duration / (_PARTS_A_PROCESS * processes), Fraction(_MIN_PART_S)), Fraction(_MAX_PART_S))
    parts = max(1, int(duration / length))
    edges = [Fraction(round(duration * 1000 * part / parts), 1000) for part in range(parts)]
    pictures = max(1, frames // every // parts)
    return [
        VideoWork(video, every, start, end, lead if start else Fraction(0), pictures)
        for start, end in zip(edges, [*edges[1:], None], strict=True)
    ]


def file_name(identity: str, source: Path, frame: int, digest: str, suffix: str) -> str:
    """The name of a picture in the dataset: readable, plain, and different for different content."""
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in _joined(identity, source.stem))
    number = f"_{frame:06d}" if frame >= 0 else ""
    return f"{plain[:80]}{number}_{digest[:8]}{suffix}"


def _joined(identity: str, stem: str) -> str:
    return stem if stem.startswith(identity) else f"{identity}_{stem}"
