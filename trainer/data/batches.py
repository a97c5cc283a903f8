"""Batches from a split held in memory. Step n's batch depends on the seed and n alone, so a resumed run sees what it would have seen."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.data.crops import CropSet


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One step's data on the training device.

    Attributes:
        before: source pictures, float [B, 3, S, S] in 0..1.
        intensities: u_source, float [B, 17].
        target: u_target, float [B, 17].
        after: true pictures of the target expression, [B, 3, S, S]; those without one repeat `before`.
        has_after: bool [B].
        identities: int64 [B].
    """

    before: Tensor
    intensities: Tensor
    target: Tensor
    after: Tensor
    has_after: Tensor
    identities: Tensor


class Sampler:
    """Draws source pictures by epochs without replacement, and a target expression for each.

    Args:
        crops: the split.
        batch_size: B.
        seed: of the whole training.
        paired: take targets from the source's own group where it has one; otherwise from the whole split, as the paper does.
    """

    def __init__(self, crops: CropSet, batch_size: int, seed: int, *, paired: bool) -> None:
        self._crops = crops
        self._batch_size = batch_size
        self._seed = seed
        self._paired = paired
        self._members = _members(crops.groups)
        self.steps_per_epoch = max(1, len(crops.crops) // batch_size)

    def batch(self, step: int, device: torch.device) -> Batch:
        """The batch of step `step`, counted from 0."""
        epoch, position = divmod(step, self.steps_per_epoch)
        order = np.random.default_rng((self._seed, epoch)).permutation(len(self._crops.crops))
        before = order[position * self._batch_size : (position + 1) * self._batch_size]
        after = self._targets(before, np.random.default_rng((self._seed, epoch, position)))
        groups = self._crops.groups
        has_after = (groups[before] == groups[after]) & (groups[before] >= 0)
        shown_after = np.where(has_after, after, before)
        return Batch(
            before=self._pictures(before, device),
            intensities=torch.from_numpy(self._crops.intensities[before]).to(device),
            target=torch.from_numpy(self._crops.intensities[after]).to(device),
            after=self._pictures(shown_after, device),
            has_after=torch.from_numpy(has_after).to(device),
            identities=torch.from_numpy(self._crops.identities[before]).to(device),
        )

    def _targets(self, before: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        anywhere = rng.integers(len(self._crops.crops), size=len(before))
        if not self._paired:
            return anywhere
        own = [self._members.get(int(self._crops.groups[row])) for row in before]
        return np.array(
            [other if rows is None else rng.choice(rows) for rows, other in zip(own, anywhere, strict=True)]
        )

    def _pictures(self, rows: NDArray[np.int64], device: torch.device) -> Tensor:
        pixels = torch.from_numpy(self._crops.crops[rows]).to(device)
        return pixels.permute(0, 3, 1, 2).float().div_(255)


def _members(groups: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    order = np.argsort(groups, kind="stable")
    numbers, starts = np.unique(groups[order], return_index=True)
    parts = np.split(order, starts[1:])
    return {int(number): part for number, part in zip(numbers, parts, strict=True) if number >= 0}
