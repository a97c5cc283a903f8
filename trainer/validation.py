"""Figures on the test split, cheap enough to be taken while a training runs."""

from typing import Final

import torch

from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss
from trainer.networks.ensemble import EncoderGenerator

_BATCHES: Final = 8
_BATCH_SIZE: Final = 16
_EMPHASIS: Final = 40.0


class Validation:
    """The same pictures and targets at every call, of people that the training never sees."""

    def __init__(self, test: CropSet, device: torch.device) -> None:
        sampler = Sampler(test, _BATCH_SIZE, seed=0, paired=True)
        self._batches = [sampler.batch(step, device) for step in range(min(_BATCHES, sampler.steps_per_epoch))]

    @torch.no_grad()
    def measure(self, expressor: EncoderGenerator) -> dict[str, float]:
        """Reconstruction loss (equation 6), its L1 alone, the L1 of edits, and that of the change they make.

        The last is relative to making no change at all, so 1 is useless and 0 perfect.
        """
        reconstruction, l1, edit, change = [], [], [], []
        for batch in self._batches:
            _, rebuilt, edited = expressor(batch.before, batch.intensities, batch.target)
            reconstruction.append(float(reconstruction_loss(rebuilt, batch.before)))
            l1.append(float((rebuilt - batch.before).abs().mean()))
            pair = batch.has_after
            if bool(pair.any()):
                after, before = batch.after[pair], batch.before[pair]
                edit.append(float(paired_loss(edited[pair], after, before, emphasis=0.0)))
                still = change_loss(before, before, after, before, _EMPHASIS)
                change.append(float(change_loss(edited[pair], rebuilt[pair], after, before, _EMPHASIS) / still))
        figures = {
            "test_reconstruction": reconstruction,
            "test_l1": l1,
            "test_paired_l1": edit,
            "test_relative_change": change,
        }
        return {name: sum(values) / len(values) for name, values in figures.items() if values}
