"""The cache of crops, with drawn pictures in place of MediaPipe's work; `test_aligning` tests that."""

import os
from collections.abc import Generator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from engine.faces.alignment import DEFAULT_TEMPLATE, CropTemplate
from trainer.data import aligning
from trainer.data import crops as crops_module
from trainer.data.aligning import AlignedPart, AlignedPicture
from trainer.data.crops import load_crops
from trainer.data.table import LabelledImage

PEOPLE = ("cid", "ann", "bob", "ann")
GROUPS = ("", "ann_g", "", "ann_g")


class Aligner:
    """Stands in for `align_pictures`: each crop is full of its picture's number; the faceless rows are left out."""

    def __init__(self) -> None:
        self.calls = 0
        self.faceless: set[int] = set()
        self.unreadable: set[int] = set()
        self.fault: Exception | None = None

    def __call__(self, images: Sequence[LabelledImage], template: CropTemplate) -> Generator[AlignedPart]:
        self.calls += 1
        size = template.size_px
        for row in range(len(images)):
            crop = np.full((size, size, 3), row, np.uint8)
            left_out = self.faceless | self.unreadable
            aligned = [] if row in left_out else [AlignedPicture(row, crop)]
            yield AlignedPart(1, aligned, [row] if row in self.unreadable else [])
            if self.fault is not None:
                raise self.fault


@pytest.fixture
def aligner(monkeypatch: pytest.MonkeyPatch) -> Aligner:
    fake = Aligner()
    monkeypatch.setattr(aligning, "align_pictures", fake)
    return fake


@pytest.fixture
def data(tmp_path: Path) -> Path:
    split = tmp_path / "data" / "train"
    split.mkdir(parents=True)
    lines = [f"file_name,identity,group,{','.join(AU_COLUMNS)}"]
    for row, (person, group) in enumerate(zip(PEOPLE, GROUPS, strict=True)):
        cv2.imwrite(str(split / f"{row}.png"), np.zeros((4, 4, 3), np.uint8))
        lines.append(",".join([f"{row}.png", person, group, str(row), *["0"] * 16]))
    (split / "metadata.csv").write_text("\n".join(lines) + "\n")
    return tmp_path / "data"


def test_it_joins_crops_and_labels(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    crops = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert crops.crops.shape == (4, 128, 128, 3)
    assert crops.crops.dtype == np.uint8
    assert crops.crops[:, 0, 0, 0].tolist() == [0, 1, 2, 3]
    assert crops.intensities[:, 0].tolist() == [0, 1, 2, 3]
    assert crops.identity_names == ("ann", "bob", "cid")
    assert crops.identities.tolist() == [2, 0, 1, 0]
    assert crops.groups.tolist() == [-1, 0, -1, 0]
    assert crops.without_face == ()


def test_pictures_without_a_face_are_left_out_and_named(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    aligner.faceless = {0, 3}
    made = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    again = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    for crops in (made, again):
        assert crops.crops[:, 0, 0, 0].tolist() == [1, 2]
        assert crops.identity_names == ("ann", "bob")
        assert crops.groups.tolist() == [0, -1]
        assert crops.without_face == ("0.png", "3.png")


def test_damaged_pictures_are_left_out_and_named_apart(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    aligner.faceless, aligner.unreadable = {0}, {2}
    for _ in range(2):
        crops = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
        assert crops.crops[:, 0, 0, 0].tolist() == [1, 3]
        assert (crops.without_face, crops.unreadable) == (("0.png",), ("2.png",))


def test_a_picture_that_has_gone_since_is_told(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    (data / "train" / "1.png").unlink()
    with pytest.raises(MediaError, match=r"line 3: the picture .*1\.png does not exist"):
        load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")


def test_crops_made_before_are_found_without_reading_the_table(
    data: Path, tmp_path: Path, aligner: Aligner, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    monkeypatch.setattr(crops_module, "read_table", None)
    second = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert first.identity_names == second.identity_names
    for column in ("intensities", "identities", "groups"):
        assert np.array_equal(getattr(first, column), getattr(second, column))


def test_a_split_without_any_face_is_an_error_that_leaves_nothing(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    aligner.faceless = {0, 1, 2, 3}
    with pytest.raises(MediaError, match="No face was found in any of 4 pictures"):
        load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_crops_made_before_are_taken(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    first, second = (load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache") for _ in range(2))
    assert aligner.calls == 1
    assert np.array_equal(first.crops, second.crops)
    assert isinstance(second.crops, np.memmap)


def test_another_template_a_changed_table_and_a_newer_picture_are_aligned_anew(
    data: Path, tmp_path: Path, aligner: Aligner
) -> None:
    cache = tmp_path / "cache"
    load_crops(data, "train", DEFAULT_TEMPLATE, cache)
    load_crops(data, "train", CropTemplate(size_px=64), cache)
    assert aligner.calls == 2
    table = data / "train" / "metadata.csv"
    table.write_text(table.read_text().replace("bob", "bea"))
    assert load_crops(data, "train", DEFAULT_TEMPLATE, cache).identity_names == ("ann", "bea", "cid")
    assert aligner.calls == 3
    (index,) = [path for path in cache.glob("*/index.npz") if path.stat().st_mtime == _newest(cache)]
    os.utime(data / "train" / "2.png", (index.stat().st_mtime + 10,) * 2)
    load_crops(data, "train", DEFAULT_TEMPLATE, cache)
    assert aligner.calls == 4


def _newest(cache: Path) -> float:
    return max(path.stat().st_mtime for path in cache.glob("*/index.npz"))


@pytest.mark.parametrize("file", ["crops.npy", "index.npz"])
def test_damaged_crops_are_made_anew(data: Path, tmp_path: Path, aligner: Aligner, file: str) -> None:
    load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    (path,) = (tmp_path / "cache").glob(f"*/{file}")
    path.write_bytes(path.read_bytes()[:100])
    assert len(load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache").crops) == 4
    assert aligner.calls == 2


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), MediaError("3.png is damaged.")])
def test_an_abort_leaves_nothing_behind(data: Path, tmp_path: Path, aligner: Aligner, fault: Exception) -> None:
    aligner.fault = fault
    with pytest.raises(type(fault)):
        load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_another_training_has_finished_meanwhile_is_taken(
    data: Path, tmp_path: Path, aligner: Aligner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(images: Sequence[LabelledImage], template: CropTemplate) -> Generator[AlignedPart]:
        monkeypatch.setattr(aligning, "align_pictures", aligner)
        load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
        yield from aligner(images, template)
        raise OSError(39, "Directory not empty")

    monkeypatch.setattr(aligning, "align_pictures", overtaken)
    crops = load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert crops.crops[:, 0, 0, 0].tolist() == [0, 1, 2, 3]
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_an_error_with_a_remedy(data: Path, tmp_path: Path, aligner: Aligner) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with pytest.raises(MediaError, match="cannot be kept in") as caught:
        load_crops(data, "train", DEFAULT_TEMPLATE, tmp_path / "cache")
    assert "disk space" in caught.value.remedy
