from pathlib import Path

import pytest

from trainer.config import TrainingConfig
from trainer.config_files import (
    DEFAULT_PRESET,
    changed_settings,
    config_text,
    load_config,
    preset_names,
    read_config,
)
from trainer.errors import ConfigError


def test_the_default_preset_spells_out_the_defaults() -> None:
    assert load_config(DEFAULT_PRESET) == TrainingConfig()


def test_the_papers_training_on_mmi_is_shorter_and_otherwise_the_same() -> None:
    assert changed_settings(TrainingConfig(), load_config("paper-mmi")) == ("schedule.epochs 400 -> 40",)


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_valid_and_says_what_it_is_for(name: str, root: Path) -> None:
    load_config(name)
    assert (root / "trainer" / "presets" / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")


def test_an_unknown_preset_is_named_with_the_nearest_and_all_others() -> None:
    with pytest.raises(ConfigError, match="no preset 'paper-rafdd'") as caught:
        load_config("paper-rafdd")
    assert caught.value.remedy.startswith("Did you mean 'paper-rafd'? Presets: ")
    assert all(name in caught.value.remedy for name in preset_names())
    with pytest.raises(ConfigError) as caught:
        load_config("zzz")
    assert caught.value.remedy.startswith("Presets: ")


def test_a_file_sets_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[losses]\npaired = 5\n\n[schedule]\nepochs = 3\n")
    config = load_config(str(tmp_path / "my.toml"))
    assert (config.losses.paired, config.schedule.epochs) == (5, 3)
    assert config.model == TrainingConfig().model


def test_all_mistakes_are_reported_together_with_the_names_that_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        "[losses]\nreconstructon = 10\nidentity = -1\n\n"
        "[schedule]\nepochs = 'many'\nbetas = [0.5, 2.0]\n\n[rum]\nseed = 1\n"
    )
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    message = caught.value.message
    assert "losses.reconstructon is unknown (did you mean 'reconstruction'?)" in message
    assert "losses.identity: Input should be greater than or equal to 0" in message
    assert "schedule.epochs: Input should be a valid integer" in message
    assert "schedule.betas.1: Input should be less than 1" in message
    assert "rum is unknown (did you mean 'run'?)" in message


def test_a_setting_like_no_other_gets_no_suggestion(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[run]\nxyzzy = 1\n")
    with pytest.raises(ConfigError, match=r"run\.xyzzy is unknown\. "):
        read_config(tmp_path / "my.toml")


def test_overrides_change_a_preset() -> None:
    config = load_config(
        "small",
        [
            "schedule.epochs=10",
            "schedule.betas=[0.9, 0.99]",
            "losses.image_adversary=wgan-gp",
            'run.accelerator = "cpu"',
            "augmentation.flip=false",
            "schedule.epochs=11",
        ],
    )
    assert (config.schedule.epochs, config.schedule.betas) == (11, (0.9, 0.99))
    assert (config.losses.image_adversary, config.run.accelerator, config.augmentation.flip) == (
        "wgan-gp",
        "cpu",
        False,
    )
    assert config.model == load_config("small").model


def test_mistakes_of_file_and_overrides_are_reported_together(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[losses]\nidentity = -1\n")
    with pytest.raises(ConfigError, match="with --set is not valid") as caught:
        read_config(path, ["epochs=3", "nonsense", "losses.epochs=3", "schedule.epoch=3", "run.seed=one", "rum.seed=1"])
    for fault in (
        "--set 'epochs=3' is not of the form section.name=value (did you mean schedule.epochs=…?)",
        "--set 'nonsense' is not of the form section.name=value;",
        "losses.epochs is unknown (did you mean 'schedule.epochs'?)",
        "schedule.epoch is unknown (did you mean 'epochs'?)",
        "losses.identity: Input should be greater than or equal to 0",
        "run.seed: Input should be a valid integer",
        "rum is unknown (did you mean 'run'?)",
    ):
        assert fault in caught.value.message


def test_an_override_of_what_is_no_section_in_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("run = 1\n")
    with pytest.raises(ConfigError, match="run: Input should be a valid dictionary"):
        read_config(tmp_path / "my.toml", ["run.seed=1"])


def test_settings_that_do_not_fit_together_are_told_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[run]\ndevices = 3\n")
    with pytest.raises(ConfigError, match=r"is not valid: schedule\.batch_size must be a multiple"):
        read_config(tmp_path / "my.toml")


@pytest.mark.parametrize(
    ("content", "fault"), [(b"[losses", "is not TOML"), (b"\xff\xfe", "is not TOML"), (None, "does not exist")]
)
def test_what_is_no_toml_file_is_an_error(tmp_path: Path, content: bytes | None, fault: str) -> None:
    if content is not None:
        (tmp_path / "my.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=fault) as caught:
        read_config(tmp_path / "my.toml")
    assert caught.value.remedy


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)


@pytest.mark.parametrize("name", preset_names())
def test_the_text_of_a_configuration_is_a_file_that_gives_it_back(name: str, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(config_text(load_config(name)))
    assert read_config(tmp_path / "my.toml") == load_config(name)


def test_what_only_says_how_a_training_is_carried_out_is_no_change() -> None:
    config = TrainingConfig()
    elsewhere = config.model_copy(update={"run": config.run.model_copy(update={"threads": 3, "log_every": 1})})
    assert changed_settings(config, elsewhere) == ()
    reseeded = config.model_copy(update={"run": config.run.model_copy(update={"seed": 7})})
    assert changed_settings(config, reseeded) == ("run.seed 0 -> 7",)
