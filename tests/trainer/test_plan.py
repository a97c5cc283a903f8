from pathlib import Path

import numpy as np
import pytest

from tests.trainer.faces import TINY, tiny_config
from trainer.config import LossConfig, TrainingConfig
from trainer.config_files import read_config
from trainer.data.table import LabelledTable
from trainer.hardware import Hardware
from trainer.networks.ensemble import Networks
from trainer.pace import Pace
from trainer.plan import describe_plan, parameter_counts


def images(count: int) -> LabelledTable:
    return LabelledTable(
        Path("train"),
        [f"{n}.jpg" for n in range(count)],
        [f"person {n % 3}" for n in range(count)],
        ["group" * (n < 4) for n in range(count)],
        np.zeros((count, 17), np.float32),
    )


def test_the_plan_is_a_configuration_under_its_sizes_and_times(tmp_path: Path, hardware: Hardware) -> None:
    config = tiny_config(epochs=5, batch_size=4)
    text = describe_plan(config, images(11), hardware, Pace(step_s=2.0, identity_step_s=0.5, memory_bytes=3 * 2**29))
    for line in (
        "# 11 labelled pictures of 3 people, 4 of them in groups of before/after pairs",
        "# 5 epochs of 2 steps: 10 steps",
        "# 1 process on cpu, 32-true; memory of each: 1.5 GiB",
        "# measured just now: 2 s a step, 2 pictures/s",
        "# expected: 20 s for all steps, and 1 s before them for C_id; aligning the faces comes on top, once",
    ):
        assert f"{line}\n" in text
    (tmp_path / "plan.toml").write_text(text)
    assert read_config(tmp_path / "plan.toml") == config


@pytest.mark.parametrize(
    ("step_s", "told"), [(8.9, "89 s"), (60.0, "10 min"), (1206.0, "3 h 21 min"), (20_000.0, "2 d 7 h")]
)
def test_long_times_are_told_in_units_that_a_person_would_use(hardware: Hardware, step_s: float, told: str) -> None:
    text = describe_plan(tiny_config(epochs=5, batch_size=4), images(11), hardware, Pace(step_s, 0.0, 0))
    assert f"# expected: {told} for all steps; aligning" in text


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
