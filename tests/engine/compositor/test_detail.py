"""The detail compositor on a drawn face, whose true picture after the edit is known."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.compositor import DetailCompositor, DetailSettings, GeneratedPair
from engine.types import RGBImage
from tests.engine.compositor.drawn_face import (
    EYE_CENTRES,
    MOUTH_Y,
    SIZE,
    SKIN,
    DrawnFace,
    Expression,
    aligned,
    landmarks,
)

NEUTRAL = Expression()
JAW_DROP = Expression(jaw_px=10.0)
BLINK = Expression(closure=1.0)
SMILE = Expression(smile_px=5.0)
EDITS = pytest.mark.parametrize("target", [JAW_DROP, BLINK, SMILE], ids=["jaw drop", "blink", "smile"])


def edited(drawn: DrawnFace, target: Expression, source: Expression = NEUTRAL) -> RGBImage:
    pair = drawn.generated(source, target, gain=(1.08, 0.96, 0.92))
    return DetailCompositor().composite(drawn.frame(source), drawn.face(source), pair)


def patch(drawn: DrawnFace, picture: RGBImage, centre: tuple[float, float], half: tuple[float, float]) -> RGBImage:
    """Pixels of the frame around a place of the crop."""
    x, y = np.array(centre) * drawn.scale + np.array(drawn.origin)
    w, h = np.array(half) * drawn.scale
    return picture[round(y - h) : round(y + h), round(x - w) : round(x + w)]


def test_equal_pictures_return_the_frame_bit_for_bit() -> None:
    drawn = DrawnFace()
    frame = drawn.frame()
    result = edited(drawn, NEUTRAL)
    np.testing.assert_array_equal(result, frame)
    assert not np.shares_memory(result, frame)


@pytest.mark.parametrize(("target", "most"), [(JAW_DROP, 0.25), (BLINK, 0.55), (SMILE, 0.5)])
def test_the_frame_comes_near_the_truth(target: Expression, most: float) -> None:
    drawn = DrawnFace(texture=0.0)
    truth, frame = drawn.frame(target).astype(int), drawn.frame().astype(int)
    left = np.abs(edited(drawn, target) - truth).sum() / np.abs(frame - truth).sum()
    assert left < most


@EDITS
def test_beyond_the_face_every_byte_is_the_frame_s(target: Expression) -> None:
    drawn = DrawnFace()
    frame, result = drawn.frame(), edited(drawn, target)
    height, width = frame.shape[:2]
    y, x = np.mgrid[:height, :width]
    x, y = (x - drawn.origin[0]) / drawn.scale, (y - drawn.origin[1]) / drawn.scale
    away = np.hypot((x - 63.5) / 58, (y - 65) / 68) > 1
    beyond_crop = (x < 0) | (y < 0) | (x > SIZE - 1) | (y > SIZE - 1)
    np.testing.assert_array_equal(result[away | beyond_crop], frame[away | beyond_crop])
    assert (result != frame).any()


def test_result_is_new_and_the_same_each_time() -> None:
    drawn = DrawnFace()
    frame, face, pair = drawn.frame(), drawn.face(), drawn.generated(NEUTRAL, JAW_DROP)
    before = frame.copy()
    frame.flags.writeable = False
    first, second = (DetailCompositor().composite(frame, face, pair) for _ in range(2))
    np.testing.assert_array_equal(frame, before)
    np.testing.assert_array_equal(first, second)
    assert first.dtype == np.uint8
    assert first.shape == frame.shape
    assert first.flags.writeable


def test_a_dropped_jaw_opens_a_dark_mouth_and_moves_the_chin() -> None:
    drawn = DrawnFace(texture=0.0)
    frame, result, truth = drawn.frame(), edited(drawn, JAW_DROP), drawn.frame(JAW_DROP)
    inside = patch(drawn, result, (63.5, MOUTH_Y + 5), (5, 2))
    assert inside.max() < 110
    assert patch(drawn, frame, (63.5, MOUTH_Y + 5), (5, 2)).max() > 150

    def chin(picture: RGBImage) -> int:
        column = picture[:, round(63.5 * drawn.scale + drawn.origin[0])].astype(int)
        return int(np.flatnonzero(np.abs(column - SKIN).sum(axis=1) < 60).max())

    assert chin(result) == pytest.approx(chin(truth), abs=0.15 * (chin(truth) - chin(frame)) + 1)


def test_the_mask_follows_a_chin_that_leaves_the_old_outline() -> None:
    drawn = DrawnFace(texture=0.0)
    far = Expression(jaw_px=13.0)
    below = patch(drawn, edited(drawn, far), (63.5, 112.5), (4, 1.5)).reshape(-1, 3).astype(int)
    assert np.abs(below - SKIN).max() < 40


def test_closed_lids_have_the_skin_of_the_frame() -> None:
    drawn = DrawnFace(texture=0.0)
    pair = drawn.generated(NEUTRAL, BLINK, gain=(0.7, 0.8, 1.1))
    result = DetailCompositor().composite(drawn.frame(), drawn.face(), pair)
    for centre in EYE_CENTRES:
        lid = patch(drawn, result, (centre[0], centre[1] - 1), (5, 1.2)).reshape(-1, 3).mean(axis=0)
        assert np.abs(lid - SKIN).max() < 14


def test_a_smile_widens_the_mouth() -> None:
    drawn = DrawnFace(texture=0.0)

    def width(picture: RGBImage) -> int:
        rows = patch(drawn, picture, (63.5, MOUTH_Y - 1), (30, 5)).astype(int)
        return int(np.ptp(np.flatnonzero(((rows[..., 0] - rows[..., 1]) > 60).any(axis=0))))

    before, after, truth = (width(p) for p in (drawn.frame(), edited(drawn, SMILE), drawn.frame(SMILE)))
    assert after - before > 0.6 * (truth - before)


def test_lips_meet_over_an_open_mouth() -> None:
    drawn = DrawnFace(texture=0.0)
    open_mouth = Expression(jaw_px=8.0)
    inside = ((63.5, MOUTH_Y + 3), (6, 1.5))
    assert patch(drawn, drawn.frame(open_mouth), *inside)[..., 0].mean() < 60
    assert patch(drawn, edited(drawn, NEUTRAL, source=open_mouth), *inside)[..., 0].mean() > 120


def test_what_does_not_act_keeps_its_detail() -> None:
    drawn = DrawnFace(texture=10.0)
    frame, result = drawn.frame(), edited(drawn, JAW_DROP)
    forehead = ((63.5, 27.0), (20, 4))
    np.testing.assert_array_equal(patch(drawn, result, *forehead), patch(drawn, frame, *forehead))
    chin = ((63.5, 103.0), (8, 3))
    assert patch(drawn, result, *chin).std(axis=(0, 1)).min() > 0.8 * patch(drawn, frame, *chin).std(axis=(0, 1)).min()


def test_a_tint_of_the_whole_target_is_no_edit() -> None:
    drawn = DrawnFace()
    same = drawn.generated(NEUTRAL, NEUTRAL)
    tinted = GeneratedPair(same.source, np.clip(same.target * np.array([1.04, 1.0, 0.97], np.float32), 0, 1))
    frame = drawn.frame()
    result = DetailCompositor().composite(frame, drawn.face(), tinted)
    assert np.abs(result.astype(int) - frame).mean() < 1


@pytest.mark.parametrize("whole", [JAW_DROP, BLINK], ids=["jaw drop", "blink"])
def test_the_result_follows_the_strength_without_jumps(whole: Expression) -> None:
    drawn = DrawnFace(scale=1.5, origin=(5, 5), frame_size=(200, 200), texture=0.0)
    frame = drawn.frame().astype(int)
    steps = np.linspace(0, 1, 13)
    results = [edited(drawn, Expression(jaw_px=s * whole.jaw_px, closure=s * whole.closure)).astype(int) for s in steps]
    distance = np.array([np.abs(result - frame).sum() for result in results])
    jumps = np.array([np.abs(b - a).sum() for a, b in pairwise(results)])
    assert distance[0] == 0
    assert jumps.max() < 0.35 * distance[-1]


@pytest.mark.parametrize("face_px", [40, 160, 800])
def test_faces_of_any_size(face_px: int) -> None:
    scale = face_px / 92
    side = round(150 * scale)
    drawn = DrawnFace(scale=scale, origin=(10 * scale, 10 * scale), frame_size=(side, side), texture=0.0)
    truth, frame = drawn.frame(JAW_DROP).astype(int), drawn.frame().astype(int)
    left = np.abs(edited(drawn, JAW_DROP) - truth).sum() / np.abs(frame - truth).sum()
    assert left < 0.75


@pytest.mark.parametrize("origin", [(-130.0, 20.0), (20.0, -120.0), (170.0, 60.0), (20.0, 190.0)])
def test_a_face_cut_by_the_frame_is_edited_like_a_whole_one(origin: tuple[float, float]) -> None:
    drawn = DrawnFace(origin=origin, texture=0.0)
    whole = DrawnFace(origin=(origin[0] + 300, origin[1] + 300), frame_size=(920, 930), texture=0.0)
    cut, reference = edited(drawn, JAW_DROP), edited(whole, JAW_DROP)[300:630, 300:620]
    assert cut.shape == (330, 320, 3)
    inner = np.s_[30:-30, 30:-30]
    assert np.abs(cut[inner].astype(int) - reference[inner]).mean() < 4


@pytest.mark.parametrize("origin", [(5000.0, 20.0), (-5000.0, -5000.0)])
def test_a_face_outside_the_frame_changes_nothing(origin: tuple[float, float]) -> None:
    drawn = DrawnFace(origin=origin)
    np.testing.assert_array_equal(edited(drawn, JAW_DROP), drawn.frame())


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 2)])
def test_tiny_frames(size: tuple[int, int]) -> None:
    drawn = DrawnFace(origin=(-100.0, -90.0), frame_size=size)
    assert edited(drawn, JAW_DROP).shape == (size[1], size[0], 3)


def test_degenerate_faces_do_no_harm() -> None:
    drawn = DrawnFace()
    frame = drawn.frame()
    pair = drawn.generated(NEUTRAL, JAW_DROP)
    point = np.full((478, 2), 100, np.float32)
    for frame_to_crop in (drawn.frame_to_crop, np.zeros((2, 3)), 1e9 * drawn.frame_to_crop):
        face = replace(aligned(frame, point, drawn.frame_to_crop), frame_to_crop=frame_to_crop)
        assert DetailCompositor().composite(frame, face, pair).shape == frame.shape


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_flat_pictures_do_no_harm(level: float) -> None:
    drawn = DrawnFace()
    flat = np.full((SIZE, SIZE, 3), level, np.float32)
    pair = GeneratedPair(flat, drawn.generated(NEUTRAL, JAW_DROP).target)
    assert DetailCompositor().composite(drawn.frame(), drawn.face(), pair).dtype == np.uint8


def test_settings_take_shading_and_sharpening_away() -> None:
    drawn = DrawnFace(texture=0.0)
    pair = drawn.generated(NEUTRAL, JAW_DROP)
    plain, default = (
        DetailCompositor(settings).composite(drawn.frame(), drawn.face(), pair).astype(int)
        for settings in (DetailSettings(shading=0.0, sharpening=0.0), DetailSettings())
    )
    assert (plain != default).any()


def test_landmarks_of_the_drawing_are_where_the_compositor_looks() -> None:
    drawn = DrawnFace(texture=0.0)
    mouth = landmarks()[13] * drawn.scale + np.array(drawn.origin)
    pixel = drawn.frame()[round(float(mouth[1])) + 1, round(float(mouth[0]))]
    assert pixel.max() < 110
