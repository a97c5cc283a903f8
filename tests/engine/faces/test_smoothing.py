from fractions import Fraction

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.faces.reading import FaceParts, FaceReading
from engine.faces.smoothing import REACH_FRAMES, CausalSmoother, ReadFrame, ZeroPhaseSmoother, smoother
from engine.types import FloatArray, Frame
from tests.engine.faces.heads import posed, rotation, stiff_head, track_of

RATE = 30
PIXELS = np.zeros((2, 2, 3), np.uint8)


def head(x: float = 300.0, yaw: float = 0.0) -> FloatArray:
    return posed(stiff_head(), rotation(yaw, 0, 0), 100.0, (x, 200.0, 0.0))


def frames(
    faces: list[FloatArray], intensities: list[float] | None = None, shots: tuple[int, ...] = (0,)
) -> list[ReadFrame]:
    values = intensities or [0.0] * len(faces)
    return [
        ReadFrame(
            Frame(PIXELS, Fraction(index, RATE), index),
            (FaceReading(track_of(face), AUVector.of({12: value})),),
            index in shots,
        )
        for index, (face, value) in enumerate(zip(faces, values, strict=True))
    ]


def smoothed(read: list[ReadFrame], *, is_clip: bool, strength: float = 1.0) -> list[ReadFrame]:
    one = smoother(strength, is_clip=is_clip)
    return [*(ready for frame in read for ready in one.push(frame)), *one.flush()]


def landmarks(read: list[ReadFrame]) -> FloatArray:
    return np.stack([frame.faces[0].track.landmarks_px for frame in read])


def au12(read: list[ReadFrame]) -> list[float]:
    return [frame.faces[0].source[12] for frame in read]


def noisy(count: int) -> list[FloatArray]:
    rng = np.random.default_rng(0)
    return [head() + rng.normal(0, 0.5, (478, 3)).astype(np.float32) for _ in range(count)]


@pytest.mark.parametrize("is_clip", [False, True])
def test_every_frame_comes_once_and_in_order(is_clip: bool) -> None:
    read = frames([head()] * 25, shots=(0, 3, 4, 15))
    result = smoothed(read, is_clip=is_clip)
    assert [item.frame for item in result] == [item.frame for item in read]


def test_only_so_many_frames_are_held_back() -> None:
    held, given = 0, 0
    one = ZeroPhaseSmoother(1.0)
    for index, read in enumerate(frames([head()] * 40), start=1):
        given += len(one.push(read))
        held = max(held, index - given)
    assert held == REACH_FRAMES


@pytest.mark.parametrize("is_clip", [False, True])
def test_strength_0_passes_faces_as_they_are(is_clip: bool) -> None:
    read = frames(noisy(5))
    assert smoothed(read, is_clip=is_clip, strength=0.0) == read


@pytest.mark.parametrize("is_clip", [False, True])
def test_a_face_at_rest_trembles_less(is_clip: bool) -> None:
    read = frames(noisy(60))
    before, after = (landmarks(item)[20:].std(axis=0).mean() for item in (read, smoothed(read, is_clip=is_clip)))
    assert after < 0.6 * before


@pytest.mark.parametrize("is_clip", [False, True])
def test_a_face_that_does_not_change_stays_where_it_is(is_clip: bool) -> None:
    result = smoothed(frames([head(yaw=20)] * 10, [1.5] * 10), is_clip=is_clip)
    np.testing.assert_allclose(landmarks(result), np.stack([head(yaw=20)] * 10), atol=1e-2)
    assert au12(result) == pytest.approx([1.5] * 10)


def test_a_moving_head_does_not_lag_in_a_clip() -> None:
    moving = [head(x=300 + 8 * index, yaw=index) for index in range(30)]
    result = landmarks(smoothed(frames(moving), is_clip=True))
    assert np.abs(result - np.stack(moving))[REACH_FRAMES:-REACH_FRAMES].max() < 0.2


def test_a_moving_head_lags_little_live() -> None:
    moving = [head(x=300 + 8 * index) for index in range(30)]
    result = landmarks(smoothed(frames(moving), is_clip=False))
    assert np.abs(result - np.stack(moving))[10:, :, :2].max() < 3


def test_smoothing_a_clip_has_no_direction() -> None:
    """Played backwards, the result is that of the clip played backwards: zero phase."""
    values = list(np.random.default_rng(3).uniform(0, 5, 20))
    forward = au12(smoothed(frames([head()] * 20, values), is_clip=True))
    backward = au12(smoothed(frames([head()] * 20, values[::-1]), is_clip=True))
    assert forward == pytest.approx(backward[::-1])


def test_a_blink_stays_a_blink_in_a_clip() -> None:
    values = [0.0] * 10 + [2.5, 5.0, 2.5] + [0.0] * 10
    assert max(au12(smoothed(frames([head()] * 23, values), is_clip=True))) > 4.5


@pytest.mark.parametrize("is_clip", [False, True])
def test_nothing_is_smoothed_across_a_cut(is_clip: bool) -> None:
    values = [1.0] * 8 + [1.4] * 8
    result = au12(smoothed(frames([head()] * 16, values, shots=(0, 8)), is_clip=is_clip))
    assert result == pytest.approx(values)


def test_live_frames_are_never_held_back() -> None:
    one = CausalSmoother(1.0)
    assert [len(one.push(read)) for read in frames([head()] * 5)] == [1] * 5
    assert one.flush() == []


def test_the_parts_of_a_face_make_the_face() -> None:
    face = FaceReading(track_of(head(yaw=25)), AUVector.of({12: 2.0}))
    parts = FaceParts.of(face).in_unit(33.0)
    np.testing.assert_allclose(parts.landmarks_px(), face.track.landmarks_px, atol=1e-2)
    assert face.with_parts(parts).source == face.source
