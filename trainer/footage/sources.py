"""What footage consists of: photos and videos, each with the person whom it shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.media.containers import VIDEO_SUFFIXES as WRITTEN_SUFFIXES
from engine.media.photos import PHOTO_SUFFIXES

VIDEO_SUFFIXES: Final = WRITTEN_SUFFIXES | {
    *(".3gp", ".asf", ".avi", ".divx", ".f4v", ".flv", ".m2ts", ".m4v"),
    *(".mpeg", ".mpg", ".mts", ".mxf", ".ogv", ".ts", ".vob", ".wmv"),
}
"""File name endings of videos, in small letters: those that are written, and others that are read."""
_DIGITS: Final = re.compile(r"\d+")
_NUMBER_WIDTH: Final = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the footage.

    Attributes:
        path: a photo or a video.
        identity: the person.
        sequence: what the file is a moment of: a video is its own, photos belong to their folder's.
        split: "train" or "test" where the footage says so itself, otherwise "".
        cells: columns of an earlier table that are carried over, as `group`, `kind` and labels.
        is_curated: somebody has chosen the pictures, so that nearly equal ones are meant, as another gaze.
    """

    path: Path
    identity: str
    sequence: str
    split: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    is_curated: bool = False

    @property
    def is_video(self) -> bool:
        """Whether the file is a video."""
        return self.path.suffix.lower() in VIDEO_SUFFIXES


def media_files(root: Path, *, without: Path | None = None) -> list[Path]:
    """All photos and videos under a folder, or the file itself, in natural order; hidden ones are left out.

    Args:
        root: a folder or a file.
        without: a folder inside `root` that is not looked into.
    """
    if root.is_file():
        return [root] if _is_media(root) else []
    return sorted(_walk(root, None if without is None else without.resolve()), key=natural_key)


def _walk(folder: Path, without: Path | None) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if path.resolve() != without:
                yield from _walk(path, without)
        elif _is_media(path):
            yield path


def _is_media(path: Path) -> bool:
    return path.suffix.lower() in PHOTO_SUFFIXES | VIDEO_SUFFIXES


def natural_key(path: Path | str) -> str:
    """A text that sorts as a person would: 2 before 10, capitals beside small letters."""
    return _DIGITS.sub(lambda number: number[0].zfill(_NUMBER_WIDTH), str(path).lower())


def of_person(paths: Iterable[Path], identity: str) -> list[Source]:
    """Sources that all show one person."""
    return [Source(path, identity, sequence_of(path)) for path in paths]


def sequence_of(path: Path) -> str:
    """The name of the sequence that a file belongs to."""
    is_video = path.suffix.lower() in VIDEO_SUFFIXES
    return path.name if is_video else path.parent.resolve().name
