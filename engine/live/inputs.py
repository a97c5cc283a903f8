"""What can be shown live: a camera, or a file."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from engine.media import VideoSource, open_source
from engine.media.cameras import CameraSource
from engine.media.stills import DEFAULT_RATE


@dataclass(frozen=True, slots=True)
class CameraInput:
    """A camera, asked for a size and a rate; it may give others.

    Attributes:
        camera: its number from 0, or its name.
        width, height: pixels.
        rate: frames a second.
    """

    camera: int | str = 0
    width: int = 1280
    height: int = 720
    rate: int = 30

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"Camera {self.camera}" if isinstance(self.camera, int) else f"The camera {self.camera}"


@dataclass(frozen=True, slots=True)
class FileInput:
    """A video, a folder of numbered pictures or a photo, shown at its own speed.

    Attributes:
        path: the file or folder.
        loop: whether it starts again at its end.
        still_duration: seconds for which a photo plays, for a timeline over it; None shows it as one frame.
        rate: frames a second of numbered pictures and of a photo that plays.
    """

    path: Path
    loop: bool = False
    still_duration: Fraction | None = None
    rate: Fraction = DEFAULT_RATE

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.path.name


LiveInput: TypeAlias = CameraInput | FileInput
OpenInput: TypeAlias = Callable[[LiveInput], VideoSource]


def input_named(text: str, *, loop: bool = False) -> LiveInput:
    """Return what a word on a command line means: a file or folder, or else a camera's number or name."""
    path = Path(text)
    if path.exists() or path.suffix:
        return FileInput(path, loop=loop)
    return CameraInput(int(text) if text.isdecimal() else text)


def open_input(wanted: LiveInput) -> VideoSource:
    """Open a camera or a file; this may take seconds.

    Raises:
        MediaError: it is missing, used by another program or cannot be read.
    """
    match wanted:
        case CameraInput(camera, width, height, rate):
            return CameraSource(camera, width, height, rate)
        case FileInput(path, _, still_duration, rate):
            return open_source(path, rate=rate, still_duration=still_duration)
