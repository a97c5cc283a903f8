"""Numbered pictures in a folder as a source and as a sink of frames."""

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

from engine.errors import MediaError
from engine.media.atomic import AtomicFolder
from engine.media.faults import reading_fault, writing_fault
from engine.media.photos import DEFAULT_QUALITY, PHOTO_SUFFIXES, Photo, encode_photo, read_photo
from engine.media.protocols import VideoInfo, VideoSink, VideoSource
from engine.media.stills import DEFAULT_RATE
from engine.types import Frame

DEFAULT_NAME: Final = "frame_%05d.png"
_FIRST_NUMBER: Final = 1
_PLACEHOLDER: Final = re.compile(r"%(?:0(\d+))?d")
_NUMBERED: Final = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\.\w+)", re.DOTALL)


def is_sequence_pattern(path: Path) -> bool:
    """Return whether the file name stands for many, such as `shot_%05d.png`."""
    return _PLACEHOLDER.search(path.name) is not None


class SequenceSource(VideoSource):
    """Numbered pictures of one size, at a constant rate. Owned by one thread.

    Args:
        path: a folder that holds one numbered series, or a pattern such as `folder/shot_%05d.png`.
        rate: frames a second.

    Raises:
        MediaError: there is no series, there are several, a number is missing, or a picture cannot be read or differs
            in size.
    """

    def __init__(self, path: Path, rate: Fraction = DEFAULT_RATE) -> None:
        if rate <= 0:
            raise ValueError("The rate must be positive.")
        self._paths: Final = _pattern_paths(path) if is_sequence_pattern(path) else _folder_paths(path)
        height, width = read_photo(self._paths[0]).pixels.shape[:2]
        self._info: Final = VideoInfo(
            width=width,
            height=height,
            average_rate=rate,
            time_base=1 / rate,
            frame_count=len(self._paths),
            duration=len(self._paths) / rate,
            path=self._paths[0].parent,
        )

    @property
    def info(self) -> VideoInfo:
        """What is known before reading."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Read from the picture that shows at `start`, in seconds, to the end."""
        rate = self._info.average_rate
        first = min(max(0, math.floor(start * rate)), len(self._paths) - 1)
        for index in range(first, len(self._paths)):
            pixels = read_photo(self._paths[index]).shown()
            height, width = pixels.shape[:2]
            if (width, height) != (self._info.width, self._info.height):
                raise MediaError(
                    f"{self._paths[index]} has {width}×{height} pixels, the first picture "
                    f"{self._info.width}×{self._info.height}.",
                    "Bring all pictures to one size.",
                )
            yield Frame(pixels, index / rate, index)

    def close(self) -> None:
        """Do nothing: no file stays open."""


class SequenceSink(VideoSink):
    """A folder of numbered pictures, which appears when it is whole. Owned by one thread.

    Args:
        path: the folder, or a pattern such as `folder/shot_%05d.png` whose ending chooses the format; a folder alone
            gets `frame_00001.png` and so on.
        quality: 0..100, as for `encode_photo`.
        overwrite: True replaces a folder that holds nothing but an earlier sequence of the same names.
        source: what the frames were made from, which is never written onto.
        ai_tag: True says in the metadata of each picture that a model edited it.

    Raises:
        MediaError: the folder holds files, the one above it is missing, or a picture cannot be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        quality: int = DEFAULT_QUALITY,
        overwrite: bool = False,
        source: Path | None = None,
        ai_tag: bool = False,
    ) -> None:
        pattern = path if is_sequence_pattern(path) else path / DEFAULT_NAME
        if pattern.suffix.lower() not in PHOTO_SUFFIXES:
            raise MediaError(
                f"{pattern.name} does not end like a photo.", f"End it with one of {', '.join(sorted(PHOTO_SUFFIXES))}."
            )
        self._name: Final = pattern.name
        self._quality: Final = quality
        self._ai_tag: Final = ai_tag
        self._count = 0
        self._is_open = True
        names = _name_regex(pattern.name)
        self._folder: Final = AtomicFolder(
            pattern.parent,
            overwrite=overwrite,
            source=source,
            is_replaceable=lambda name: names.fullmatch(name) is not None,
        )

    def write(self, frame: Frame) -> None:
        """Write the next picture."""
        self._require_open()
        name = _PLACEHOLDER.sub(lambda match: f"{self._count + _FIRST_NUMBER:0{match[1] or 1}d}", self._name, count=1)
        data = encode_photo(Photo(frame.pixels), Path(name).suffix, self._quality, ai_tag=self._ai_tag)
        try:
            (self._folder.part / name).write_bytes(data)
        except OSError as error:
            self.abort()
            raise writing_fault(self._folder.target, error) from error
        self._count += 1

    def finish(self) -> None:
        """Make the folder appear under its name."""
        if not self._is_open:
            return
        if self._count == 0:
            self.abort()
            raise MediaError(f"There is no frame to write to {self._folder.target}.", "Choose a source with frames.")
        self._folder.commit()
        self._is_open = False

    def abort(self) -> None:
        """Leave nothing behind; after `finish`, do nothing."""
        if self._is_open:
            self._is_open = False
            self._folder.discard()

    def _require_open(self) -> None:
        if not self._is_open:
            raise ValueError("The sink was finished or aborted before.")


def _name_regex(pattern: str) -> re.Pattern[str]:
    """Return what matches the names that `pattern`, such as "shot_%05d.png", stands for; its group is the number."""
    placeholder = _PLACEHOLDER.search(pattern)
    if placeholder is None:
        raise ValueError(f"{pattern} stands for one name only.")
    before, after = pattern[: placeholder.start()], pattern[placeholder.end() :]
    return re.compile(rf"{re.escape(before)}(\d{{{placeholder[1] or 1},}}){re.escape(after)}")


def _pattern_paths(path: Path) -> Sequence[Path]:
    names = _name_regex(path.name)
    numbered = {int(match[1]): entry for entry in _entries(path.parent) if (match := names.fullmatch(entry.name))}
    if not numbered:
        raise MediaError(f"No file in {path.parent} is named like {path.name}.", "Check the pattern and the folder.")
    return _in_order(numbered)


def _folder_paths(folder: Path) -> Sequence[Path]:
    series: dict[tuple[str, str], dict[int, Path]] = {}
    for entry in _entries(folder):
        match = _NUMBERED.fullmatch(entry.name)
        if match is not None and entry.suffix.lower() in PHOTO_SUFFIXES:
            series.setdefault((match["before"], match["after"]), {})[int(match["number"])] = entry
    if not series:
        raise MediaError(
            f"There are no numbered pictures in {folder}.", "Choose a folder with pictures such as frame_00001.png."
        )
    if len(series) > 1:
        examples = [next(iter(numbered.values())).name for numbered in series.values()]
        raise MediaError(
            f"There are several series of pictures in {folder}: {', '.join(sorted(examples)[:3])}.",
            f"Choose one by its pattern, such as {folder / DEFAULT_NAME}.",
        )
    return _in_order(next(iter(series.values())))


def _entries(folder: Path) -> Sequence[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError as error:
        raise MediaError(f"The folder {folder} does not exist.", "Check the name.") from error
    except OSError as error:
        raise reading_fault(folder, error) from error


def _in_order(numbered: dict[int, Path]) -> Sequence[Path]:
    """Sort pictures by number; MediaError where one is missing."""
    numbers = sorted(numbered)
    for number, following in pairwise(numbers):
        if following != number + 1:
            raise MediaError(
                f"Picture {number + 1} is missing after {numbered[number]}.", "Add it, or number the pictures anew."
            )
    return [numbered[number] for number in numbers]
