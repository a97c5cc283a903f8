from pathlib import Path

import pytest

from engine.errors import MediaError
from trainer.data.photos import photos_by_person

TABLE = """file_name,identity,kind
a0.jpg,ann,neutral_real
a1.jpg,ann,render
a2.jpg,ann,smile_real
b0.jpg,bob,neutral_real
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "metadata.csv").write_text(TABLE)
    return tmp_path


def test_photos_of_the_kinds_asked_for_by_person(data: Path) -> None:
    photos = photos_by_person(data, "test", {"neutral_real", "smile_real"})
    split = data / "test"
    assert photos == {"ann": [split / "a0.jpg", split / "a2.jpg"], "bob": [split / "b0.jpg"]}


def test_no_such_photo_and_no_such_column_are_errors(data: Path) -> None:
    with pytest.raises(MediaError, match="no photo of kind drawing"):
        photos_by_person(data, "test", {"drawing"})
    (data / "test" / "metadata.csv").write_text(TABLE.replace("kind", "sort"))
    with pytest.raises(MediaError, match="lacks the column kind"):
        photos_by_person(data, "test", {"neutral_real"})
