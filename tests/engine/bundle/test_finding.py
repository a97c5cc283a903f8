from pathlib import Path

import pytest

from engine.bundle import Bundle, available_bundles, find_bundle, write_bundle
from engine.errors import ModelError
from tests.engine.bundle.cards import FILES, make_card


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    for name in ("Eggan-128", "puppets"):
        write_bundle(folder / name, make_card(), FILES)
    (folder / "not a model").mkdir()
    return folder


def test_bundles_are_listed_by_name(models: Path) -> None:
    assert available_bundles(models) == ("Eggan-128", "puppets")
    assert available_bundles(models / "absent") == ()


def test_bundles_are_found_by_name(models: Path) -> None:
    assert find_bundle("puppets", models) == models / "puppets"


def test_the_first_folder_that_has_a_name_counts(models: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    for name in ("puppets", "mine"):
        write_bundle(more / name, make_card(), FILES)
    assert find_bundle("puppets", models, more) == models / "puppets"
    assert find_bundle("mine", models, more) == more / "mine"
    with pytest.raises(ModelError, match="no model called 'min'") as caught:
        find_bundle("min", models, more)
    assert "Did you mean 'mine'?" in caught.value.remedy


def test_networks_of_another_kind_are_no_bundles_but_damaged_ones_are(models: Path) -> None:
    for name, card in (("estimator", '{"architecture": {"hidden": 3}}'), ("torn", '{"archi')):
        (models / name).mkdir()
        (models / name / "card.json").write_text(card)
    assert available_bundles(models) == ("Eggan-128", "puppets", "torn")
    assert "au-estimator" not in available_bundles()


def test_bundles_are_found_by_path(models: Path, bundle: Bundle) -> None:
    assert find_bundle(bundle.folder, models) == bundle.folder
    assert find_bundle(str(bundle.folder), models) == bundle.folder


def test_a_name_goes_before_a_folder_of_the_same_name(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (models.parent / "puppets").mkdir()
    monkeypatch.chdir(models.parent)
    assert find_bundle("puppets", models) == models / "puppets"
    assert find_bundle("./puppets", models) != models / "puppets"


@pytest.mark.parametrize("name", ["eggan-128", "Eggan128", "egan-128"])
def test_the_nearest_name_is_offered(models: Path, name: str) -> None:
    with pytest.raises(ModelError, match=f"no model called '{name}'") as caught:
        find_bundle(name, models)
    assert caught.value.remedy.startswith("Did you mean 'Eggan-128'? Models: Eggan-128, puppets;")


def test_nothing_near_is_not_offered(models: Path) -> None:
    with pytest.raises(ModelError) as caught:
        find_bundle("zzz", models)
    assert caught.value.remedy.startswith("Models: Eggan-128, puppets;")


def test_without_any_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        find_bundle("eggan", tmp_path)
    assert caught.value.remedy.startswith("No model comes with the program;")


def test_a_file_is_not_a_bundle(models: Path, bundle: Bundle) -> None:
    with pytest.raises(ModelError, match="is a file"):
        find_bundle(bundle.folder / "encoder.safetensors", models)
