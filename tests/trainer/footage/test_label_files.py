from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from trainer.footage.label_files import read_label_files

ZEROS = ", ".join(["0"] * len(AU_COLUMNS))
HEADER = ", ".join(AU_COLUMNS)


def line(prefix: str, smile: str = "0") -> str:
    return ", ".join([prefix, *(smile if column == "AU12_r" else "0" for column in AU_COLUMNS)])


def write(path: Path, header: str, *lines: str) -> Path:
    path.write_text("\n".join([f"{header}, {HEADER}, AU12_c", *(f"{one}, 1" for one in lines)]) + "\n")
    return path


def smile(folder: Path, row: dict[str, str]) -> float | None:
    found = read_label_files(folder).of(row)
    return None if found is None else float(found[AU_COLUMNS.index("AU12_r")])


def test_openface_of_a_video_is_matched_by_file_and_frame(tmp_path: Path) -> None:
    header = "frame, face_id, timestamp, confidence, success"
    write(
        tmp_path / "Clip.csv",
        header,
        line("1, 0, 0.00, 0.98, 1", "1"),
        line("2, 0, 0.04, 0.98, 1", "2"),
        line("3, 0, 0.08, 0.20, 1", "3"),
        line("4, 0, 0.12, 0.98, 0", "4"),
        line("5, 1, 0.16, 0.60, 1", "5"),
        line("5, 0, 0.16, 0.90, 1", "4.5"),
    )
    labels = read_label_files(tmp_path)
    assert labels.uncertain == 2
    row = {"file_name": "clip_000001_ab.jpg", "source": "clip.mp4"}
    assert smile(tmp_path, {**row, "frame": "0"}) == 1
    assert smile(tmp_path, {**row, "frame": "1"}) == 2
    assert smile(tmp_path, {**row, "frame": "2"}) is None
    assert smile(tmp_path, {**row, "frame": "4"}) == 4.5
    assert smile(tmp_path, {**row, "source": "other.mp4", "frame": "0"}) is None


def test_openface_of_pictures_is_matched_by_the_files_name(tmp_path: Path) -> None:
    write(tmp_path / "holiday.csv", "face, confidence", line("0, 0.7", "1"), line("1, 0.9", "2"))
    assert smile(tmp_path, {"file_name": "ann_holiday_ab.jpg", "source": "holiday.JPG", "frame": ""}) == 2
    assert smile(tmp_path, {"file_name": "holiday.jpg"}) == 2


def test_a_table_of_ones_own_names_its_pictures(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "file_name, frame", line("a.jpg,", "1"), line("clip.mp4, 7", "3"))
    assert smile(path, {"file_name": "x.jpg", "source": "a.jpg", "frame": ""}) == 1
    assert smile(path, {"file_name": "x.jpg", "source": "clip.mp4", "frame": "6"}) == 3


def test_wrong_columns_are_named_with_the_nearest_match(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"file_name,{HEADER.replace('AU12_r', 'AU12')}\na.jpg,{ZEROS}\n")
    with pytest.raises(MediaError, match=r"mine\.csv lacks the column AU12_r") as caught:
        read_label_files(path)
    assert caught.value.remedy == "Rename 'AU12' to 'AU12_r'."
    path.write_text("name,smile\n")
    with pytest.raises(MediaError, match=r"lacks the columns AU01_r, AU02_r") as caught:
        read_label_files(path)
    assert "it has name, smile" in caught.value.remedy
    path.write_text("")
    with pytest.raises(MediaError, match="is empty"):
        read_label_files(path)


def test_wrong_values_are_named_together_with_their_lines_or_clipped(tmp_path: Path) -> None:
    lines = [line(f"{name}.jpg", value) for name, value in zip("abcde", ("5.4", "-1", "nan", "much", "9"), strict=True)]
    path = write(tmp_path / "mine.csv", "file_name", *lines)
    with pytest.raises(MediaError) as caught:
        read_label_files(path)
    message = caught.value.message
    assert "line 2: AU12_r is 5.4, outside 0..5" in message
    assert "line 4: AU12_r is 'nan', not a number; and 2 more." in message
    with pytest.raises(MediaError, match=r"line 4: .*line 5: "):
        read_label_files(path, clip=True)
    clipped = read_label_files(write(path, "file_name", lines[0], lines[1]), clip=True)
    assert clipped.clipped == 2
    assert [float(values.max()) for values in clipped.intensities.values()] == [5, 0]
    assert all(values.dtype == np.float32 for values in clipped.intensities.values())


def test_a_frame_that_is_no_number_and_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no CSV file in"):
        read_label_files(tmp_path)
    write(tmp_path / "a.csv", "file_name, frame", line("a.mp4, first"))
    with pytest.raises(MediaError, match="line 2: frame is 'first'"):
        read_label_files(tmp_path)
