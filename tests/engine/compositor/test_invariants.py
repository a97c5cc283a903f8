"""What holds in every mode, on a real face with pictures that a generator could have made."""

import cv2
import numpy as np
import pytest

from engine.compositor import MODES, Compositor, GeneratedPair, compositor
from engine.errors import PipelineError, ProjectError
from engine.faces.alignment import align
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.types import AlignedFace, FloatArray, RGBImage


@pytest.fixture(scope="module")
def portrait(request: pytest.FixtureRequest) -> RGBImage:
    root = request.config.rootpath
    return read_photo(root / "assets" / "demo" / "astronaut.jpg").shown()


def face_of(pixels: RGBImage) -> AlignedFace:
    with FaceLandmarker("image") as landmarker:
        return align(pixels, landmarker.detect(pixels)[0])


@pytest.fixture(scope="module")
def face(portrait: RGBImage) -> AlignedFace:
    return face_of(portrait)


def soft(face: AlignedFace) -> FloatArray:
    """The crop as a generator would draw it, blurred."""
    return cv2.GaussianBlur(face.crop.astype(np.float32) / np.float32(255), (0, 0), 1.5).astype(np.float32)


def pair(face: AlignedFace) -> GeneratedPair:
    """The mouth region moves down by four pixels and darkens."""
    source = soft(face)
    target = source.copy()
    target[84:118, 34:94] = source[80:114, 34:94] * np.float32(0.8)
    return GeneratedPair(source, cv2.GaussianBlur(target, (0, 0), 1.0).astype(np.float32))


@pytest.fixture(params=MODES)
def merge(request: pytest.FixtureRequest) -> Compositor:
    return compositor(request.param)


def test_far_from_the_face_every_pixel_is_untouched_and_the_face_changes(
    merge: Compositor, portrait: RGBImage, face: AlignedFace
) -> None:
    before = portrait.copy()
    result = merge.composite(portrait, face, pair(face))
    assert np.array_equal(portrait, before)
    assert (result.dtype, result.shape) == (portrait.dtype, portrait.shape)
    corners = np.array([[-0.5, -0.5], [127.5, -0.5], [127.5, 127.5], [-0.5, 127.5]])
    to_frame = cv2.invertAffineTransform(face.frame_to_crop)
    left, top = np.floor((corners @ to_frame[:, :2].T + to_frame[:, 2]).min(axis=0)).astype(int)
    right, bottom = np.ceil((corners @ to_frame[:, :2].T + to_frame[:, 2]).max(axis=0)).astype(int)
    changed = (result != portrait).any(axis=2)
    inside = np.zeros_like(changed)
    inside[max(top, 0) : bottom + 1, max(left, 0) : right + 1] = True
    assert not (changed & ~inside).any()
    assert changed.sum() > 500


def test_the_same_input_gives_the_same_bytes(merge: Compositor, portrait: RGBImage, face: AlignedFace) -> None:
    first, second = (merge.composite(portrait, face, pair(face)) for _ in range(2))
    assert np.array_equal(first, second)


def test_equal_pictures_give_the_frame_back(portrait: RGBImage, face: AlignedFace) -> None:
    source = soft(face)
    result = compositor("detail").composite(portrait, face, GeneratedPair(source, source.copy()))
    assert np.array_equal(result, portrait)


def test_a_small_change_of_the_pictures_is_a_small_change_of_the_result(
    merge: Compositor, portrait: RGBImage, face: AlignedFace
) -> None:
    made = pair(face)
    noise = np.random.default_rng(0).normal(0, 0.001, made.target.shape).astype(np.float32)
    near = GeneratedPair(made.source, (made.target + noise).astype(np.float32))
    first, second = (merge.composite(portrait, face, each).astype(np.int16) for each in (made, near))
    assert np.abs(first - second).mean() < 0.2


@pytest.mark.parametrize("cut", [(slice(60, None), slice(None)), (slice(None), slice(200, None))])
def test_a_face_cut_by_the_frame_is_composited(merge: Compositor, portrait: RGBImage, cut: tuple[slice, slice]) -> None:
    rows, columns = cut
    whole = face_of(portrait)
    part = np.ascontiguousarray(portrait[rows, columns])
    moved = whole.frame_to_crop.copy()
    moved[:, 2] += moved[:, :2] @ (columns.start or 0, rows.start or 0)
    landmarks = whole.track.landmarks_px - np.array([columns.start or 0, rows.start or 0, 0], np.float32)
    track = type(whole.track)(0, landmarks, whole.track.box_px, whole.track.pose, 1.0)
    result = merge.composite(part, AlignedFace(track, moved, whole.crop), pair(whole))
    assert result.shape == part.shape
    assert not np.array_equal(result, part)


def test_an_opened_mouth_follows_the_picture_below_the_lips(portrait: RGBImage, face: AlignedFace) -> None:
    result = compositor("detail").composite(portrait, face, pair(face))
    moved = align(result, face.track).crop.astype(np.int16) - face.crop
    mouth, forehead = np.abs(moved[84:112, 40:88]).mean(), np.abs(moved[10:30, 40:88]).mean()
    assert mouth > 4 * max(forehead, 0.5)


def test_pictures_that_are_not_finite_are_refused(face: AlignedFace) -> None:
    broken = soft(face)
    broken[0, 0, 0] = np.nan
    with pytest.raises(PipelineError, match="not finite"):
        GeneratedPair(soft(face), broken)


def test_an_unknown_mode_names_the_nearest() -> None:
    with pytest.raises(ProjectError, match="'detial'") as caught:
        compositor("detial")
    assert "'detail'" in caught.value.remedy
