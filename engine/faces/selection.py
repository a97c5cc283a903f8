"""Which of the faces in a frame are edited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from engine.errors import ProjectError
from engine.faces.face_track import centre_of, size_of
from engine.types import FaceTrack

SelectionKind = Literal["all", "largest", "leftmost", "rightmost", "nearest", "picked"]

_LOYALTY: Final = 0.8
"""A face once chosen stays so until another one fits better by this factor of its own size."""
_FORM: Final = "Write largest, leftmost, rightmost, all, nearest X,Y in shares of the frame (0.5,0.5), or ids (0,2)."


@dataclass(frozen=True, slots=True)
class FaceSelection:
    """A rule by which faces are chosen.

    Attributes:
        kind: what counts.
        point: for "nearest", (x, y) in shares of the frame's width and height, 0..1.
        ids: for "picked", the tracks' ids.
    """

    kind: SelectionKind = "largest"
    point: tuple[float, float] = (0.5, 0.5)
    ids: frozenset[int] = frozenset()

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
                return cls("nearest", point=(x, y))
        raise ProjectError(f"{text!r} does not say which faces to edit.", _FORM)


LARGEST: Final = FaceSelection()


class FaceChooser:
    """Applies a selection frame by frame, without wavering between faces that fit alike. Owned by one thread.

    Attributes:
        selection: the rule; may be replaced at any time between frames.
    """

    def __init__(self, selection: FaceSelection) -> None:
        self.selection = selection
        self._chosen: int | None = None

    def choose(self, tracks: Sequence[FaceTrack], width: int, height: int) -> frozenset[int]:
        """The ids of the faces to edit, of those in a frame of this size in pixels."""
        kind = self.selection.kind
        if kind == "all":
            return frozenset(track.id for track in tracks)
        if kind == "picked":
            return frozenset(track.id for track in tracks) & self.selection.ids
        if not tracks:
            return frozenset()
        misfits = {track.id: self._misfit(track, width, height) for track in tracks}
        best = min(misfits, key=lambda face_id: misfits[face_id])
        chosen = next((track for track in tracks if track.id == self._chosen), None)
        if chosen is None or misfits[chosen.id] - misfits[best] > (1 - _LOYALTY) * size_of(chosen.box_px):
            self._chosen = best
        return frozenset({best if self._chosen is None else self._chosen})

    def _misfit(self, track: FaceTrack, width: int, height: int) -> float:
        """How badly a face fits, in pixels."""
        x, y = centre_of(track.box_px)
        match self.selection.kind:
            case "leftmost":
                return x
            case "rightmost":
                return -x
            case "nearest":
                return float(
                    ((x - self.selection.point[0] * width) ** 2 + (y - self.selection.point[1] * height) ** 2) ** 0.5
                )
            case _:
                return -size_of(track.box_px)
