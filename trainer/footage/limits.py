"""Which pictures are of use: limits on what was measured, and the reasons for leaving pictures out."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from trainer.footage.records import Record


class Reason(StrEnum):
    """Why a picture is not in the dataset; the values are words of the command line and names of trash folders."""

    UNREADABLE = "unreadable"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    SMALL = "small"
    POSE = "pose"
    OCCLUDED = "occluded"
    BLURRED = "blurred"
    DUPLICATE = "duplicate"
    BY_HAND = "by-hand"


MEANINGS: Final = MappingProxyType(
    {
        Reason.UNREADABLE: "the file is damaged or no picture",
        Reason.NO_FACE: "no face was found",
        Reason.SEVERAL_FACES: "several faces of a similar size",
        Reason.SMALL: "the face is too small",
        Reason.POSE: "the head is turned too far",
        Reason.OCCLUDED: "the face is covered, or cut off by the border",
        Reason.BLURRED: "the face is blurred",
        Reason.DUPLICATE: "nearly equal to a picture that is kept",
        Reason.BY_HAND: "discarded by hand",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture must be like.

    Attributes:
        min_width_px: of the face.
        min_sharpness: sharp faces have 60 and more, one blurred by 2 of 128 pixels 5 to 10.
        max_yaw, max_pitch, max_roll: of the head, in degrees.
        max_covered: as `occlusion.covered` measures.
        max_outside: share of the landmarks beyond the border.
        max_hash_distance: bits of 256 in which a duplicate's hash may differ; -1 keeps duplicates.
    """

    min_width_px: float = 60.0
    min_sharpness: float = 30.0
    max_yaw: float = 35.0
    max_pitch: float = 30.0
    max_roll: float = 40.0
    max_covered: float = 19.0
    max_outside: float = 0.02
    max_hash_distance: int = 6

    def reason(self, record: Record) -> Reason | None:
        """Why a picture is of no use, or None. Duplicates are not told by a picture alone."""
        measures = record.measures
        if record.fault:
            return Reason.UNREADABLE
        if record.by_hand:
            return Reason.BY_HAND if record.by_hand == "discard" else None
        if measures is None:
            return Reason.NO_FACE
        if record.faces > 1:
            return Reason.SEVERAL_FACES
        if measures.width_px < self.min_width_px:
            return Reason.SMALL
        turned = (abs(measures.yaw), self.max_yaw), (abs(measures.pitch), self.max_pitch)
        if any(angle > limit for angle, limit in (*turned, (abs(measures.roll), self.max_roll))):
            return Reason.POSE
        if measures.covered > self.max_covered or measures.outside > self.max_outside:
            return Reason.OCCLUDED
        return Reason.BLURRED if measures.sharpness < self.min_sharpness else None
