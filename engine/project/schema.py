"""The shape of a project file, as pydantic models: each field knows its type, its range and its default."""

import contextlib
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Annotated, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from engine.action_units import AU_NUMBERS, MAX_INTENSITY
from engine.edit_scope import EVERYWHERE, LARGEST, FaceSelection, check_region_strength
from engine.errors import ProjectError
from engine.project.document import Codec, Compositing, OutputSettings, check_model_name, check_quality
from engine.project.easing import LINEAR, Easing, parse_easing
from engine.project.exact_time import parse_time
from engine.project.portable_path import check_portable
from engine.project.stored_selection import parse_selection
from engine.project.track import IntensityRangeError, check_intensity, check_strength

AU_KEYS: Final = {f"AU{number:02d}": number for number in AU_NUMBERS}
"""Names of the AU tracks in a file, with two digits so that sorting by name keeps the order of AUs."""
CLIP_INTENSITIES: Final = "clip_intensities"
"""Key of the validation context: true clips intensities to 0..5 that would be errors."""
_OUTPUT_DEFAULTS: Final = OutputSettings()
T = TypeVar("T")


def _fault(error: ProjectError, *at: str | int) -> PydanticCustomError:
    """Turn a ProjectError into one that pydantic collects with its place; `at` leads on from that place."""
    kind = "intensity_range" if isinstance(error, IntensityRangeError) else "project"
    return PydanticCustomError(kind, "{message}", {"message": error.message, "remedy": error.remedy, "at": at})


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except ProjectError as error:
        raise _fault(error) from error


def _rule(check: Callable[[T], None]) -> AfterValidator:
    def validate(value: T) -> T:
        with _faults():
            check(value)
        return value

    return AfterValidator(validate)


def _intensity(value: float, info: ValidationInfo) -> float:
    if info.context and info.context[CLIP_INTENSITIES]:
        return min(max(value, 0.0), MAX_INTENSITY)
    with _faults():
        check_intensity(value)
    return value


def _time(stored: object) -> Fraction:
    with _faults():
        if not isinstance(stored, str):
            raise ProjectError("A time is a text and not a number.", 'Write seconds as a fraction, for instance "3/2".')
        return parse_time(stored)


def _easing(stored: object) -> Easing:
    with _faults():
        return parse_easing(stored)


def _selection(stored: object) -> FaceSelection:
    with _faults():
        return parse_selection(stored)


Number = Annotated[float, Field(allow_inf_nan=False)]
RegionStrength = Annotated[Number, _rule(check_region_strength)]
StoredTime = Annotated[Fraction, PlainValidator(_time)]
StoredEasing = Annotated[Easing, PlainValidator(_easing)]
StoredSelection = Annotated[FaceSelection, PlainValidator(_selection)]
StoredPath = Annotated[str, _rule(check_portable)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_fields(cls, stored: object) -> object:
        if isinstance(stored, dict):
            for name in stored:
                if name not in cls.model_fields:
                    near = next(iter(difflib.get_close_matches(name, cls.model_fields, n=1)), None)
                    raise _unknown("field", name, near, cls.model_fields)
        return stored


def _unknown(kind: str, name: str, near: str | None, known: Iterable[str]) -> PydanticCustomError:
    hint = f'Did you mean "{near}"? ' if near else ""
    return _fault(ProjectError(f"There is no such {kind}.", f"{hint}Known: {', '.join(known)}."), name)


class _Keyframe(_Strict):
    time: StoredTime
    easing: StoredEasing = LINEAR


class IntensityKeyframe(_Keyframe):
    """A keyframe of an AU track."""

    value: Annotated[Number, AfterValidator(_intensity)]


class StrengthKeyframe(_Keyframe):
    """A keyframe of the strength track."""

    value: Annotated[Number, _rule(check_strength)]


AnyKeyframe = TypeVar("AnyKeyframe", bound=_Keyframe)


def _unique_times(keyframes: list[AnyKeyframe]) -> list[AnyKeyframe]:
    first: dict[Fraction, int] = {}
    for index, keyframe in enumerate(keyframes):
        earlier = first.setdefault(keyframe.time, index)
        if earlier != index:
            repeated = ProjectError(
                f"It repeats the time of keyframes[{earlier}].", "Remove one of the two or move it."
            )
            raise _fault(repeated, index, "time")
    return keyframes


class AUTrack(_Strict):
    """The track of one AU."""

    keyframes: Annotated[list[IntensityKeyframe], AfterValidator(_unique_times)] = []


class StrengthTrack(_Strict):
    """The track of the strength."""

    keyframes: Annotated[list[StrengthKeyframe], AfterValidator(_unique_times)] = []


class TimelineDocument(_Strict):
    """The AU tracks by name, and the strength."""

    tracks: dict[str, AUTrack] = {}
    strength: StrengthTrack = StrengthTrack()

    @field_validator("tracks", mode="before")
    @classmethod
    def _refuse_unknown_aus(cls, stored: object) -> object:
        if isinstance(stored, dict):
            for name in stored:
                if name not in AU_KEYS:
                    number = re.search("[1-9][0-9]{0,3}", name)
                    near = f"AU{int(number[0]):02d}" if number else None
                    raise _unknown("AU track", name, near if near in AU_KEYS else None, AU_KEYS)
        return stored


class MediaDocument(_Strict):
    """The medium of a project."""

    path: StoredPath


class RegionsDocument(_Strict):
    """How strongly the edit shows in each region of a face."""

    mouth: RegionStrength = EVERYWHERE.mouth
    eyes: RegionStrength = EVERYWHERE.eyes
    brows: RegionStrength = EVERYWHERE.brows
    cheeks: RegionStrength = EVERYWHERE.cheeks


class FacesDocument(_Strict):
    """Whose faces are edited."""

    selection: StoredSelection = LARGEST
    neutral_at: StoredTime | None = None
    regions: RegionsDocument = RegionsDocument()


class OutputDocument(_Strict):
    """How to export."""

    path: StoredPath | None = None
    codec: Codec | None = _OUTPUT_DEFAULTS.codec
    quality: Annotated[int, _rule(check_quality)] = _OUTPUT_DEFAULTS.quality
    compositing: Compositing = _OUTPUT_DEFAULTS.compositing
    keep_audio: bool = _OUTPUT_DEFAULTS.keep_audio


class ProjectDocument(_Strict):
    """A whole project file of the current version."""

    schema_version: int
    model: Annotated[str, _rule(check_model_name)]
    media: MediaDocument | None = None
    timeline: TimelineDocument = TimelineDocument()
    faces: FacesDocument = FacesDocument()
    output: OutputDocument = OutputDocument()
