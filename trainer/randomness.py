"""Random numbers that depend on the seed and the place they are drawn for alone: a resumed training draws the same."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor


def array_generator(seed: int, *place: int) -> np.random.Generator:
    """NumPy's generator for a place, for instance an epoch and a batch in it."""
    return np.random.default_rng((seed, *place))


def tensor_generator(device: torch.device, seed: int, *place: int) -> torch.Generator:
    """PyTorch's generator on `device` for a place, for instance a step."""
    (state,) = np.random.SeedSequence((seed, *place)).generate_state(1, np.uint64)
    return torch.Generator(device).manual_seed(int(state))


@dataclass(frozen=True, slots=True)
class Draws:
    """Random numbers for the pictures of a batch, the same ones however many processes share it.

    Every process draws for the whole batch and keeps what belongs to its own pictures, so none may leave out a draw.

    Attributes:
        generator: on the training device.
        process: this process's number, from 0, and how many there are; as `Sampler` deals pictures out.
    """

    generator: torch.Generator
    process: tuple[int, int] = (0, 1)

    def uniform(self, pictures: int, *shape: int) -> Tensor:
        """Float32 [pictures, *shape] in 0..1, for so many pictures of this process."""
        first, processes = self.process
        size = pictures * processes, *shape
        return torch.rand(size, generator=self.generator, device=self.generator.device)[first::processes]

    def normal(self, pictures: int, *shape: int) -> Tensor:
        """Likewise, of mean 0 and variance 1."""
        first, processes = self.process
        size = pictures * processes, *shape
        return torch.randn(size, generator=self.generator, device=self.generator.device)[first::processes]
