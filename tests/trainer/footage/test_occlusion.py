import cv2
import numpy as np
import pytest

from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.faces.landmarker import LANDMARK_COUNT
from engine.types import RGBImage
from trainer.footage.limits import Limits
from trainer.footage.occlusion import _SKIN, covered, outside

LANDMARKS = np.zeros((LANDMARK_COUNT, 3), np.float32)
for place, indices in enumerate(_SKIN):
    LANDMARKS[list(indices), :2] = (20 + 12 * place, 64)
IDENTITY = np.array([[1.0, 0, 0], [0, 1, 0]])


def skin() -> RGBImage:
    size = DEFAULT_TEMPLATE.size_px
    picture = np.full((size, size, 3), (205, 160, 140), np.uint8)
    shade = np.linspace(0.6, 1.1, size)[None, :, None]
    return np.clip(picture * shade, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("place", range(len(_SKIN)))
def test_light_from_the_side_is_let_pass_and_something_before_any_place_is_seen(place: int) -> None:
    limit = Limits().max_covered
    picture = skin()
    assert covered(picture, IDENTITY, LANDMARKS) < limit
    cv2.circle(picture, (20 + 12 * place, 64), 7, (60, 90, 160), -1)
    assert covered(picture, IDENTITY, LANDMARKS) > limit


def test_what_lies_beyond_the_border_is_counted() -> None:
    landmarks = np.full((100, 3), 50, np.float32)
    landmarks[:10, 0] = -3
    landmarks[10:15, 1] = 100
    assert outside(landmarks, 100, 100) == pytest.approx(0.15)
