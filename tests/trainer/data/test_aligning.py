"""MediaPipe on real pictures."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.faces.landmarker import FaceLandmarker
from trainer.data import aligning
from trainer.data.aligning import align_pictures
from trainer.data.table import LabelledImage, read_table

NEUTRAL = np.zeros(17, np.float32)


@pytest.fixture
def images(shared: Path) -> tuple[LabelledImage, ...]:
    data = shared / "data" / "puppets"
    if not data.is_dir():
        pytest.skip(f"{data} is absent")
    return read_table(data, "test")[:6]


def test_pictures_of_a_group_share_an_alignment_and_only_the_face_moves(images: tuple[LabelledImage, ...]) -> None:
    group = [image for image in images if image.group == images[-1].group]
    assert len(group) > 1
    ((count, aligned, unreadable),) = align_pictures(group, DEFAULT_TEMPLATE)
    assert (count, unreadable) == (len(group), [])
    assert [picture.row for picture in aligned] == list(range(len(group)))
    first, second = (picture.crop.astype(float) for picture in aligned[:2])
    assert first.shape == (128, 128, 3)
    background = np.s_[:8, :8]
    assert np.abs(first[background] - second[background]).mean() < 2


def test_crops_are_rgb_with_the_eyes_where_the_template_wants_them(images: tuple[LabelledImage, ...]) -> None:
    ((_, [picture], _),) = align_pictures(images[:1], DEFAULT_TEMPLATE)
    skin = picture.crop[80:90, 40:50].reshape(-1, 3).mean(axis=0)
    assert skin[0] > skin[1] > skin[2]  # red, green, blue
    with FaceLandmarker("image") as landmarker:
        (track,) = landmarker.detect(picture.crop)
    eyes = track.landmarks_px[[33, 133, 362, 263], :2].mean(axis=0)
    assert eyes == pytest.approx(DEFAULT_TEMPLATE.eye_centre_px, abs=2)


def test_a_picture_without_a_face_is_left_out_and_what_is_no_picture_is_told_apart(
    images: tuple[LabelledImage, ...], tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((64, 64, 3), 128, np.uint8))
    wall = LabelledImage(tmp_path / "wall.png", "nobody", "", NEUTRAL)
    whole = images[1].path.read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[:200])
    cut = LabelledImage(tmp_path / "cut.jpg", "nobody", "", NEUTRAL)
    (tmp_path / "text.jpg").write_text("not a picture")
    text = LabelledImage(tmp_path / "text.jpg", "nobody", "", NEUTRAL)
    ((count, aligned, unreadable),) = align_pictures([wall, images[0], cut, text], DEFAULT_TEMPLATE)
    assert count == 4
    assert [picture.row for picture in aligned] == [1]
    assert unreadable == [2, 3]


def test_processes_do_what_one_does_and_write_nothing_to_the_terminal(
    images: tuple[LabelledImage, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ((_, alone, _),) = align_pictures(images, DEFAULT_TEMPLATE)
    monkeypatch.setattr(aligning, "_CHUNK_PICTURES", 1)
    parts = list(align_pictures(images, DEFAULT_TEMPLATE))
    assert len(parts) > 1
    assert sum(part.looked_at for part in parts) == len(images)
    together = [picture for part in parts for picture in part.aligned]
    assert [picture.row for picture in together] == [picture.row for picture in alone]
    assert all(np.array_equal(a.crop, b.crop) for a, b in zip(alone, together, strict=True))
    assert capfd.readouterr() == ("", "")
