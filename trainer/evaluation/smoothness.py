"""Do edits move evenly? The strength α (equation 8) rises in equal steps, and the face should, too."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.action_units import PRESETS, interpolate_expression
from engine.types import FloatArray
from trainer.evaluation.edits import Bench, Edited
from trainer.evaluation.means import mean_of_present
from trainer.evaluation.portraits import Gallery

STEPS: Final = 17
_MOST_PEOPLE: Final = 12
_EXPRESSIONS: Final = ("happy", "surprise", "anger", "sad", "disgust", "fear")


@dataclass(frozen=True, slots=True)
class Smoothness:
    """Of sweeps of α from 0 to 1, means over faces.

    Attributes:
        largest_step: the largest step of the landmarks relative to their mean step; 1 is perfectly even.
        landmark_roughness: mean absolute second difference of the landmarks' positions, in per cent of the crop's side.
        picture_roughness: the same of the pixels, of 0..1.
    """

    largest_step: float
    landmark_roughness: float
    picture_roughness: float


def sweep_count(gallery: Gallery) -> int:
    """How many edits the sweeps take."""
    return min(len(gallery.people), _MOST_PEOPLE) * STEPS


def sweep_strength(bench: Bench) -> dict[str, Smoothness]:
    """Sweep α on a calm portrait of each person, towards one emotion each; by the level's name."""
    people = bench.gallery.people[:_MOST_PEOPLE]
    portraits = [bench.gallery.calmest(person) for person in people]
    targets = [
        interpolate_expression(portrait.expression, PRESETS[_EXPRESSIONS[row % len(_EXPRESSIONS)]], strength).values
        for row, portrait in enumerate(portraits)
        for strength in np.linspace(0, 1, STEPS)
    ]
    edits = bench.edit([portrait for portrait in portraits for _ in range(STEPS)], np.stack(targets))
    return {level: _smoothness(edited, len(people)) for level, edited in edits.items()}


def _smoothness(edited: Edited, people: int) -> Smoothness:
    size = edited.crops.shape[1]
    outlines = edited.outlines.reshape(people, STEPS, -1, 2)
    pictures = edited.crops.reshape(people, STEPS, -1).astype(np.float32) / 255
    steps = np.linalg.norm(np.diff(outlines, axis=1), axis=3).mean(axis=2)  # [people, steps - 1]
    return Smoothness(
        largest_step=float(mean_of_present(steps.max(axis=1) / steps.mean(axis=1))),
        landmark_roughness=float(mean_of_present(np.abs(_bends(outlines)))) / size * 100,
        picture_roughness=float(np.mean([np.abs(_bends(own[None])).mean() for own in pictures])),
    )


def _bends(values: FloatArray) -> FloatArray:
    """Second differences along axis 1."""
    return np.asarray(values[:, 2:] - 2 * values[:, 1:-1] + values[:, :-2])
