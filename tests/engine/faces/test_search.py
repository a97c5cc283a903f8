import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.landmarker import FaceLandmarker
from engine.faces.search import distinct_faces, windows, with_smaller_faces
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


def test_small_faces_beside_a_large_one_are_found(astronaut: RGBImage) -> None:
    head = astronaut[:300, 100:360]
    group = np.full((1080, 1920, 3), 110, np.uint8)
    for scale, left, top in ((3.0, 100, 60), (0.9, 1150, 150), (0.75, 1400, 480), (0.65, 1650, 780)):
        face = cv2.resize(head, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        group[top : top + face.shape[0], left : left + face.shape[1]] = face
    with FaceLandmarker("image", 4) as landmarker:
        plain, tracks = landmarker.detect(group), landmarker.detect_closely(group)
    assert len(plain) == 1
    assert [track.id for track in tracks] == [0, 1, 2, 3]
    assert np.array_equal(tracks[0].landmarks_px, plain[0].landmarks_px)
    assert [track.box_px[0] // 100 for track in tracks[1:]] == [12, 14, 17]


def test_looking_closely_at_a_portrait_finds_nothing_more(astronaut: RGBImage) -> None:
    with FaceLandmarker("image", 4) as landmarker:
        (plain,), (close,) = landmarker.detect(astronaut), landmarker.detect_closely(astronaut)
        assert np.array_equal(plain.landmarks_px, close.landmarks_px)
        assert landmarker.detect_closely(np.full((300, 400, 3), 90, np.uint8)) == ()


def test_what_a_window_cuts_off_a_face_is_no_face() -> None:
    face = np.random.default_rng(1).uniform(0, 100, (478, 3)).astype(np.float32)
    part, beside = face * np.float32(0.3) + np.float32(5), face * np.float32(0.3) + np.array([90, 0, 0], np.float32)
    kept = with_smaller_faces([face], [part, beside, face + np.float32(3)])
    assert len(kept) == 2
    assert kept[0] is face
    assert kept[1] is beside
