import csv
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.action_units import AU_COLUMNS
from engine.faces.alignment import STABLE_LANDMARKS
from engine.media import read_photo
from tests.trainer.footage.made_up import write_picture
from trainer.data.table import read_table
from trainer.personal import poses
from trainer.personal.poses import PARTNERS, bring_into_frame, pair_moments, partners


def moment(number: int, smile: float = 0.0, yaw: float = 0.0, source: str = "me.mp4", **cells: str) -> dict[str, str]:
    """A row of the table: a frame every second."""
    units = {column: str(smile if column == "AU12_r" else 0) for column in AU_COLUMNS}
    place = {"file_name": f"{number}.jpg", "identity": "me", "source": source, "frame": str(30 * number)}
    pose = {"time_s": str(number), "yaw": str(yaw), "pitch": "0", "roll": "0"}
    return {**place, **pose, **units, "kind": "", "group": "", **cells}


def test_partners_have_the_same_pose_and_time_and_another_expression() -> None:
    rows = [
        moment(0),
        moment(1, smile=4),
        moment(2, smile=5),
        moment(3, smile=1),  # hardly another expression
        moment(4, smile=5, yaw=9),  # turned
        moment(90, smile=5),  # much later
        moment(5, smile=5, source="other.mp4"),
    ]
    assert [row["file_name"] for row in partners(rows[0], rows)] == ["2.jpg", "1.jpg"]
    assert len(partners(rows[0], [moment(number % 10, smile=4) for number in range(9)])) == PARTNERS


def test_a_picture_is_brought_to_where_the_other_face_lies() -> None:
    pixels = np.zeros((80, 80, 3), np.uint8)
    pixels[30:34, 20:24] = 255
    landmarks = np.random.default_rng(0).uniform(10, 60, (478, 3)).astype(np.float32)
    elsewhere = landmarks.copy()
    elsewhere[list(STABLE_LANDMARKS), :2] += (15, -5)
    brought = bring_into_frame(pixels, landmarks, np.zeros((70, 90, 3), np.uint8), elsewhere)
    assert brought.shape == (70, 90, 3)
    assert (brought[26:28, 36:38] == 255).all()
    assert brought[30:34, 20:24].max() < 10


@pytest.fixture
def faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four labelled frames, an unlabelled one and a photo; every picture shows the same face."""

    class Landmarker:
        def __init__(self, _mode: str) -> None:
            pass

        def __enter__(self) -> "Landmarker":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def detect(self, _pixels: object) -> list[SimpleNamespace]:
            return [SimpleNamespace(landmarks_px=np.random.default_rng(0).uniform(0, 15, (478, 3)))]

    monkeypatch.setattr(poses, "FaceLandmarker", Landmarker)
    rows = [moment(number, smile=5.0 * (number % 2)) for number in range(4)]
    rows += [moment(4) | dict.fromkeys(AU_COLUMNS, ""), moment(5, frame="", time_s="")]
    for number, row in enumerate(rows):
        write_picture(tmp_path / "train" / row["file_name"], number)
    with (tmp_path / "train" / "metadata.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    return tmp_path


def test_pairs_join_the_split_and_take_the_place_of_earlier_ones(faces: Path) -> None:
    for _ in range(2):
        assert pair_moments(faces, "train", "train", pictures=10) == 8
    images = read_table(faces, "train")
    assert len(images) == 5 + 8
    for group in {image.group for image in images if image.group}:
        members = [image for image in images if image.group == group]
        assert len(members) == 3
        assert {image.intensities.max() for image in members} == {0, 5}
        assert all(read_photo(image.path).pixels.shape == (16, 16, 3) for image in members)


def test_pairs_of_a_split_may_be_one_of_their_own(faces: Path) -> None:
    before = (faces / "train" / "metadata.csv").read_bytes()
    assert pair_moments(faces, "train", "pairs", pictures=2) == 4
    assert (faces / "train" / "metadata.csv").read_bytes() == before
    assert len(read_table(faces, "pairs")) == 2 + 4
