"""Which of the faces in a frame are edited."""

from collections.abc import Sequence
from typing import Final

from engine.edit_scope import FaceSelection
from engine.faces.face_track import centre_of, size_of
from engine.types import FaceTrack

_LOYALTY: Final = 0.8
"""A face once chosen stays so until another one fits better by this factor of its own size."""


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
