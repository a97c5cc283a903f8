import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.alignment import (
    DEFAULT_TEMPLATE,
    STABLE_LANDMARKS,
    CropTemplate,
    align,
    fit_similarity,
    invert_affine,
    transform_points,
    warp_crop,
)
from engine.types import FaceTrack, RGBImage


@given(
    angle=st.floats(-np.pi, np.pi),
    scale=st.floats(0.05, 20),
    shift=st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000)),
)
def test_fit_recovers_a_similarity(angle: float, scale: float, shift: tuple[float, float]) -> None:
    points = np.random.default_rng(3).normal(0, 50, (9, 2))
    rotation = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    truth = np.column_stack([rotation, shift])
    fit = fit_similarity(points, transform_points(truth, points))
    np.testing.assert_allclose(fit, truth, atol=1e-6)
    np.testing.assert_allclose(transform_points(invert_affine(fit), transform_points(fit, points)), points, atol=1e-6)


def test_fit_never_mirrors() -> None:
    points = np.random.default_rng(4).normal(0, 50, (9, 2))
    fit = fit_similarity(points, points * [-1, 1])
    assert np.linalg.det(fit[:, :2]) >= 0


def test_stable_landmarks_land_on_the_template(astronaut: RGBImage, astronaut_track: FaceTrack) -> None:
    face = align(astronaut, astronaut_track)
    landed = transform_points(face.frame_to_crop, astronaut_track.landmarks_px[list(STABLE_LANDMARKS), :2])
    assert np.linalg.norm(landed - DEFAULT_TEMPLATE.points_px, axis=1).max() < 4
    assert face.crop.shape == (128, 128, 3)
    assert face.crop.dtype == np.uint8
    assert not face.crop.flags.writeable


def test_one_alignment_of_several_pictures_lies_between_theirs(astronaut_track: FaceTrack) -> None:
    first = astronaut_track.landmarks_px
    second = first + np.array([6, 0, 0], np.float32)
    common = DEFAULT_TEMPLATE.frame_to_crop_of_all([first, second])
    centres = [transform_points(common, points[list(STABLE_LANDMARKS), :2]).mean(axis=0) for points in (first, second)]
    np.testing.assert_allclose(np.mean(centres, axis=0), DEFAULT_TEMPLATE.points_px.mean(axis=0), atol=1e-3)


@pytest.mark.parametrize("enlargement", [1, 2, 3, 8])
def test_crop_does_not_depend_on_the_size_of_the_frame(enlargement: int) -> None:
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 256, (12, 12, 3)).astype(np.uint8)
    frame = coarse.repeat(16, axis=0).repeat(16, axis=1)
    big = frame.repeat(enlargement, axis=0).repeat(enlargement, axis=1)
    to_crop = np.array([[0.5, 0.0, -10.25], [0.0, 0.5, -10.25]])
    scaled = to_crop / enlargement
    # Pixel centres at integers: pixel i of the frame covers (i + 0.5) * enlargement - 0.5 of the enlarged one.
    scaled[:, 2] = to_crop[:, 2] + to_crop[:, :2].sum(axis=1) * (1 / enlargement - 1) / 2
    difference = np.abs(warp_crop(big, scaled, 64).astype(int) - warp_crop(frame, to_crop, 64))
    assert difference.mean() < 2.5


def test_pixels_beyond_the_frame_repeat_its_border() -> None:
    frame = np.zeros((20, 20, 3), np.uint8)
    frame[:, -1] = (200, 100, 50)
    crop = warp_crop(frame, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), 32)
    assert (crop[:, 20:] == (200, 100, 50)).all()


def test_template_scales_with_its_size() -> None:
    doubled = CropTemplate(size_px=256, eye_distance_px=76.0, eye_centre_px=(127.5, 85.5))
    np.testing.assert_allclose(doubled.points_px + 0.5, 2 * (DEFAULT_TEMPLATE.points_px + 0.5))
