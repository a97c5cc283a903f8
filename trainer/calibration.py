"""Calibrates how strongly G answers to single action units, by its weights alone.

A generator trained for little time moves less than it is asked to: L1 draws what it is unsure of towards the mean. G
takes u through one linear layer, and scaling an AU's column there makes each intensity act like a stronger one.
"""

from collections.abc import Mapping

import torch

from engine.action_units import AU_COUNT, au_index
from engine.networks import Generator


@torch.no_grad()
def apply_gains(generator: Generator, gains: Mapping[int, float]) -> None:
    """Scale G's answer to some AUs in place: with a gain of 1.2, intensity 5 acts as 6 did.

    Args:
        generator: G; the last 17 inputs of its first layer are u.
        gains: AU number to factor, above 0.

    Raises:
        ProjectError: an AU is unknown.
    """
    weight = generator.from_condition.weight
    latent_size = weight.shape[1] - AU_COUNT
    for number, gain in gains.items():
        weight[:, latent_size + au_index(number)] *= gain
