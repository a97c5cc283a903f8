"""Calibrates how strongly G answers to single action units, by its weights alone.

A generator trained for little time moves less than it is asked to: L1 draws what it is unsure of towards the mean. G
takes u through one linear layer, and scaling an AU's column there makes each intensity act like a stronger one.
"""

from collections.abc import Mapping

import torch
from torch import nn

from engine.action_units import AU_COUNT, au_index
from engine.networks import DetailGenerator, Generator


@torch.no_grad()
def apply_gains(generator: Generator | DetailGenerator, gains: Mapping[int, float]) -> None:
    """Scale G's answer to some AUs in place: with a gain of 1.2, intensity 5 acts as 6 did.

    Args:
        generator: G; the last 17 inputs of its first layer are u, or how far u changes.
        gains: AU number to factor, above 0.

    Raises:
        ProjectError: an AU is unknown.
    """
    first = generator.condition[0] if isinstance(generator, DetailGenerator) else generator.from_condition
    assert isinstance(first, nn.Linear)
    weight = first.weight
    others = weight.shape[1] - AU_COUNT
    for number, gain in gains.items():
        weight[:, others + au_index(number)] *= gain
