"""The compositor of predicted edits, on a drawn face with edits whose true picture is known."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.compositor.filters import blur
from engine.compositor.predicted import PredictedCompositor
from engine.compositor.protocol import PredictedEdit
from engine.types import FloatArray, RGBImage
from tests.engine.compositor.drawn_face import MOUTH_Y, SIZE, DrawnFace, aligned

Y, X = np.mgrid[:SIZE, :SIZE].astype(np.float32)


def bump(centre: tuple[float, float], width_px: float) -> FloatArray:
    distance = np.square(X - centre[0]) + np.square(Y - centre[1])
    return np.asarray(np.exp(-distance / width_px**2), np.float32)


def edit(
    shift: tuple[float, float] = (0.0, 0.0),
    mask: FloatArray | None = None,
    colour: tuple[float, float, float] | FloatArray = (0.2, 0.1, 0.1),
    where: FloatArray | None = None,
) -> PredictedEdit:
    flow = np.zeros((SIZE, SIZE, 2), np.float32)
    flow[:] = np.array(shift, np.float32)
    if where is not None:
        flow *= where[..., None]
    painted = np.zeros((SIZE, SIZE), np.float32) if mask is None else mask
    return PredictedEdit(flow, painted, np.broadcast_to(np.array(colour, np.float32), (SIZE, SIZE, 3)).copy())


def composited(drawn: DrawnFace, prediction: PredictedEdit) -> RGBImage:
    return PredictedCompositor().composite(drawn.frame(), drawn.face(), prediction)


def box(drawn: DrawnFace, centre: tuple[float, float], half: tuple[float, float]) -> tuple[slice, slice]:
    """The frame's pixels around a place of the crop."""
    x, y = np.array(centre) * drawn.scale + np.array(drawn.origin)
    w, h = np.array(half) * drawn.scale
    return slice(round(y - h), round(y + h)), slice(round(x - w), round(x + w))


def test_no_motion_and_no_paint_return_a_copy_of_the_frame() -> None:
    drawn = DrawnFace()
    frame = drawn.frame()
    result = composited(drawn, edit())
    np.testing.assert_array_equal(result, frame)
    assert not np.shares_memory(result, frame)


@pytest.mark.parametrize("scale", [2.0, 3.0])
def test_the_frame_s_own_pixels_move_at_full_resolution(scale: float) -> None:
    drawn = DrawnFace(scale=scale, frame_size=(round(170 * scale), round(170 * scale)), texture=12.0)
    shift = 3.0
    result, frame = composited(drawn, edit((0.0, shift))), drawn.frame()
    cheek = box(drawn, (63.5, 62.0), (14, 6))
    below = slice(cheek[0].start + round(shift * scale), cheek[0].stop + round(shift * scale)), cheek[1]
    assert np.abs(result[cheek].astype(int) - frame[below]).max() <= 1


@pytest.mark.parametrize(("shift", "paint"), [((5.0, -4.0), False), ((0.0, 0.0), True), ((2.0, 2.0), True)])
def test_beyond_the_face_every_byte_is_the_frame_s(shift: tuple[float, float], paint: bool) -> None:
    drawn = DrawnFace()
    frame = drawn.frame()
    result = composited(drawn, edit(shift, np.ones((SIZE, SIZE), np.float32) if paint else None))
    y, x = np.mgrid[: frame.shape[0], : frame.shape[1]]
    x, y = (x - drawn.origin[0]) / drawn.scale, (y - drawn.origin[1]) / drawn.scale
    away = np.hypot((x - 63.5) / 58, (y - 65) / 68) > 1
    beyond_crop = (x < 0) | (y < 0) | (x > SIZE - 1) | (y > SIZE - 1)
    np.testing.assert_array_equal(result[away | beyond_crop], frame[away | beyond_crop])
    assert (result != frame).mean() > 0.05


