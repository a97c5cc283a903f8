import shutil
from pathlib import Path

import pytest

from desktop.training.installing import fault_of_name, install
from engine.bundle import CARD_NAME, Bundle
from engine.errors import ModelError


@pytest.fixture
def bundle(tmp_path: Path, root: Path) -> Path:
    return Path(shutil.copytree(root / "assets" / "models" / "eggan-detail", tmp_path / "made" / "me"))


def test_the_copy_is_whole_and_nothing_else_is_copied(bundle: Path, tmp_path: Path) -> None:
    (bundle / "notes.txt").write_text("not the card's")
    copy = install(bundle, tmp_path / "models", "me")
    assert Bundle.load(copy).card == Bundle.load(bundle).card
    assert not (copy / "notes.txt").exists()
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["me"]


def test_a_damaged_bundle_leaves_nothing(bundle: Path, tmp_path: Path) -> None:
    (bundle / "generator.onnx").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="not whole"):
        install(bundle, tmp_path / "models", "me")
    assert not (tmp_path / "models").exists()


def test_a_model_is_replaced_only_if_asked(bundle: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    install(bundle, models, "me")
    with pytest.raises(ModelError, match="already"):
        install(bundle, models, "me")
    install(bundle, models, "me", replace=True)
    (models / "other").mkdir()
    (models / "other" / "diary.txt").write_text("mine")
    with pytest.raises(ModelError, match="is not a model"):
        install(bundle, models, "other", replace=True)
    assert (models / "other" / "diary.txt").read_text() == "mine"


def test_a_full_disk_is_told_and_leaves_the_earlier_model(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    install(bundle, models, "me")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.training.installing.shutil.copyfile", fail)
    with pytest.raises(ModelError, match="No space left"):
        install(bundle, models, "me", replace=True)
    assert (models / "me" / CARD_NAME).is_file()
    assert [path.name for path in models.iterdir()] == ["me"]


@pytest.mark.parametrize("name", ["", "a/b", "..", "-x", "eggan-128", "x" * 61, "grün"])
def test_names_that_no_model_can_have(name: str) -> None:
    assert fault_of_name(name)


@pytest.mark.parametrize("name", ["me", "Ann_2.1", "a-b"])
def test_names_that_models_can_have(name: str) -> None:
    assert fault_of_name(name) == ""
