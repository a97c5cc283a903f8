"""What the person has chosen for the live page, as immutable values, and how it is kept between sessions."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from engine.edit_scope import LARGEST, FaceSelection

if TYPE_CHECKING:
    from engine.live import LiveInput

LARGEST_AMOUNT: Final = 3.0
LONGEST_EASE_S: Final = 3.0
MOST_SMOOTHING: Final = 3.0


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """What a camera is asked for: pixels, and frames a second."""

    width: int = 1280
    height: int = 720
    rate: int = 30

    @property
    def key(self) -> str:
        """As preferences store it."""
        return f"{self.width}x{self.height}@{self.rate}"


CAMERA_FORMATS: Final = (
    CameraFormat(640, 480, 30),
    CameraFormat(1280, 720, 30),
    CameraFormat(1280, 720, 60),
    CameraFormat(1920, 1080, 30),
)
USUAL_FORMAT: Final = CameraFormat()


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera of this machine: its number, and its name for people."""

    index: int
    name: str

    def as_input(self, form: CameraFormat, *, loop: bool) -> "LiveInput":
        """Return what the engine opens; on the session's thread, which may wait for its libraries."""
        from engine.live import CameraInput

        return CameraInput(self.index, form.width, form.height, form.rate)


@dataclass(frozen=True, slots=True)
class Clip:
    """A video, numbered pictures or a photo, shown as if it were a camera."""

    path: Path

    @property
    def name(self) -> str:
        """Its name for people."""
        return self.path.name

    @property
    def is_photo(self) -> bool:
        """Whether its name says that it is one picture."""
        return (mimetypes.guess_type(self.path)[0] or "").startswith("image/")

    def as_input(self, form: CameraFormat, *, loop: bool) -> "LiveInput":
        """Return what the engine opens; on the session's thread."""
        from engine.live import FileInput

        return FileInput(self.path, loop=loop and not self.is_photo)


Source: TypeAlias = Camera | Clip


class DriverKind(StrEnum):
    """Whose face moves the face that is shown."""

    NONE = "none"
    """It moves by itself, and the sliders change it."""
    SAME = "same"
    """Its own, more or less than it does."""
    OTHER = "other"
    """That of another camera or file."""


@dataclass(frozen=True, slots=True)
class LiveChoices:
    """All that is chosen besides the expression itself.

    Attributes:
        source: what is shown, None before one is chosen.
        form: what cameras are asked for.
        loop: whether files start again at their end.
        driver: whose face moves it.
        driver_source: the other camera or file.
        amount: how much the driver's movement counts, 1 as it is.
        takes_place: whether another driver's expression takes the place of the face's own; it is added otherwise.
        adds: whether sliders and presets are added to what the face does; they are set otherwise.
        ease_s: seconds in which a preset is reached.
        smoothing: of what is read, 0 not at all, 1 as usual.
        faces: whose expression is changed.
        recording: the file to record to, None for one named by its time.
    """

    source: Source | None = None
    form: CameraFormat = USUAL_FORMAT
    loop: bool = True
    driver: DriverKind = DriverKind.NONE
    driver_source: Source | None = None
    amount: float = 1.0
    takes_place: bool = False
    adds: bool = False
    ease_s: float = 0.4
    smoothing: float = 1.0
    faces: FaceSelection = LARGEST
    recording: Path | None = None

    @property
    def other_driver(self) -> Source | None:
        """The second camera or file, where one drives."""
        return self.driver_source if self.driver is DriverKind.OTHER else None

    def stored(self) -> dict[str, str]:
        """Return it as text by key, for the preferences; faces and a recording belong to one session."""
        values = {
            "source": _stored_source(self.source),
            "format": self.form.key,
            "loop": _ON if self.loop else "",
            "driver": self.driver.value,
            "driver_source": _stored_source(self.driver_source),
            "amount": f"{self.amount:g}",
            "takes_place": _ON if self.takes_place else "",
            "adds": _ON if self.adds else "",
            "ease_s": f"{self.ease_s:g}",
            "smoothing": f"{self.smoothing:g}",
        }
        return {key: value for key, value in values.items() if value}

    @classmethod
    def restored(cls, stored: Mapping[str, str]) -> "LiveChoices":
        """Return what was stored; what cannot be understood is as at first."""
        if not stored:
            return cls()
        at_first = cls()
        forms = {form.key: form for form in CAMERA_FORMATS}
        choices = replace(
            at_first,
            source=_restored_source(stored.get("source", "")),
            form=forms.get(stored.get("format", ""), USUAL_FORMAT),
            loop="loop" in stored,
            driver_source=_restored_source(stored.get("driver_source", "")),
            amount=_number(stored.get("amount"), at_first.amount, LARGEST_AMOUNT),
            takes_place="takes_place" in stored,
            adds="adds" in stored,
            ease_s=_number(stored.get("ease_s"), at_first.ease_s, LONGEST_EASE_S),
            smoothing=_number(stored.get("smoothing"), at_first.smoothing, MOST_SMOOTHING),
        )
        kind = stored.get("driver", "")
        if kind not in set(DriverKind) or (kind == DriverKind.OTHER and choices.driver_source is None):
            return choices
        return replace(choices, driver=DriverKind(kind))


_ON: Final = "on"
_CAMERA: Final = "camera"
_FILE: Final = "file"


def _stored_source(source: Source | None) -> str:
    match source:
        case Camera(index, name):
            return f"{_CAMERA}:{index}:{name}"
        case Clip(path):
            return f"{_FILE}:{path}"
    return ""


def _restored_source(text: str) -> Source | None:
    kind, _, rest = text.partition(":")
    if kind == _FILE and rest:
        return Clip(Path(rest))
    index, _, name = rest.partition(":")
    return Camera(int(index), name) if kind == _CAMERA and index.isdecimal() else None


def _number(text: str | None, at_first: float, most: float) -> float:
    try:
        value = at_first if text is None else float(text)
    except ValueError:
        return at_first
    return value if 0.0 <= value <= most else at_first
