import csv
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from trainer.data.table import read_rows, read_table

NEUTRAL = dict.fromkeys(AU_COLUMNS, "0")


def dataset(
    folder: Path, *rows: dict[str, str], columns: tuple[str, ...] | None = None, encoding: str = "utf-8"
) -> Path:
    """A training split of empty files; returns the dataset's folder."""
    split = folder / "train"
    split.mkdir(exist_ok=True)
    for row in rows:
        (split / row["file_name"]).touch()
    with (split / "metadata.csv").open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, columns or ("file_name", "identity", "group", *AU_COLUMNS))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_a_row_is_a_picture_with_its_person_group_and_intensities(tmp_path: Path) -> None:
    smile = {"file_name": "b.jpg", "identity": "ann", "group": "g", **NEUTRAL, "AU12_r": "3.5", "AU45_r": "5"}
    (image,) = read_table(dataset(tmp_path, smile), "train")
    assert image.path == tmp_path / "train" / "b.jpg"
    assert (image.identity, image.group) == ("ann", "g")
    assert image.intensities.dtype == np.float32
    assert image.intensities[8] == 3.5
    assert image.intensities[16] == 5
    assert image.intensities.sum() == 8.5


def test_rows_without_labels_are_left_out(tmp_path: Path) -> None:
    labelled = {"file_name": "a.jpg", "identity": "ann", **NEUTRAL}
    real_smile = {"file_name": "b.jpg", "identity": "ann", **dict.fromkeys(AU_COLUMNS, "")}
    images = read_table(dataset(tmp_path, real_smile, labelled), "train")
    assert [image.path.name for image in images] == ["a.jpg"]
    assert images[0].group == ""


def test_the_group_column_is_optional_and_a_spreadsheets_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    row = {"file_name": "a.jpg", "identity": "ann", **NEUTRAL}
    columns = ("file_name", "identity", *AU_COLUMNS)
    (image,) = read_table(dataset(tmp_path, row, columns=columns, encoding="utf-8-sig"), "train")
    assert image.group == ""


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("happy", "line 3: AU12_r is 'happy', not a number"),
        ("", "line 3: AU12_r is '', not a number"),
        ("5.1", "line 3: AU12_r is 5.1, outside 0..5"),
        ("-0.1", "line 3: AU12_r is -0.1, outside 0..5"),
        ("nan", "line 3: AU12_r is nan, outside 0..5"),
    ],
)
def test_a_bad_intensity_is_named_with_its_line(tmp_path: Path, value: str, fault: str) -> None:
    good = {"file_name": "a.jpg", "identity": "ann", **NEUTRAL}
    bad = {"file_name": "b.jpg", "identity": "ann", **NEUTRAL, "AU12_r": value}
    with pytest.raises(MediaError, match=fault) as caught:
        read_table(dataset(tmp_path, good, bad), "train")
    assert caught.value.remedy


def test_all_faults_are_told_together_the_first_few_by_name(tmp_path: Path) -> None:
    bad = [{"file_name": f"{n}.jpg", "identity": "" if n == 1 else "ann", **NEUTRAL} for n in range(7)]
    for row in bad[2:]:
        row["AU12_r"] = "6"
    folder = dataset(tmp_path, *bad)
    (folder / "train" / "0.jpg").unlink()
    with pytest.raises(MediaError) as caught:
        read_table(folder, "train")
    message = caught.value.message
    assert "metadata.csv has 7 faults: line 2: the picture " in message
    assert "line 3: identity is empty; line 4: AU12_r is 6, outside 0..5" in message
    assert message.endswith("line 6: AU12_r is 6, outside 0..5; and 2 more.")
    assert caught.value.remedy == "Correct these lines."


def test_a_table_is_a_sequence_of_rows_kept_by_columns(tmp_path: Path) -> None:
    rows = [{"file_name": f"{n}.jpg", "identity": "ann", **NEUTRAL, "AU01_r": str(n)} for n in range(4)]
    table = read_table(dataset(tmp_path, *rows), "train")
    assert len(table) == 4
    assert [image.path.name for image in table] == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]
    assert [image.intensities[0] for image in table[1:3]] == [1, 2]
    assert table.intensities.shape == (4, 17)
    assert table.identities[0] is table.identities[3]  # one string a person, however many pictures


def test_a_missing_picture_is_named_with_its_line(tmp_path: Path) -> None:
    folder = dataset(tmp_path, {"file_name": "a.jpg", "identity": "ann", **NEUTRAL})
    (folder / "train" / "a.jpg").unlink()
    with pytest.raises(MediaError, match=r"line 2: the picture .*a\.jpg does not exist"):
        read_table(folder, "train")


def test_missing_columns_are_named_together_with_the_nearest_one(tmp_path: Path) -> None:
    row = {"file_name": "a.jpg", "identity": "ann"}
    with pytest.raises(MediaError, match=r"lacks the columns AU01_r, AU02_r.*AU45_r") as caught:
        read_table(dataset(tmp_path, row, columns=("file_name", "identity", "AU01")), "train")
    assert caught.value.remedy == "Is 'AU01' meant? Rename it to 'AU01_r'."


def test_a_table_without_labels_a_table_that_is_absent_and_one_that_is_none(tmp_path: Path) -> None:
    empty = {"file_name": "a.jpg", "identity": "ann", **dict.fromkeys(AU_COLUMNS, "")}
    folder = dataset(tmp_path, empty)
    with pytest.raises(MediaError, match="no labelled row"):
        read_table(folder, "train")
    with pytest.raises(MediaError, match=r"test.*does not exist") as caught:
        read_table(folder, "test")
    assert "--data" in caught.value.remedy
    (folder / "train" / "metadata.csv").write_bytes(b"\xff\xfe\x00file_name")
    with pytest.raises(MediaError, match="not a CSV file in UTF-8"):
        read_table(folder, "train")


def test_a_line_that_is_too_short_has_empty_cells(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "metadata.csv").write_text("file_name, kind\na.jpg\n")
    assert read_rows(tmp_path, "train", ("file_name", "kind")) == [(2, {"file_name": "a.jpg", "kind": ""})]
