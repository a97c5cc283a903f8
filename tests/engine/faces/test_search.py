import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.landmarker import FaceLandmarker
from engine.faces.search import distinct_faces, windows
from engine.types import FaceTrack, RGBImage


@given(width=st.integers(1, 3000), height=st.integers(1, 3000))
def test_windows_cover_the_picture_and_overlap(width: int, height: int) -> None:
    for level in windows(width, height):
        assert len({window.side for window in level}) == 1
        for length, starts in ((width, {w.left for w in level}), (height, {w.top for w in level})):
            side = level[0].side
            assert min(starts) == 0
            assert max(starts) == length - side
            steps = np.diff(sorted(starts))
            assert (steps <= side / 2 + 1).all()


def test_one_face_in_two_windows_is_one_face() -> None:
    face = np.random.default_rng(1).uniform(0, 100, (478, 3)).astype(np.float32)
    shifted, far = face + np.float32(4), face + np.array([90, 0, 0], np.float32)
    larger = face * np.float32(1.1)
    kept = distinct_faces([face, far, larger, shifted])
    assert [any(points is other for other in kept) for points in (larger, far, face, shifted)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("size", [(512, 1200), (1300, 1100)])
def test_small_face_in_a_photo_is_found(size: tuple[int, int], astronaut: RGBImage, astronaut_track: FaceTrack) -> None:
    height, width = size
    top, left = height - 512, width - 512
    pixels = np.full((height, width, 3), 128, np.uint8)
    pixels[top:, left:] = astronaut
    with FaceLandmarker("image") as landmarker:
        (track,) = landmarker.detect(pixels)
    expected = astronaut_track.landmarks_px[:, :2] + [left, top]
    assert np.abs(track.landmarks_px[:, :2] - expected).mean() < 2


def test_picture_smaller_than_any_window_shows_no_face() -> None:
    with FaceLandmarker("image") as landmarker:
        assert landmarker.detect(np.zeros((1, 3, 3), np.uint8)) == ()
