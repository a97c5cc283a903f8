"""Two processes on one processor, joined by gloo as torchrun joins them, against one with the doubled batch."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import torch

from tests.trainer.faces import UNCHANGED, drawn_crops, tiny_config
from trainer.config import LossConfig, TrainingConfig
from trainer.data.batches import Sampler
from trainer.hardware import Hardware
from trainer.networks.ensemble import Networks
from trainer.objectives import Objectives
from trainer.training import Training

_PROGRAM: Final = """
import sys
import torch
from tests.trainer.test_processes import doubled_batch, gradients
from trainer.hardware import Hardware

config = doubled_batch(devices=2)
hardware = Hardware(config.run)
made = gradients(config, hardware)
values = {"rank": torch.tensor(float(hardware.process[0])), **({"odd": torch.tensor(7.0)} if hardware.is_first else {})}
result = {"gradients": made, "means": hardware.means(values), "given": hardware.from_first(hardware.process[0])}
if hardware.is_first:
    torch.save(result, sys.argv[1])
"""


def doubled_batch(devices: int) -> TrainingConfig:
    """Eight pictures a step, unchanged, since each process draws its own changes; terms of weight 1."""
    losses = LossConfig(reconstruction=1, expression=1, gradient_penalty=1, perceptual=0, identity=0)
    config = tiny_config(losses, batch_size=8)
    run = config.run.model_copy(update={"devices": devices, "threads": 1})
    return config.model_copy(update={"run": run, "augmentation": UNCHANGED})


def gradients(config: TrainingConfig, hardware: Hardware) -> dict[str, torch.Tensor]:
    """The gradients with which the first step moves E, G, D_img and C_exp."""
    torch.manual_seed(0)
    networks = Networks(config.model)
    hardware.place(networks)
    sampler = Sampler(drawn_crops(4, 4), config.schedule.batch_size, 0, paired=False, process=hardware.process)
    Training(config, hardware, sampler, networks, Objectives(config.losses, hardware, networks, None, None)).step()
    named = networks.named_parameters()
    return {name: weight.grad for name, weight in named if weight.grad is not None and "latent_disc" not in name}


@pytest.mark.skipif(not torch.distributed.is_gloo_available(), reason="torch was built without gloo")
def test_two_processes_step_down_the_gradients_of_one_with_the_doubled_batch(
    tmp_path: Path, root: Path, hardware: Hardware
) -> None:
    """D_z is left out: its draws from the prior are each process's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    joined = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
    environment = {**os.environ, **joined, "OMP_NUM_THREADS": "1", "TORCHELASTIC_RUN_ID": "test", "GROUP_RANK": "0"}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(tmp_path / "made.pt")],
            cwd=root,
            env={**environment, "RANK": rank, "LOCAL_RANK": rank},
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in "01"
    ]
    faults = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0, 0], faults
    made = torch.load(tmp_path / "made.pt", weights_only=True)
    alone = gradients(doubled_batch(devices=1), hardware)
    assert made["gradients"].keys() == alone.keys()
    for name, gradient in alone.items():
        assert float((made["gradients"][name] - gradient).abs().max()) < 1e-5, name
    assert max(float(gradient.abs().max()) for gradient in alone.values()) > 0.01
    assert made["means"] == {"odd": 7.0, "rank": 0.5}
    assert made["given"] == 0
