import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositor.boxes import Box, box_around, outline_points, strips_around, whole
from engine.compositor.rendering import CropEdit, render
from engine.types import Affine, FloatArray, RGBImage

SIZE = 64


def similarity(scale: float, origin: tuple[float, float], angle: float = 0.0) -> Affine:
    """Frame to crop, for `scale` frame pixels a crop pixel and the crop's corner at `origin`."""
    cosine, sine = np.cos(angle) / scale, np.sin(angle) / scale
    linear = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([linear, -linear @ np.array(origin)])


def still() -> CropEdit:
    field = np.zeros((SIZE, SIZE), np.float32)
    motion = np.zeros((SIZE, SIZE, 2), np.float32)
    return CropEdit(motion, motion.copy(), field, field.copy(), np.zeros((SIZE, SIZE, 3), np.float32))


def window() -> FloatArray:
    """1 in the middle of the crop, 0 near its border."""
    mask = np.zeros((SIZE, SIZE), np.float32)
    mask[16:48, 16:48] = 1
    return mask


def random_frame(height: int = 200, width: int = 240) -> RGBImage:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("scale", [0.4, 1.0, 2.7])
def test_no_edit_returns_every_byte(scale: float) -> None:
    frame = random_frame()
    np.testing.assert_array_equal(render(frame, similarity(scale, (10, 10), 0.3), still()), frame)


@pytest.mark.parametrize("angle", [0.0, 0.5])
def test_motion_moves_the_frame_s_pixels_in_the_crop_s_directions(angle: float) -> None:
    y, x = np.mgrid[:200, :240]
    frame = np.dstack([x, y, x // 2 + 20]).astype(np.uint8)
    edit = still()
    edit.motion[..., 0] = 5 * window()
    result = render(frame, similarity(2.0, (60, 40), angle), edit).astype(int)
    centre = np.linalg.solve(similarity(2.0, (60, 40), angle)[:, :2], [31.5, 31.5]) + np.array([60, 40])
    column, row = np.round(centre).astype(int)
    shift = 10 * np.array([np.cos(angle), -np.sin(angle)])
    np.testing.assert_allclose(result[row, column, :2], np.array([column, row]) + shift, atol=1.1)


def test_motion_looks_beyond_the_changed_box_and_repeats_the_frame_s_border() -> None:
    frame = random_frame()
    edit = still()
    edit.motion[..., 0] = -400 * window()
    result = render(frame, similarity(2.0, (60, 40)), edit)
    np.testing.assert_array_equal(result[100, 120], frame[100, 0])


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_share_and_addend_mix_as_written(scale: float) -> None:
    frame = np.full((230, 240, 3), 100, np.uint8)
    edit = still()
    edit.share[:] = 0.5 * window()
    edit.addend[:] = window()[..., None] * np.array([0.2, 0.4, -0.3], np.float32)
    result = render(frame, similarity(scale, (5, 5)), edit)
    centre = round(31.5 * scale + 5)
    np.testing.assert_allclose(result[centre, centre], (50 + 51, 50 + 102, 0), atol=1)
    np.testing.assert_array_equal(result[:5], frame[:5])
    np.testing.assert_array_equal(result[round(62 * scale + 5) :], frame[round(62 * scale + 5) :])


def test_the_layer_lies_over_the_moved_frame() -> None:
    y, _ = np.mgrid[:200, :240]
    frame = np.dstack([y, y, y]).astype(np.uint8)
    edit = still()
    edit.layer_motion[..., 1] = -8
    edit.layer_cover[:] = window()
    result = render(frame, similarity(2.0, (40, 40)), edit)
    assert result[103, 103, 0] == 103 - 16
    np.testing.assert_array_equal(result[:60], frame[:60])


@pytest.mark.parametrize("matrix", [np.zeros((2, 3)), np.full((2, 3), np.nan)])
def test_a_map_without_inverse_changes_nothing(matrix: Affine) -> None:
    frame = random_frame()
    edit = still()
    edit.share[:] = window()
    np.testing.assert_array_equal(render(frame, matrix, edit), frame)


def test_small_faces_get_averaged_content() -> None:
    frame = np.zeros((60, 60, 3), np.uint8)
    stripes = np.zeros((SIZE, SIZE), np.float32)
    stripes[:, ::2] = 1
    edit = still()
    edit.share[:] = window()
    edit.addend[:] = (stripes * window())[..., None]
    result = render(frame, similarity(0.3, (20, 20)), edit)
    assert np.ptp(result[28:31, 28:31].astype(int)) < 20


def test_frames_wider_than_remap_takes() -> None:
    frame = np.zeros((70, 33000, 3), np.uint8)
    frame[:, 32900:] = 200
    edit = still()
    edit.motion[..., 0] = 6 * window()
    result = render(frame, similarity(1.0, (32866, 3)), edit)
    assert result[35, 32896, 0] == 200
    np.testing.assert_array_equal(result[:, :32860], frame[:, :32860])


@given(
    rows=st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=6),
    scale=st.floats(0.3, 6),
    origin=st.tuples(st.floats(-200, 300), st.floats(-200, 300)),
    angle=st.floats(-3, 3),
)
def test_strips_cover_every_active_point_once(
    rows: list[int], scale: float, origin: tuple[float, float], angle: float
) -> None:
    frame = np.zeros((180, 210, 3), np.uint8)
    active = np.zeros((SIZE, SIZE), bool)
    active[rows, rows[::-1]] = True
    matrix = similarity(scale, origin, angle)
    points = outline_points(active, matrix)
    covered = np.zeros(frame.shape[:2], int)
    for box in strips_around(points, matrix, whole(frame)):
        assert not box.is_empty
        covered[box.top : box.bottom, box.left : box.right] += 1
    assert covered.max(initial=0) <= 1
    for x, y in np.round(points.T).astype(int):
        if 0 <= x < 210 and 0 <= y < 180:
            assert covered[y, x] == 1


def test_boxes() -> None:
    box = Box(2, 3, 10, 9)
    assert box.size == (8, 6)
    assert box.grown(2) == Box(0, 1, 12, 11)
    assert box.intersection(Box(5, 0, 20, 5)) == Box(5, 3, 10, 5)
    assert box.intersection(Box(20, 20, 30, 30)).is_empty
    assert Box(5, 5, 7, 7).relative_to(box) == Box(3, 2, 5, 4)
    nowhere = np.zeros((2, 0), np.float32)
    assert box_around(nowhere, similarity(1, (0, 0)), box).is_empty
    assert not list(strips_around(nowhere, similarity(1, (0, 0)), box))
