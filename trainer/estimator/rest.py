"""What a single face shows of its build: estimates of people at rest whom a network has never seen.

A low brow and a lowered one look alike in a single face, and most faces that are photographed are at rest. So what the
network makes of strangers at rest is measured on people held out of a training, and as much is taken off later on.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import torch
from torch import Tensor

from engine.action_units import AU_NUMBERS, UPPER_FACE
from trainer.estimator.faces import Faces
from trainer.estimator.samples import mirrored_too
from trainer.estimator.training import Estimator, EstimatorConfig, train_estimator

_HELD_OUT: Final = 3
"""Every third person."""
_STEPS_SHARE: Final = 2
_BOUNDS: Final = (1.0, 3.0)
"""Weaker than the first, hardly any photo shows an action unit; beyond the second, one could hardly show any more."""


def rest_levels(faces: Faces, config: EstimatorConfig, on_step: Callable[[int], None] = lambda _: None) -> Tensor:
    """Estimates, float [17], that the shares of strangers at rest which `config` gives stay below, 1 at least.

    Args:
        faces: the training split; a third of its people is held out of half as many steps of training.
        config: as of the training of the estimator itself.
        on_step: called after each step with the number of steps done.
    """
    names = np.unique(faces.people)
    held_out = np.isin(faces.people, names[::_HELD_OUT])
    if len(names) < _HELD_OUT or not (held_out & faces.are_neutral).any():
        return torch.full((len(AU_NUMBERS),), _BOUNDS[0])
    estimator = train_estimator(faces.chosen(~held_out), rest_config(config), on_step)
    estimates = _estimates_at_rest(estimator, faces.chosen(held_out))
    shares = [config.brow_rest_share if number in UPPER_FACE else config.rest_share for number in AU_NUMBERS]
    levels = [torch.quantile(own, share) for own, share in zip(estimates.T, shares, strict=True)]
    return torch.stack(levels).clamp(*_BOUNDS)


def rest_config(config: EstimatorConfig) -> EstimatorConfig:
    """Of the training that strangers are held out of."""
    return replace(config, steps=max(1, config.steps // _STEPS_SHARE))


def _estimates_at_rest(estimator: Estimator, strangers: Faces) -> Tensor:
    """Of single photos at rest and their mirror images, [N, 17]; of renders where there are no photos."""
    photos = strangers.are_neutral & (strangers.groups == "")
    at_rest = mirrored_too(strangers.chosen(photos if photos.any() else strangers.are_neutral))
    points = torch.from_numpy(at_rest.points)
    with torch.no_grad():
        estimates: Tensor = estimator.intensities(points, torch.zeros_like(points), torch.zeros(len(points), 1))
    return estimates
