from pathlib import Path

import numpy as np

from tests.trainer.faces import TINY, tiny_config
from trainer.config import LossConfig, TrainingConfig
from trainer.config_files import read_config
from trainer.data.table import LabelledImage
from trainer.networks.ensemble import Networks
from trainer.plan import describe_plan, parameter_counts


def images(count: int) -> tuple[LabelledImage, ...]:
    neutral = np.zeros(17, np.float32)
    return tuple(LabelledImage(Path(f"{n}.jpg"), f"person {n % 3}", "group" * (n < 4), neutral) for n in range(count))


def test_the_plan_is_a_configuration_under_its_sizes(tmp_path: Path) -> None:
    config = tiny_config(epochs=5, batch_size=4)
    text = describe_plan(config, images(11))
    assert "# 11 labelled pictures of 3 people, 4 of them in groups" in text
    assert "# 5 epochs of 2 steps: 10 steps" in text
    (tmp_path / "plan.toml").write_text(text)
    assert read_config(tmp_path / "plan.toml") == config


def test_parameters_are_counted_of_the_networks_in_use() -> None:
    counts = parameter_counts(tiny_config(), people=3)
    networks = Networks(TINY)
    assert list(counts) == ["E", "G", "D_z", "D_img", "C_exp", "C_id"]
    assert counts["E"] == sum(weights.numel() for weights in networks.expressor.encoder.parameters())
    assert counts["D_img"] == sum(weights.numel() for weights in networks.image_discriminator.parameters())
    alone = LossConfig(latent_adversarial=0, image_adversarial=0, expression=0, identity=0)
    assert list(parameter_counts(tiny_config(alone), people=3)) == ["E", "G"]


def test_the_papers_classifiers_are_as_large_as_vgg19s_convolutions() -> None:
    counts = parameter_counts(TrainingConfig(), people=67)
    assert 20e6 < counts["C_exp"] < 21e6
    assert 20e6 < counts["C_id"] < 21e6
