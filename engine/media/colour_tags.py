"""How the numbers in a video stand for colours, in the code points of ITU-T H.273, which FFmpeg shares."""

from dataclasses import dataclass
from typing import Final

RGB_MATRIX: Final = 0
BT709_CODE: Final = 1
UNSPECIFIED: Final = 2
FCC_MATRIX: Final = 4
BT470BG_MATRIX: Final = 5
SMPTE170M_MATRIX: Final = 6
SMPTE240M_MATRIX: Final = 7
BT2020_MATRIX: Final = 9


@dataclass(frozen=True, slots=True)
class ColourTags:
    """The colour description of a video; 2 is "unspecified" in each of the three codes.

    Attributes:
        primaries: which red, green and blue.
        transfer: how light becomes a number.
        matrix: how Y'CbCr is made from RGB; 0 is RGB itself.
        full_range: 0..255 (True) or 16..235 (False); None where it is not stated.
    """

    primaries: int = UNSPECIFIED
    transfer: int = UNSPECIFIED
    matrix: int = UNSPECIFIED
    full_range: bool | None = None


BT709: Final = ColourTags(BT709_CODE, BT709_CODE, BT709_CODE, full_range=False)
