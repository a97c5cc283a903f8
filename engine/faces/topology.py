"""Parts of the face as indices into MediaPipe's 478 landmarks; left and right are the image's.

Contours are ordered so that straight lines from point to point draw them. The right part of each pair lists the mirror
images of the left part's points, in the same order.
"""

from collections.abc import Iterable
from typing import Final

LEFT_EYE: Final = (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7)
RIGHT_EYE: Final = (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249)
"""Closed lid margins from the outer corner over the upper lid to the inner corner, and back along the lower lid."""

LEFT_IRIS: Final = (468, 471, 470, 469, 472)
RIGHT_IRIS: Final = (473, 474, 475, 476, 477)
"""The pupil's centre, then the iris's rim: towards the outer corner, top, towards the nose, bottom."""

LEFT_BROW: Final = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
RIGHT_BROW: Final = (300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
"""Closed outlines from the outer end along the upper edge to the inner end, and back along the lower edge."""

OUTER_LIPS: Final = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
INNER_LIPS: Final = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
"""Closed rings from the left corner over the upper lip to the right corner, and back along the lower lip."""

FACE_OVAL: Final = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""The closed outline of the face from the middle of the forehead, clockwise in the image."""

LEFT_CHEEK: Final = (117, 118, 119, 100, 126, 142, 36, 50, 123, 187, 205, 203, 206, 207, 216, 212, 202, 204)
RIGHT_CHEEK: Final = (346, 347, 348, 329, 355, 371, 266, 280, 352, 411, 425, 423, 426, 427, 436, 432, 422, 424)
"""Points from below the eye down to the side of the mouth and the chin, along the fold between nose and mouth."""

LEFT_LOWER_LID: Final = (25, 110, 24, 23, 22, 26, 31, 228, 229, 230, 231, 232, 233)
RIGHT_LOWER_LID: Final = (255, 339, 254, 253, 252, 256, 261, 448, 449, 450, 451, 452, 453)
"""Two rows below the lower lid margin, each from its outer to its inner end."""

LEFT_NOSE: Final = (98, 129, 48, 64, 45, 220)
RIGHT_NOSE: Final = (327, 358, 278, 294, 275, 440)
"""The wing of the nose."""

MIDLINE: Final = (
    10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 164, 0, 11, 12, 13, 14, 15, 16, 17, 18, 200, 199, 175, 152,
)  # fmt: skip
"""From the top of the forehead over nose and lips to the chin."""


def mirror_images(landmarks: Iterable[int]) -> tuple[int, ...]:
    """For each landmark, the one at its place in a mirrored face; KeyError for a landmark that no part above holds."""
    return tuple(_MIRROR_IMAGE[landmark] for landmark in landmarks)


def _mirrored_contour(contour: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """A closed contour run through backwards; positions i and `axis - i` are mirror images."""
    return tuple(contour[(axis - position) % len(contour)] for position in range(len(contour)))


def _mirror_map() -> dict[int, int]:
    mirror_image = {landmark: landmark for landmark in MIDLINE}
    for contour, axis in ((OUTER_LIPS, 10), (INNER_LIPS, 10), (FACE_OVAL, 0)):
        mirror_image.update(zip(contour, _mirrored_contour(contour, axis), strict=True))
    for left, right in (
        (LEFT_EYE, RIGHT_EYE),
        (LEFT_IRIS, RIGHT_IRIS),
        (LEFT_BROW, RIGHT_BROW),
        (LEFT_CHEEK, RIGHT_CHEEK),
        (LEFT_LOWER_LID, RIGHT_LOWER_LID),
        (LEFT_NOSE, RIGHT_NOSE),
    ):
        mirror_image.update(zip(left, right, strict=True))
        mirror_image.update(zip(right, left, strict=True))
    return mirror_image


_MIRROR_IMAGE: Final = _mirror_map()
