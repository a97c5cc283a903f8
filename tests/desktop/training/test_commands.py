import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.training.commands import CONFIGURATIONS, arguments, description
from desktop.training.order import Order, Stage, TrainingFolder, Way, load_order, save_order
from engine.errors import ProjectError

FOLDER = TrainingFolder(Path("/trainings/me"))


def test_a_personal_model_is_one_command() -> None:
    order = Order(way=Way.PERSONAL, name="me", sources=(Path("/a.mp4"), Path("/b")), steps=200)
    bundle = str(Path("/trainings/me/model/me"))
    sources = [str(Path("/a.mp4")), str(Path("/b"))]
    settings = ["-o", bundle, "--model", "eggan-detail", "--steps", "200"]
    assert arguments(FOLDER, order, Stage.PERSONALIZE) == ["personalize", *sources, *settings]
    assert order.stages == (Stage.PERSONALIZE,)
    assert FOLDER.run(order) == Path("/trainings/me/model/me-training/run")


def test_settings_are_the_same_for_estimate_and_training() -> None:
    order = Order(way=Way.DATASET, name="me", dataset=Path("/faces"), preset="paper-mmi", epochs=3, one_person=True)
    assert order.stages == (Stage.LABEL, Stage.TRAIN, Stage.EXPORT)
    settings = ["--config", "paper-mmi", "--set", "schedule.epochs=3", "--set", "losses.identity=0"]
    data = str(Path("/faces"))
    assert arguments(FOLDER, order, Stage.ESTIMATE) == ["train", "--data", data, *settings, "--dry-run"]
    assert arguments(FOLDER, order, Stage.TRAIN)[:-1] == ["train", "--data", data, *settings, "-o"]


def test_every_preset_exists(root: Path) -> None:
    assert all((root / "trainer" / "presets" / f"{name}.toml").is_file() for name in CONFIGURATIONS)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_the_description_is_toml_whatever_is_typed(text: str) -> None:
    order = Order(way=Way.DATASET, name="me", licence=text, data=text, attribution=f"Ann\n{text}")
    read = tomllib.loads(description(order, "cpu", 1.5))
    assert read["licence"].split() == text.replace("\x7f", "").split()
    assert read["training"]["hours"] == 1.5
    assert read["training"]["attribution"][0] == "Ann"


def test_an_order_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "me")
    order = Order(way=Way.DATASET, name="me", sources=(tmp_path,), labels=tmp_path / "labels.csv")
    save_order(folder, order)
    assert load_order(folder) == order
    folder.order.write_text('{"way": "other"}')
    with pytest.raises(ProjectError, match="cannot be used"):
        load_order(folder)
