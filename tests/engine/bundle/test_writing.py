from pathlib import Path

import pytest

from engine.bundle import CARD_NAME, Bundle, write_bundle
from engine.errors import ModelError
from tests.engine.bundle.cards import FILES, make_card


def test_equal_cards_give_equal_bytes(bundle: Bundle, tmp_path: Path) -> None:
    write_bundle(tmp_path / "again", make_card(), FILES)
    assert (tmp_path / "again" / CARD_NAME).read_bytes() == (bundle.folder / CARD_NAME).read_bytes()


def test_nothing_else_is_left_behind(bundle: Bundle) -> None:
    assert [path.name for path in bundle.folder.parent.iterdir()] == [bundle.folder.name]


def test_parents_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "mine"
    assert Bundle.load(write_bundle(folder, make_card(), FILES).folder).folder == folder


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert Bundle.load(write_bundle(tmp_path, make_card(), FILES).folder).has(*FILES)


def test_a_bundle_is_not_replaced_unasked(bundle: Bundle) -> None:
    with pytest.raises(ModelError, match="There is a model in"):
        write_bundle(bundle.folder, make_card(), {})
    assert Bundle.load(bundle.folder) == bundle


def test_a_bundle_is_replaced_when_asked(bundle: Bundle) -> None:
    write_bundle(bundle.folder, make_card(), {"encoder.onnx": b"new"}, overwrite=True)
    assert Bundle.load(bundle.folder).read("encoder.onnx") == b"new"
    assert sorted(path.name for path in bundle.folder.iterdir()) == [CARD_NAME, "encoder.onnx"]


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ModelError, match="is not a model"):
        write_bundle(tmp_path, make_card(), FILES, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text("dear", encoding="utf-8")
    with pytest.raises(ModelError, match="is not a model"):
        write_bundle(path, make_card(), FILES, overwrite=True)
    assert path.read_text(encoding="utf-8") == "dear"


def test_names_that_lead_out_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="plain path"):
        write_bundle(tmp_path / "tiny", make_card(), {"../secret": b""})
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_older_bundle(bundle: Bundle) -> None:
    # A file cannot have the name of a folder of the same bundle.
    with pytest.raises(ModelError, match="cannot be written"):
        write_bundle(bundle.folder, make_card(), {"a": b"file", "a/b": b"below it"}, overwrite=True)
    assert Bundle.load(bundle.folder) == bundle
    assert [path.name for path in bundle.folder.parent.iterdir()] == [bundle.folder.name]
