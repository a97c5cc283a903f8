"""Random numbers that depend on the seed and the place they are drawn for alone: a resumed training draws the same."""

import numpy as np
import torch


def array_generator(seed: int, *place: int) -> np.random.Generator:
    """NumPy's generator for a place, for instance an epoch and a batch in it."""
    return np.random.default_rng((seed, *place))


def tensor_generator(device: torch.device, seed: int, *place: int) -> torch.Generator:
    """PyTorch's generator on `device` for a place, for instance a step."""
    (state,) = np.random.SeedSequence((seed, *place)).generate_state(1, np.uint64)
    return torch.Generator(device).manual_seed(int(state))
