import csv
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AU_COLUMNS, AU_COUNT, au_index
from engine.errors import MediaError
from engine.types import FaceTrack, HeadPose
from tests.trainer.footage.made_up import write_picture
from trainer.footage import estimating, labelling
from trainer.footage.distribution import hardly_varying
from trainer.footage.labelling import label

HEADER = ",".join(AU_COLUMNS)


def dataset(folder: Path, people: int = 2, pictures: int = 3) -> Path:
    for split, first in (("train", 0), ("test", people)):
        lines = ["file_name,identity,mine"]
        for person in range(first, first + people):
            for number in range(pictures):
                name = f"p{person}_{number}.jpg"
                write_picture(folder / split / name, number)
                lines.append(f"{name},p{person},kept")
        (folder / split / "metadata.csv").write_text("\n".join(lines) + "\n")
    return folder


def labels_of(folder: Path, *names: str, smile: float = 0) -> Path:
    values = ",".join(str(smile) if column == "AU12_r" else "0" for column in AU_COLUMNS)
    path = folder / "labels.csv"
    path.write_text("\n".join([f"file_name,{HEADER}", *(f"{name},{values}" for name in names)]) + "\n")
    return path


def rows(folder: Path, split: str) -> list[dict[str, str]]:
    with (folder / split / "metadata.csv").open() as file:
        return list(csv.DictReader(file))


def test_labels_of_a_file_fill_the_table_and_are_drawn(tmp_path: Path) -> None:
    data = dataset(tmp_path / "data")
    labelled = label(data, labels_of(tmp_path, "p0_0.jpg", "p0_1.jpg", "p2_0.jpg", smile=2))
    assert (labelled.new, labelled.earlier) == (3, 0)
    assert labelled.remarks == ("Pictures in no line of the CSV, which stay unlabelled: 9.",)
    assert [row["AU12_r"] for row in rows(data, "train")] == ["2.000", "2.000", "", "", "", ""]
    assert {row["mine"] for row in rows(data, "train")} == {"kept"}
    assert set(labelled.weak) >= {12, 45}
    assert labelled.plot.read_bytes().startswith(b"\x89PNG")


def test_labels_that_are_there_stay_unless_asked_for_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "write_distribution", lambda *_: None)
    data = dataset(tmp_path / "data")
    everything = [f"p{person}_{number}.jpg" for person in range(4) for number in range(3)]
    label(data, labels_of(tmp_path, *everything, smile=1))
    again = label(data, labels_of(tmp_path, *everything, smile=3))
    assert (again.new, again.earlier) == (0, 12)
    assert rows(data, "test")[0]["AU12_r"] == "1.000"
    assert label(data, labels_of(tmp_path, *everything, smile=3), anew=True).new == 12
    assert rows(data, "test")[0]["AU12_r"] == "3.000"


def test_files_about_other_pictures_are_refused_with_a_name_of_each(tmp_path: Path) -> None:
    data = dataset(tmp_path / "data")
    with pytest.raises(MediaError, match=r"it tells of 'stranger', the dataset of 'p0_0\.jpg'"):
        label(data, labels_of(tmp_path, "stranger.jpg"))


def test_a_folder_without_tables_and_one_in_which_nothing_is_labelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MediaError, match=r"has no train/metadata\.csv"):
        label(tmp_path)
    monkeypatch.setattr(estimating, "_find", lambda paths: ["" for _ in paths])
    with pytest.raises(MediaError, match=r"could be labelled\. Pictures without a face, .*, 12: p0_0"):
        label(dataset(tmp_path / "data"), workers=1)


def test_estimates_need_a_face_that_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = dataset(tmp_path / "data", people=1)
    (data / "train" / "p0_1.jpg").write_bytes(b"damaged")

    class Landmarker:
        def __init__(self, mode: str) -> None:
            self.mode = mode

        def __enter__(self) -> "Landmarker":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def detect(self, pixels: np.ndarray) -> tuple[FaceTrack, ...]:
            rng = np.random.default_rng(int(pixels.sum()))
            landmarks = rng.normal(0, 40, (478, 3)).astype(np.float32)
            return (FaceTrack(0, landmarks, (0, 0, 1, 1), HeadPose(0, 0, 0), 1.0),)

    monkeypatch.setattr(estimating, "FaceLandmarker", Landmarker)
    monkeypatch.setattr(labelling, "write_distribution", lambda *_: None)
    (data / "test" / "metadata.csv").write_text("file_name,identity\np1_0.jpg,p1\n")
    labelled = label(data, workers=1)
    assert labelled.new == 3
    assert labelled.remarks == (
        "Pictures that cannot be read, which stay unlabelled, 1: p0_1.jpg.",
        "People with a single picture, which hardly tells expression from build, 1: p1.",
    )
    values = np.array([float(row[column]) for row in rows(data, "test") for column in AU_COLUMNS])
    assert ((values >= 0) & (values <= 5)).all()


def test_an_action_unit_that_is_seldom_strong_varies_enough() -> None:
    intensities = np.zeros((100, AU_COUNT), np.float32)
    intensities[:3, au_index(9)] = 3
    intensities[:, au_index(12)] = 4
    weak = hardly_varying(intensities)
    assert 9 not in weak
    assert 12 in weak
