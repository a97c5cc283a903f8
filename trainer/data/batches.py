"""Batches of a split. Step n's batch depends on the seed and n alone, so a resumed training sees the same."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.data.crops import CropSet
from trainer.randomness import array_generator


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One step's data on the training device; S is the side of a crop.

    Attributes:
        before: source pictures, float32 [B, 3, S, S] RGB in 0..1.
        seen: what the networks see of them, as `before`; the same, or degraded by augmentation.
        intensities: u_source, float32 [B, 17] in 0..5.
        target: u_target, float32 [B, 17] in 0..5.
        after: true pictures of the target expression, as `before`; those without one repeat it.
        has_after: bool [B].
        pair_weights: float32 [B], 0 where there is no true picture and otherwise alike, of mean 1 over the batch of all
            processes: how a mean over true pairs weighs its values, however the pairs fall to the processes.
        identities: int64 [B].
    """

    before: Tensor
    seen: Tensor
    intensities: Tensor
    target: Tensor
    after: Tensor
    has_after: Tensor
    pair_weights: Tensor
    identities: Tensor


class Sampler:
    """Draws source pictures by epochs without replacement, and a target expression for each.

    Args:
        crops: the split.
        batch_size: B, over all processes; a split that is smaller makes smaller batches.
        seed: of the whole training.
        paired: take targets from the source's own group where it has one; otherwise, as the paper does, from the whole
            split.
        rarity: how much oftener rare and strong expressions are targets. A picture is drawn as a target in proportion
            to 1 + `rarity` times the mean of its squared intensities, each over its action unit's mean square in the
            split.
        process: this process's number, from 0, and how many there are. Each takes its share of every batch.
    """

    def __init__(
        self,
        crops: CropSet,
        batch_size: int,
        seed: int,
        *,
        paired: bool,
        rarity: float = 0.0,
        process: tuple[int, int] = (0, 1),
    ) -> None:
        self._crops = crops
        self._batch_size = batch_size
        self._seed = seed
        self._groups = _Groups(crops.groups) if paired else None
        self._shares = _target_shares(crops.intensities, rarity) if rarity else None
        self._process = process
        self.steps_per_epoch = max(1, len(crops.crops) // batch_size)

    def batch(self, step: int, device: torch.device) -> Batch:
        """This process's share of the batch of step `step`, counted from 0."""
        epoch, position = divmod(step, self.steps_per_epoch)
        order = _order(len(self._crops.crops), self._seed, epoch)
        drawn = order[position * self._batch_size : (position + 1) * self._batch_size]
        targets = self._targets(drawn, array_generator(self._seed, epoch, position))
        groups = self._crops.groups
        in_pairs = (groups[drawn] == groups[targets]) & (groups[drawn] >= 0)
        weights = in_pairs * np.float32(len(drawn) / max(1, in_pairs.sum()))
        first, processes = self._process
        before, after, has_after = (rows[first::processes] for rows in (drawn, targets, in_pairs))
        pictures = self._pictures(before, device)
        return Batch(
            before=pictures,
            seen=pictures,
            intensities=torch.from_numpy(self._crops.intensities[before]).to(device),
            target=torch.from_numpy(self._crops.intensities[after]).to(device),
            after=self._pictures(np.where(has_after, after, before), device),
            has_after=torch.from_numpy(has_after).to(device),
            pair_weights=torch.from_numpy(weights[first::processes]).to(device),
            identities=torch.from_numpy(self._crops.identities[before]).to(device),
        )

    def _targets(self, before: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """For each source the picture whose expression it shall take."""
        anywhere = rng.choice(len(self._crops.crops), size=len(before), p=self._shares)
        if self._groups is None:
            return anywhere
        own = [self._groups.members(int(self._crops.groups[row])) for row in before]
        return np.array(
            [other if rows is None else self._one_of(rows, rng) for rows, other in zip(own, anywhere, strict=True)],
            np.int64,
        )

    def _one_of(self, rows: NDArray[np.int64], rng: np.random.Generator) -> int:
        if self._shares is None:
            return int(rng.choice(rows))
        shares = self._shares[rows]
        return int(rng.choice(rows, p=shares / shares.sum()))

    def _pictures(self, rows: NDArray[np.int64], device: torch.device) -> Tensor:
        pixels = torch.from_numpy(self._crops.crops[rows]).to(device)
        return pixels.permute(0, 3, 1, 2).float().div_(255)


@lru_cache(maxsize=2)
def _order(count: int, seed: int, epoch: int) -> NDArray[np.int64]:
    """The pictures of an epoch in the order in which they are drawn."""
    return array_generator(seed, epoch).permutation(count)


def _target_shares(intensities: NDArray[np.float32], rarity: float) -> NDArray[np.float64]:
    """How probably each picture is drawn as a target, float64 [N] of sum 1, from intensities float32 [N, 17]."""
    squares = intensities.astype(np.float64) ** 2
    means = squares.mean(axis=0)
    shares = 1 + rarity * np.divide(squares, means, out=np.zeros_like(squares), where=means > 0).mean(axis=1)
    return shares / shares.sum()


class _Groups:
    """The pictures of each group, in arrays as long as the split: a million groups are no million objects."""

    def __init__(self, groups: NDArray[np.int64]) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._numbers, self._starts = np.unique(groups[self._order], return_index=True)

    def members(self, group: int) -> NDArray[np.int64] | None:
        """The pictures of a group; None where `group` stands for none."""
        if group < 0:
            return None
        place = int(np.searchsorted(self._numbers, group))
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._order)
        return self._order[self._starts[place] : end]