def test_a_strong_mask_shows_the_colour() -> None:
    drawn = DrawnFace(texture=8.0)
    result = composited(drawn, edit(mask=np.minimum(4 * bump((63.5, MOUTH_Y), 7.0), 1), colour=(0.2, 0.05, 0.05)))
    mouth = result[box(drawn, (63.5, MOUTH_Y), (3, 2))].reshape(-1, 3)
    assert np.abs(mouth.mean(axis=0) - (51, 13, 13)).max() < 12
    assert mouth.std(axis=0).max() < 4


def test_a_faint_mask_shades_and_keeps_the_frame_s_texture() -> None:
    drawn = DrawnFace(texture=12.0)
    frame = drawn.frame()
    cheek = box(drawn, (40.0, 68.0), (6, 5))
    result = composited(drawn, edit(mask=0.25 * bump((40.0, 68.0), 16.0), colour=(0.3, 0.2, 0.2)))
    change = result[cheek].astype(float) - frame[cheek]
    assert change.mean() < -8
    assert result[cheek].std(axis=(0, 1)).min() > 0.9 * frame[cheek].std(axis=(0, 1)).min()


def test_colour_in_another_light_meets_the_frame_without_a_seam() -> None:
    drawn = DrawnFace(texture=0.0)
    frame = drawn.frame()
    crop = drawn.face().crop.astype(np.float32) / 255
    mask = np.minimum(3 * bump((63.5, 66.0), 9.0), 1)
    result = composited(drawn, edit(mask=mask, colour=np.clip(crop * np.array([1.06, 1.04, 0.96], np.float32), 0, 1)))
    cheek = box(drawn, (63.5, 66.0), (16, 4))
    assert np.abs(result[cheek].astype(int) - frame[cheek]).max() <= 6
    edges = np.abs(np.diff(result[cheek].astype(int), axis=1))
    assert edges.max() <= 2


def test_dark_paint_stays_dark_beside_bright_skin() -> None:
    drawn = DrawnFace(texture=0.0)
    mask = (bump((63.5, MOUTH_Y), 8.0) > 0.4).astype(np.float32)
    result = composited(drawn, edit(mask=blur(mask, 1.0), colour=(0.1, 0.04, 0.04)))
    assert result[box(drawn, (63.5, MOUTH_Y), (3, 2))].max() < 40


def test_what_neither_moves_nor_is_painted_keeps_every_bit() -> None:
    drawn = DrawnFace()
    local = edit((0.0, 3.0), where=(bump((63.5, 90.0), 10.0) > 0.05) * bump((63.5, 90.0), 10.0))
    forehead = box(drawn, (63.5, 30.0), (25, 8))
    np.testing.assert_array_equal(composited(drawn, local)[forehead], drawn.frame()[forehead])


def test_it_follows_the_strength_without_jumps() -> None:
    drawn = DrawnFace(scale=1.5, origin=(5, 5), frame_size=(200, 200), texture=3.0)
    where = bump((63.5, 90.0), 16.0)
    results = [
        composited(drawn, edit((0.0, 4 * s), mask=np.float32(s) * where, where=where)).astype(int)
        for s in np.linspace(0, 1, 13)
    ]
    whole = np.abs(results[-1] - results[0]).sum()
    jumps = [np.abs(b - a).sum() for a, b in pairwise(results)]
    assert max(jumps) < 0.3 * whole


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 2)])
def test_tiny_frames(size: tuple[int, int]) -> None:
    drawn = DrawnFace(origin=(-100.0, -90.0), frame_size=size)
    assert composited(drawn, edit((3.0, 3.0), np.ones((SIZE, SIZE), np.float32))).shape == (size[1], size[0], 3)


def test_degenerate_faces_and_wild_flow_do_no_harm() -> None:
    drawn = DrawnFace()
    frame = drawn.frame()
    prediction = edit((1e6, -1e6), np.ones((SIZE, SIZE), np.float32))
    point = np.full((478, 2), 100, np.float32)
    for frame_to_crop in (drawn.frame_to_crop, np.zeros((2, 3)), 1e9 * drawn.frame_to_crop):
        face = replace(aligned(frame, point, drawn.frame_to_crop), frame_to_crop=frame_to_crop)
        assert PredictedCompositor().composite(frame, face, prediction).shape == frame.shape
