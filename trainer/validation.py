"""Figures on the test split, cheap enough to be taken while a training runs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import torch
from torch import nn

from engine.action_units import MAX_INTENSITY
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss
from trainer.networks.classifiers import LEVELS
from trainer.networks.expressors import Expressor, Generated

_BATCHES: Final = 8
_BATCH_SIZE: Final = 16
_EMPHASIS: Final = 40.0
"""Of the relative change: a pixel that changes by the full range weighs 41 times as much as one that does not."""


class Validation:
    """The same pictures and targets at every call, of people that the training never sees."""

    def __init__(self, test: CropSet, device: torch.device) -> None:
        sampler = Sampler(test, _BATCH_SIZE, seed=0, paired=True)
        self._batches = [sampler.batch(step, device) for step in range(min(_BATCHES, sampler.steps_per_epoch))]

    @torch.no_grad()
    def measure(self, expressor: Expressor, expression_classifier: nn.Module | None = None) -> dict[str, float]:
        """Means over the pictures, lower is better.

        Args:
            expressor: E and G.
            expression_classifier: C_exp, where it is trained.

        Returns:
            test_reconstruction: equation 6.
            test_l1: its mean absolute difference alone.
            test_paired_l1: mean absolute difference of edits and true pictures; only where the split has pairs.
            test_relative_change: the same of the change that edits make, with emphasis on what moves and relative to
                making no change at all; 1 is useless and 0 perfect.
            test_au_error: mean absolute difference, on 0..5, of the intensities that C_exp sees in edits and those that
                were asked for; only with C_exp, which is also the one that E and G are pulled by.
        """
        values = defaultdict(list)
        for batch in self._batches:
            made = Generated(*expressor(batch.seen, batch.before, batch.intensities, batch.target))
            rebuilt, edited = made.reconstruction, made.edited
            values["test_reconstruction"].append(reconstruction_loss(rebuilt, batch.before))
            values["test_l1"].append((rebuilt - batch.before).abs().mean())
            if expression_classifier is not None:
                levels = torch.arange(LEVELS, device=edited.device, dtype=edited.dtype)
                seen = (expression_classifier(edited).softmax(dim=-1) * levels).sum(dim=-1)
                values["test_au_error"].append((seen - batch.target).abs().mean())
            pair = batch.has_after
            if bool(pair.any()):
                edit, after, before = edited[pair], batch.after[pair], batch.before[pair]
                values["test_paired_l1"].append(paired_loss(edit, after, before, emphasis=0.0).mean())
                still = change_loss(before, before, after, before, _EMPHASIS).mean()
                change = change_loss(edit, rebuilt[pair], after, before, _EMPHASIS).mean()
                values["test_relative_change"].append(change / still.clamp_min(1e-6))
        return {name: float(torch.stack(parts).mean()) for name, parts in values.items()}


def score(figures: Mapping[str, float]) -> float:
    """One number by which weights are compared, lower is better.

    With true pairs it is the relative change, which sees expression and likeness alike. Otherwise it is the
    reconstruction plus, with C_exp, the error of the intensities as a share of their range.
    """
    if "test_relative_change" in figures:
        return figures["test_relative_change"]
    return figures["test_reconstruction"] + figures.get("test_au_error", 0.0) / MAX_INTENSITY
