"""The project: a medium, whose expression shall be what over time, the model that renders it, and how to export it."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal, TypeAlias

from engine.edit_scope import EVERYWHERE, LARGEST, FaceSelection, RegionStrengths
from engine.errors import ProjectError
from engine.project.exact_time import exact_time
from engine.project.timeline import Timeline

Codec: TypeAlias = Literal["h264", "hevc", "vp9", "av1", "ffv1", "prores"]
"""How a video is compressed; the values of `engine.media.VideoCodec`."""
Compositing: TypeAlias = Literal["detail", "replace"]
"""How the new face enters the frame: by moving its own pixels, or as the network draws it; `compositor.MODES`."""
DEFAULT_QUALITY: Final = 70
_BEST_QUALITY: Final = 100
_MODEL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def check_model_name(name: str) -> None:
    """Raise ProjectError unless `name` can be the name of a model bundle."""
    if _MODEL_NAME.fullmatch(name) is None:
        raise ProjectError(
            f"{name!r} is not the name of a model.", "Use letters, digits, dots, dashes and underscores; not a path."
        )


def check_quality(quality: int) -> None:
    """Raise ProjectError unless `quality` lies within 0..100."""
    if not 0 <= quality <= _BEST_QUALITY:
        raise ProjectError(f"The quality is outside 0..{_BEST_QUALITY}.", f"The default is {DEFAULT_QUALITY}.")


def _absolute(path: Path | None) -> Path | None:
    """Pin a relative path to the current folder once, so that a later change of folder cannot move it."""
    return None if path is None else path.absolute()


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """How to export.

    Attributes:
        path: file to write, absolute; None until the user has chosen one. Its suffix names the container.
        codec: how a video is compressed; None takes the usual way of the container.
        quality: 0..100, how well a video keeps the picture, on one scale for all codecs.
        compositing: how the new face enters the frame.
        keep_audio: whether the source's audio goes into the export.
    """

    path: Path | None = None
    codec: Codec | None = None
    quality: int = DEFAULT_QUALITY
    compositing: Compositing = "detail"
    keep_audio: bool = True

    def __post_init__(self) -> None:
        check_quality(self.quality)
        object.__setattr__(self, "path", _absolute(self.path))


@dataclass(frozen=True, slots=True)
class FaceOptions:
    """Whose faces are edited, and how they are taken.

    Attributes:
        selection: which of the faces.
        neutral_at: when these people are at rest, in seconds from the start of the medium; None has that found out.
        regions: how strongly the edit shows in each region of a face.
    """

    selection: FaceSelection = LARGEST
    neutral_at: Fraction | None = None
    regions: RegionStrengths = EVERYWHERE

    def __post_init__(self) -> None:
        if self.neutral_at is not None:
            object.__setattr__(self, "neutral_at", exact_time(self.neutral_at))


@dataclass(frozen=True, slots=True)
class Project:
    """All that a user has decided about one piece of work. Edits make a new project with `dataclasses.replace`.

    Attributes:
        model: name of the model bundle that renders it.
        media: photo or video it is about, absolute; None before one is chosen. It need not exist: media can be offline.
        timeline: the expression over time.
        output: how to export it.
        faces: whose expression it is.
    """

    model: str
    media: Path | None = None
    timeline: Timeline = field(default_factory=Timeline)
    output: OutputSettings = field(default_factory=OutputSettings)
    faces: FaceOptions = field(default_factory=FaceOptions)

    def __post_init__(self) -> None:
        check_model_name(self.model)
        object.__setattr__(self, "media", _absolute(self.media))
