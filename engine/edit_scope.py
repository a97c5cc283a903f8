"""What an edit covers: which of the faces in a frame, and how strongly it shows in each region of a face."""

import re
from dataclasses import astuple, dataclass
from typing import Final, Literal

from engine.errors import ProjectError

SelectionKind = Literal["all", "largest", "leftmost", "rightmost", "nearest", "picked"]
_FORM: Final = "Write largest, leftmost, rightmost, all, nearest X,Y in shares of the frame (0.5,0.5), or ids (0,2)."


@dataclass(frozen=True, slots=True)
class FaceSelection:
    """A rule by which faces are chosen.

    Attributes:
        kind: what counts.
        point: for "nearest", (x, y) in shares of the frame's width and height, 0..1.
        ids: for "picked", the tracks' ids.

    Raises:
        ProjectError: the point lies outside the frame.
    """

    kind: SelectionKind = "largest"
    point: tuple[float, float] = (0.5, 0.5)
    ids: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not all(0 <= share <= 1 for share in self.point):
            raise ProjectError(
                f"The point {self.point[0]:g}, {self.point[1]:g} lies outside the frame.",
                "Write shares of the frame's width and height, from 0 to 1.",
            )

    @classmethod
    def nearest(cls, x: float, y: float) -> "FaceSelection":
        """The face nearest to a point, in shares of the frame."""
        return cls("nearest", point=(x, y))

    @classmethod
    def picked(cls, *ids: int) -> "FaceSelection":
        """The faces with these ids."""
        return cls("picked", ids=frozenset(ids))

    @classmethod
    def parse(cls, text: str) -> "FaceSelection":
        """Read "largest", "leftmost", "rightmost", "all", "0.5,0.5" (nearest to a point), "0" or "0,2" (ids).

        Raises:
            ProjectError: the text is none of these.
        """
        word = text.strip().lower()
        match word:
            case "all" | "largest" | "leftmost" | "rightmost":
                return cls(word)
            case "left" | "right":
                return cls("leftmost" if word == "left" else "rightmost")
        if re.fullmatch(r"\d+(\s*,\s*\d+)*", word):
            return cls.picked(*(int(number) for number in word.split(",")))
        numbers = re.fullmatch(r"(?:nearest\s+)?([01]?\.?\d+)\s*,\s*([01]?\.?\d+)", word)
        if numbers is not None:
            x, y = (float(number) for number in numbers.groups())
            if 0 <= x <= 1 and 0 <= y <= 1:
                return cls.nearest(x, y)
        raise ProjectError(f"{text!r} does not say which faces to edit.", _FORM)


LARGEST: Final = FaceSelection()


def check_region_strength(strength: float) -> None:
    """Raise ProjectError unless `strength` can be that of an edit in a region."""
    if not 0 <= strength <= 1:
        raise ProjectError(f"A strength of {strength:g} is outside 0..1.", "Choose a number from 0 to 1.")


@dataclass(frozen=True, slots=True)
class RegionStrengths:
    """Strength of an edit by region, 0..1: 0 leaves a region as it is in the frame, 1 shows the whole edit.

    Regions meet in soft edges. In between, motion is shortened and new content is half transparent, so these are for
    protecting a region; a weaker expression is better asked for by its intensities.

    Attributes:
        mouth: the lower face, from the nose's base to the chin.
        eyes: the eyes with their lids.
        brows: the brows and the forehead.
        cheeks: all the rest, the nose among it.

    Raises:
        ProjectError: a strength is outside 0..1.
    """

    mouth: float = 1.0
    eyes: float = 1.0
    brows: float = 1.0
    cheeks: float = 1.0

    def __post_init__(self) -> None:
        for region, strength in zip(REGIONS, astuple(self), strict=True):
            try:
                check_region_strength(strength)
            except ProjectError as error:
                raise ProjectError(f"The {region}: {error.message}", error.remedy) from None

    @property
    def are_full(self) -> bool:
        """Whether the whole edit shows everywhere."""
        return bool(min(astuple(self)) == 1)


REGIONS: Final = ("mouth", "eyes", "brows", "cheeks")
"""The regions' names, in the order of `RegionStrengths`."""
EVERYWHERE: Final = RegionStrengths()
"""The whole edit shows."""
