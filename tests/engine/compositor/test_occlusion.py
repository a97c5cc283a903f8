"""What lies in front of a drawn face is found by its colour, and not painted over."""

import cv2
import numpy as np
import pytest

from engine.compositor import DetailCompositor, PredictedCompositor, PredictedEdit
from engine.compositor.filters import blur
from engine.compositor.occlusion import uncovered, visible_face
from engine.types import AlignedFace, FloatArray, RGBImage
from tests.engine.compositor.drawn_face import MOUTH_Y, SKIN, DrawnFace, Expression, aligned, landmarks

DRAWN = DrawnFace(texture=4.0)


def behind(colour: tuple[int, int, int], centre: tuple[float, float], radius: float) -> tuple[AlignedFace, RGBImage]:
    """The face with a disc before it, and the frame."""
    frame = DRAWN.frame()
    middle = np.round(np.array(centre) * DRAWN.scale + np.array(DRAWN.origin)).astype(int)
    cv2.circle(frame, (int(middle[0]), int(middle[1])), round(radius * DRAWN.scale), colour, -1, cv2.LINE_AA)
    in_frame = (landmarks() * DRAWN.scale + np.array(DRAWN.origin)).astype(np.float32)
    return aligned(frame, in_frame, DRAWN.frame_to_crop), frame


def test_nothing_hides_a_plain_face() -> None:
    face, _ = behind(SKIN, (-40.0, -40.0), 1.0)
    assert visible_face(face.crop, landmarks()).mean() > 0.995


@pytest.mark.parametrize("colour", [(40, 160, 60), (30, 60, 200), (40, 25, 20)], ids=["green", "blue", "dark"])
@pytest.mark.parametrize("centre", [(40.0, 62.0), (63.5, 30.0), (85.0, 75.0)], ids=["cheek", "forehead", "other cheek"])
def test_a_thing_before_the_face_is_found(colour: tuple[int, int, int], centre: tuple[float, float]) -> None:
    face, _ = behind(colour, centre, 7.0)
    visible = visible_face(face.crop, landmarks())
    distance = np.hypot(*(np.mgrid[:128, :128] - np.array(centre[::-1])[:, None, None]))
    assert visible[distance < 5].mean() < 0.25
    assert visible[distance > 14].mean() > 0.99


def test_a_beard_is_the_face_s_own_and_half_a_beard_is_not() -> None:
    dark = (60, 40, 30)
    frame = DRAWN.frame()

    def jaw(side: int) -> None:
        x, y = np.array([63.5 + side * 20.0, 92.0]) * DRAWN.scale + np.array(DRAWN.origin)
        cv2.ellipse(frame, (round(x), round(y)), (18, 14), 0, 0, 360, dark, -1, cv2.LINE_AA)

    def shown() -> FloatArray:
        in_frame = (landmarks() * DRAWN.scale + np.array(DRAWN.origin)).astype(np.float32)
        return visible_face(aligned(frame, in_frame, DRAWN.frame_to_crop).crop, landmarks())[88:96, 40:48]

    jaw(-1)
    assert shown().mean() < 0.4
    jaw(1)
    assert shown().mean() > 0.9


def test_a_lip_s_colour_is_no_thing() -> None:
    face, _ = behind((150, 30, 45), (63.5, MOUTH_Y + 1), 4.0)
    assert visible_face(face.crop, landmarks())[80:90, 58:69].min() > 0.9


def test_a_face_beyond_the_crop_hides_nothing() -> None:
    face, _ = behind(SKIN, (-40.0, -40.0), 1.0)
    assert visible_face(face.crop, landmarks() + np.array([300, 0], np.float32)).min() == 1


def test_uncovered_leaves_out_what_would_be_taken_from_a_thing() -> None:
    visible = np.ones((32, 32), np.float32)
    visible[:, 20:] = 0
    motion = np.zeros((32, 32, 2), np.float32)
    motion[..., 0] = 5
    shown = uncovered(visible, motion)
    assert shown[16, 10] == 1
    assert shown[16, 17] == 0
    assert shown[16, 25] == 0


def test_no_edit_paints_over_a_thing() -> None:
    face, frame = behind((40, 160, 60), (63.5, MOUTH_Y + 18), 9.0)
    flow = np.zeros((128, 128, 2), np.float32)
    flow[..., 1] = -4
    edit = PredictedEdit(flow, np.full((128, 128), 0.9, np.float32), np.full((128, 128, 3), 0.3, np.float32))
    pair = DRAWN.generated(Expression(), Expression(jaw_px=10.0))
    middle = np.round(np.array([63.5, MOUTH_Y + 18]) * DRAWN.scale + np.array(DRAWN.origin)).astype(int)
    inside = np.s_[middle[1] - 8 : middle[1] + 8, middle[0] - 8 : middle[0] + 8]
    for result in (
        PredictedCompositor().composite(frame, face, edit),
        DetailCompositor().composite(frame, face, pair),
    ):
        assert np.abs(result[inside].astype(int) - frame[inside]).max() <= 8
        assert (result != frame).any()


def test_sensor_noise_does_not_make_the_mask_flicker() -> None:
    face, _ = behind((40, 160, 60), (40.0, 62.0), 7.0)
    noise = np.random.default_rng(0)
    masks = [
        visible_face(np.clip(face.crop + noise.normal(0, 4, face.crop.shape), 0, 255).astype(np.uint8), landmarks())
        for _ in range(6)
    ]
    assert blur(np.std(masks, axis=0).astype(np.float32), 1.0).max() < 0.15
