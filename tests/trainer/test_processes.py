"""Two processes on one processor, joined by gloo as torchrun joins them, against one with the doubled batch.

All is computed in float64. In float32, gradients through networks that have learned nothing differ in their third digit
by rounding alone, and a row that is weighted wrongly would not show.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.trainer.faces import TINY, drawn_crops, tiny_config
from trainer.config import AugmentationConfig, LossConfig, TrainingConfig
from trainer.data.batches import Batch, Sampler
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.objectives import Objectives
from trainer.training import Training

BATCH_SIZE: Final = 4
_PROGRAM: Final = """
import os
import sys

import torch
from tests.trainer.test_processes import SETTINGS, ExactHardware, gradients

other = os.fork()  # only now, so that the libraries are imported once
os.environ["RANK"] = os.environ["LOCAL_RANK"] = "0" if other else "1"
torch.set_default_dtype(torch.float64)
hardware = ExactHardware(next(iter(SETTINGS.values())).run)
made = {name: gradients(config, hardware) for name, config in SETTINGS.items()}
values = {"rank": torch.tensor(float(hardware.process[0])), **({"odd": torch.tensor(7.0)} if hardware.is_first else {})}
result = {"gradients": made, "means": hardware.means(values), "given": hardware.from_first(hardware.process[0])}
if hardware.is_first:
    torch.save(result, sys.argv[1])
    sys.exit(os.waitpid(other, 0)[1])
"""


def _setting(**losses: object) -> TrainingConfig:
    """Terms of weight 1, on pictures that are changed in every way; two processes where torchrun has started them."""
    terms = dict.fromkeys(("expression", "identity", "reconstruction", "gradient_penalty", "paired", "change"), 1.0)
    config = tiny_config(LossConfig.model_validate({"perceptual": 0, **terms, **losses}), batch_size=BATCH_SIZE)
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    run = config.run.model_copy(update={"devices": processes, "threads": 1})
    return config.model_copy(update={"run": run, "augmentation": AugmentationConfig(occlusion=0.5, degradation=0.5)})


SETTINGS: Final = {
    "the paper's losses, with pairs": _setting(paired_emphasis=20.0),
    "the other readings": _setting(image_adversary="wgan-gp", latent_prior="uniform", generator_form="saturating"),
}


class ExactHardware(Hardware):
    """Keeps float64."""

    def apply(self, network: nn.Module, *inputs: Tensor) -> Any:
        return network(*inputs)


class ExactSampler(Sampler):
    """Gives pictures and intensities in float64."""

    def batch(self, step: int, device: torch.device) -> Batch:
        batch = super().batch(step, device)
        values = {field.name: getattr(batch, field.name) for field in fields(Batch)}
        return Batch(**{name: value.double() if value.is_floating_point() else value for name, value in values.items()})


def crops_of_pairs() -> CropSet:
    """Drawn faces; every third picture is in no group, so that the processes have true pairs in unequal numbers."""
    crops = drawn_crops(4, 4)
    lone = np.arange(len(crops.crops)) % 3 == 0
    return replace(crops, groups=np.where(lone, -1, crops.groups))


@pytest.fixture
def exact() -> Iterator[Hardware]:
    """This process, in float64."""
    torch.set_default_dtype(torch.float64)
    yield ExactHardware(next(iter(SETTINGS.values())).run)
    torch.set_default_dtype(torch.float32)


def gradients(config: TrainingConfig, hardware: Hardware) -> dict[str, torch.Tensor]:
    """The gradients with which the first step moves every network."""
    torch.manual_seed(0)
    networks = Networks(config.model)
    classifier = IdentityClassifier(4, TINY.classifier_width).requires_grad_(False)
    sampler = ExactSampler(crops_of_pairs(), BATCH_SIZE, seed=0, paired=True, process=hardware.process)
    objectives = Objectives(config.losses, hardware, networks, classifier, None)
    Training(config, hardware, sampler, networks, objectives).step()
    return {name: weight.grad for name, weight in networks.named_parameters() if weight.grad is not None}


@pytest.mark.skipif(
    not (hasattr(os, "fork") and torch.distributed.is_gloo_available()), reason="torch was built without gloo"
)
def test_two_processes_step_down_the_gradients_of_one_with_the_doubled_batch(
    tmp_path: Path, root: Path, exact: Hardware
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    joined = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
    environment = {**os.environ, **joined, "OMP_NUM_THREADS": "1", "TORCHELASTIC_RUN_ID": "test", "GROUP_RANK": "0"}
    program = [sys.executable, "-c", _PROGRAM, str(tmp_path / "made.pt")]
    ended = subprocess.run(program, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    made = torch.load(tmp_path / "made.pt", weights_only=True)
    pairs = [Sampler(crops_of_pairs(), BATCH_SIZE, 0, paired=True, process=(number, 2)) for number in (0, 1)]
    assert len({int(sampler.batch(0, exact.device).has_after.sum()) for sampler in pairs}) == 2
    for setting, config in SETTINGS.items():
        alone, shared = gradients(config, exact), made["gradients"][setting]
        assert shared.keys() == alone.keys()
        assert {name.split(".")[0] for name in alone} == {
            "expressor",
            "latent_discriminator",
            "image_discriminator",
            "expression_classifier",
        }
        for name, gradient in alone.items():
            assert float((shared[name] - gradient).abs().max()) < 1e-9, f"{setting}: {name}"
        assert max(float(gradient.abs().max()) for gradient in alone.values()) > 0.01
    assert made["means"] == {"odd": 7.0, "rank": 0.5}
    assert made["given"] == 0
