"""Where a training computes and in which precision.

With several devices, each has a process that holds all networks, takes its share of every batch, and averages its
gradients with the others before each step of an optimiser, so all hold the same weights at all times.
"""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, Literal, TypeVar, cast

import psutil
import torch
from lightning.fabric import Fabric
from lightning.fabric.utilities.exceptions import MisconfigurationException
from torch import Tensor, nn
from torch.optim import Optimizer

from engine.terminal.progress import ReportProgress, progress_bar
from trainer.config import RunConfig
from trainer.errors import TrainingError

_STDOUT_FD: Final = 1
AnyValue = TypeVar("AnyValue")


class Hardware:
    """The devices of a training, seen from one of its processes. Losses are float32, networks compute as configured.

    Args:
        config: accelerator, devices, nodes, precision and threads. With several devices, this starts the other
            processes, unless torchrun has started them.

    Attributes:
        precision: what "auto" has come to.

    Raises:
        TrainingError: the machine does not have these devices, or the other nodes are not there.
    """

    precision: Literal["32-true", "bf16-mixed"]

    def __init__(self, config: RunConfig) -> None:
        if config.threads:
            torch.set_num_threads(config.threads)
        precision = _precision(config)
        try:
            self._fabric = Fabric(
                accelerator=config.accelerator, devices=config.devices, num_nodes=config.nodes, precision=precision
            )
        except (RuntimeError, ValueError, MisconfigurationException) as error:
            raise TrainingError(
                f"This machine cannot train on {config.devices} x {config.accelerator!r}: {error}",
                'Set run.accelerator = "auto" and run.devices = 1.',
            ) from error
        if config.nodes > 1 and not _started_by_torchrun():
            raise TrainingError(
                f"run.nodes is {config.nodes}, but this command was not started on each of them.",
                f"Start it on every machine with torchrun --nnodes {config.nodes} --nproc-per-node {config.devices} "
                "--rdzv-endpoint HOST:PORT -m trainer …, or set run.nodes = 1.",
            )
        self._fabric.launch()
        if not self.is_first:  # one process speaks for all
            os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT_FD)
        self.precision = precision
        self._layout = torch.contiguous_format if precision == "32-true" else torch.channels_last
        if self.device.type == "cuda":  # every step has the same shapes, so the fastest kernels are found once
            torch.backends.cudnn.benchmark = True
            torch.cuda.reset_peak_memory_stats(self.device)

    @property
    def device(self) -> torch.device:
        """This process's device."""
        return self._fabric.device

    @property
    def process(self) -> tuple[int, int]:
        """This process's number, from 0, and how many there are."""
        return self._fabric.global_rank, self._fabric.world_size

    @property
    def is_first(self) -> bool:
        """Whether this process is the one that writes files."""
        return self._fabric.is_global_zero

    def first_alone(self) -> AbstractContextManager[None]:
        """A block that the first process of each machine leaves before the others enter it."""
        return self._fabric.rank_zero_first(local=True)

    def progress_bar(self, description: str, total: int) -> AbstractContextManager[ReportProgress]:
        """A progress bar, shown by the first process."""
        return progress_bar(description, total) if self.is_first else nullcontext(lambda done, total=None: None)

    def from_first(self, value: AnyValue) -> AnyValue:
        """What the first process has given, in every process; each has to call this."""
        return self._fabric.broadcast(value)

    def place(self, network: nn.Module) -> None:
        """Move a network to the device, in the layout that suits it; bfloat16 convolutions want channels last."""
        network.to(self.device).to(memory_format=self._layout)

    def apply(self, network: nn.Module, *inputs: Tensor) -> Any:
        """Run a network in the configured precision; what it returns, a tensor or a tuple of them, is float32."""
        with self._fabric.autocast():
            made = network(*inputs)
        return tuple(tensor.float() for tensor in made) if isinstance(made, tuple) else made.float()

    def descend(self, optimiser: Optimizer, loss: Tensor) -> None:
        """Take one step of an optimiser down the mean gradient of all processes."""
        optimiser.zero_grad(set_to_none=True)
        self._fabric.backward(loss)
        self._average_gradients(optimiser)
        optimiser.step()

    def any_says(self, statement: bool) -> bool:
        """Whether the statement is true in any process; every process has to call this."""
        return bool(self._mean(torch.tensor(float(statement))) > 0)

    def means(self, values: Mapping[str, Tensor]) -> dict[str, float]:
        """Mean of each value over the processes that have it; every process has to call this, with single numbers.

        The names are those of the first process.
        """
        if self._fabric.world_size == 1:
            return {name: float(value) for name, value in values.items()}
        names = self.from_first(sorted(values))
        zero = torch.zeros(())
        present = torch.tensor([float(name in values) for name in names])
        own = torch.stack([values.get(name, zero).to(self.device, torch.float32) for name in names])
        shares = self._mean(torch.stack([own, present.to(self.device)]))
        return dict(zip(names, (shares[0] / shares[1]).tolist(), strict=True))

    def synchronise(self) -> None:
        """Wait until the device has done what it was given, so that a clock can be read."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)

    def memory_bytes(self) -> int:
        """The most memory that tensors have taken on a GPU so far; elsewhere what this process holds now."""
        if self.device.type == "cuda":
            return torch.cuda.max_memory_allocated(self.device)
        return int(psutil.Process().memory_info().rss)

    def _average_gradients(self, optimiser: Optimizer) -> None:
        if self._fabric.world_size == 1:
            return
        parameters = (parameter for group in optimiser.param_groups for parameter in group["params"])
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        means = self._mean(torch.cat([gradient.flatten() for gradient in gradients]))
        for gradient, mean in zip(gradients, means.split([gradient.numel() for gradient in gradients]), strict=True):
            gradient.copy_(mean.view(gradient.shape))

    def _mean(self, values: Tensor) -> Tensor:
        if self._fabric.world_size == 1:
            return values
        return cast(Tensor, self._fabric.all_reduce(values.to(self.device)))


def _started_by_torchrun() -> bool:
    return "TORCHELASTIC_RUN_ID" in os.environ or int(os.environ.get("WORLD_SIZE", "1")) > 1


def _precision(config: RunConfig) -> Literal["32-true", "bf16-mixed"]:
    if config.precision != "auto":
        return config.precision
    return "bf16-mixed" if _computes_bfloat16(config.accelerator) else "32-true"


def _computes_bfloat16(accelerator: str) -> bool:
    """Whether the device has units for bfloat16; where it is only emulated, it is slower than float32."""
    if accelerator in {"auto", "cuda"} and torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if accelerator == "mps" or (accelerator == "auto" and torch.backends.mps.is_available()):
        return False
    try:
        return bool(torch.cpu.get_capabilities()["amx_bf16"])
    except (AttributeError, KeyError):  # older versions of torch, other architectures
        return False
