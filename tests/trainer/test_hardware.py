import sys
from typing import Literal

import pytest
import torch
from torch import Tensor, nn
from torch.optim import SGD

from trainer.config import RunConfig
from trainer.errors import TrainingError
from trainer.hardware import Hardware


class Two(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(4, 4)

    def forward(self, inputs: Tensor) -> tuple[Tensor, Tensor]:
        return self.layer(inputs), inputs


def test_one_process_stands_for_all(hardware: Hardware) -> None:
    assert hardware.device == torch.device("cpu")
    assert hardware.process == (0, 1)
    assert hardware.is_first
    with hardware.first_alone():
        pass
    assert hardware.any_says(True)
    assert not hardware.any_says(False)


def test_a_device_that_the_machine_lacks_is_an_error_with_a_remedy() -> None:
    absent: Literal["cuda", "mps"] = "cuda" if sys.platform == "darwin" else "mps"
    with pytest.raises(TrainingError, match=f"cannot train on 1 x '{absent}'") as caught:
        Hardware(RunConfig(accelerator=absent))
    assert "run.accelerator" in caught.value.remedy


def test_networks_compute_in_bfloat16_where_asked_and_give_float32() -> None:
    reduced = Hardware(RunConfig(accelerator="cpu", precision="bf16-mixed"))
    network, inputs = Two(), torch.rand(2, 4)
    exact, _ = network(inputs)
    rounded, passed_on = reduced.apply(network, inputs)
    assert rounded.dtype == passed_on.dtype == torch.float32
    assert torch.equal(rounded, rounded.bfloat16().float())
    assert not torch.equal(rounded, exact)
    assert torch.equal(reduced.apply(network.layer, inputs), rounded)


def test_the_layout_is_channels_last_with_bfloat16_alone(hardware: Hardware) -> None:
    for chosen, last in ((hardware, False), (Hardware(RunConfig(accelerator="cpu", precision="bf16-mixed")), True)):
        network = nn.Conv2d(3, 4, 3)
        chosen.place(network)
        assert network.weight.is_contiguous(memory_format=torch.channels_last) == last


class Pair:
    """Stands for the part of Fabric that joins two processes, of which the other has gradients of its own."""

    world_size = 2

    def __init__(self, others: list[float]) -> None:
        self._others = torch.tensor(others)

    def backward(self, loss: Tensor) -> None:
        torch.autograd.backward(loss)

    def all_reduce(self, values: Tensor) -> Tensor:
        return (values + self._others) / 2

    @property
    def device(self) -> torch.device:
        return torch.device("cpu")


def test_processes_step_down_the_mean_of_their_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    hardware = Hardware(RunConfig(accelerator="cpu", precision="32-true"))
    monkeypatch.setattr(hardware, "_fabric", Pair([1.0, 1.0, 1.0, 1.0, 9.0]))
    square, unused, scalar = (nn.Parameter(torch.zeros(size)) for size in ((2, 2), (3,), ()))
    factors = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    optimiser = SGD([square, unused, scalar], lr=1.0)
    hardware.descend(optimiser, (square * factors).sum() + 5 * scalar)
    assert square.tolist() == [[-1.0, -1.5], [-2.0, -2.5]]
    assert float(scalar.detach()) == -7
    assert unused.tolist() == [0, 0, 0]


def test_a_descent_starts_from_fresh_gradients(hardware: Hardware) -> None:
    weight = nn.Parameter(torch.tensor([1.0, 2.0]))
    optimiser = SGD([weight], lr=0.1)
    weight.grad = torch.tensor([100.0, 100.0])
    hardware.descend(optimiser, (weight * torch.tensor([1.0, 3.0])).sum())
    assert torch.allclose(weight.detach(), torch.tensor([0.9, 1.7]))
