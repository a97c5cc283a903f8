"""Figures on the test split, cheap enough to be taken while a training runs."""

from typing import Final

import torch

from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.losses.reconstruction import paired_loss, reconstruction_loss
from trainer.networks.ensemble import EncoderGenerator

_BATCHES: Final = 8
_BATCH_SIZE: Final = 16


class Validation:
    """The same pictures and targets at every call, of people that the training never sees."""

    def __init__(self, test: CropSet, device: torch.device) -> None:
        sampler = Sampler(test, _BATCH_SIZE, seed=0, paired=True)
        self._batches = [sampler.batch(step, device) for step in range(min(_BATCHES, sampler.steps_per_epoch))]

    @torch.no_grad()
    def measure(self, expressor: EncoderGenerator) -> dict[str, float]:
        """Reconstruction loss (equation 6), its L1 alone, and the paired term of edits, plain and with emphasis on what moves."""
        reconstruction, l1, edit, moving = [], [], [], []
        for batch in self._batches:
            _, rebuilt, edited = expressor(batch.before, batch.intensities, batch.target)
            reconstruction.append(float(reconstruction_loss(rebuilt, batch.before)))
            l1.append(float((rebuilt - batch.before).abs().mean()))
            pair = batch.has_after
            if bool(pair.any()):
                edit.append(float(paired_loss(edited[pair], batch.after[pair], batch.before[pair], emphasis=0.0)))
                moving.append(float(paired_loss(edited[pair], batch.after[pair], batch.before[pair], emphasis=20.0)))
        figures = {
            "test_reconstruction": reconstruction,
            "test_l1": l1,
            "test_paired_l1": edit,
            "test_paired_moving": moving,
        }
        return {name: sum(values) / len(values) for name, values in figures.items() if values}
