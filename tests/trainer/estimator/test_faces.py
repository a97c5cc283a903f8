import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from trainer.estimator import faces as faces_module
from trainer.estimator.faces import load_faces


@pytest.fixture
def dataset(tmp_path: Path, root: Path) -> Path:
    """Four pictures of the demo photo: neutral (by its label), a render, a posed smile, and one without a face."""
    folder = tmp_path / "data" / "train"
    folder.mkdir(parents=True)
    photo = cv2.imread(str(root / "assets" / "demo" / "astronaut.jpg"))
    assert photo is not None
    for name in ("neutral", "render", "smile"):
        cv2.imwrite(str(folder / f"{name}.jpg"), photo)
    cv2.imwrite(str(folder / "wall.jpg"), np.full((200, 200, 3), 120, np.uint8))
    labels = {"neutral": "0", "render": "2.5", "smile": "", "wall": "1"}
    with (folder / "metadata.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file_name", "identity", "kind", "group", *AU_COLUMNS])
        for name, value in labels.items():
            kind = "smile_real" if name == "smile" else name
            group = "a" if name == "render" else ""
            writer.writerow([f"{name}.jpg", "ann", kind, group, *[value] * len(AU_COLUMNS)])
    return tmp_path / "data"


def test_faces_of_a_split(dataset: Path, tmp_path: Path) -> None:
    faces = load_faces(dataset, "train", tmp_path / "cache")
    assert faces.are_labelled.tolist() == [True, True, False]
    assert faces.are_neutral.tolist() == [True, False, False]
    assert faces.groups.tolist() == ["", "a", ""]
    assert set(faces.people) == {"ann"}
    np.testing.assert_allclose(faces.points[0], faces.points[1], atol=1e-6)


def test_landmarks_are_found_once(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_faces(dataset, "train", tmp_path / "cache")

    def refuse(*_: object) -> None:
        raise AssertionError("landmarks were looked for again")

    monkeypatch.setattr(faces_module, "_find_landmarks", refuse)
    np.testing.assert_array_equal(load_faces(dataset, "train", tmp_path / "cache").points, first.points)
    table = dataset / "train" / "metadata.csv"
    table.write_text(table.read_text().replace("2.5", "3.5"))
    with pytest.raises(AssertionError, match="looked for again"):
        load_faces(dataset, "train", tmp_path / "cache")


def test_damaged_picture_is_an_error(dataset: Path, tmp_path: Path) -> None:
    (dataset / "train" / "render.jpg").write_bytes(b"not a picture")
    with pytest.raises(MediaError, match=r"render\.jpg"):
        load_faces(dataset, "train", tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*"))
