"""The losses of the two classifiers: action-unit levels (equation 3) and identity (equation 4)."""

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.action_units import MAX_INTENSITY


def intensity_levels(intensities: Tensor) -> Tensor:
    """Round intensities [N, 17] in 0..5 to the nearest of the levels 0..5, int64; halves go up."""
    return torch.floor(intensities + 0.5).clamp(0, MAX_INTENSITY).long()


def expression_loss(logits: Tensor, intensities: Tensor) -> Tensor:
    """Cross-entropy of the six levels, mean over action units and batch (equation 3).

    Args:
        logits: of C_exp, [N, 17, 6].
        intensities: [N, 17] in 0..5.
    """
    return F.cross_entropy(logits.flatten(0, 1), intensity_levels(intensities).flatten())


def identity_loss(logits: Tensor, identities: Tensor) -> Tensor:
    """Cross-entropy of the persons, mean over the batch (equation 4).

    Args:
        logits: of C_id, [N, number of persons].
        identities: int64 [N].
    """
    return F.cross_entropy(logits, identities)
