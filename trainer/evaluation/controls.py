"""Does every action unit obey? Each is swept over its range on a face at rest, and all of them are estimated anew."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AU_COUNT, MAX_INTENSITY
from engine.types import FloatArray
from trainer.evaluation.edits import Bench
from trainer.evaluation.means import mean_of_present
from trainer.evaluation.portraits import Gallery

STEPS: Final = np.arange(0.0, MAX_INTENSITY + 0.5, 1.0, dtype=np.float32)
"""The intensities of a sweep."""
_MOST_PEOPLE: Final = 24
_TOLERANCE: Final = 0.05
"""A step back by less, of 0..5, is the estimator's noise."""
_LEAST_RISE: Final = 0.25
"""What rises by less over the whole sweep does not obey."""


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """What is estimated when one AU is swept and all others are 0.

    Attributes:
        estimates: float32 [17 swept, steps, people, 17 estimated]; NaN where no face is found any more.
    """

    estimates: FloatArray

    @property
    def curves(self) -> NDArray[np.float64]:
        """Means over people, [17 swept, steps, 17 estimated]."""
        return mean_of_present(self.estimates, axis=2)

    @property
    def slopes(self) -> NDArray[np.float64]:
        """Rise of each estimate for a rise of the swept AU by 1 (least squares), [17 swept, 17 estimated]."""
        centred = STEPS.astype(np.float64) - STEPS.mean()
        return np.asarray(np.einsum("s,isj->ij", centred, self.curves) / (centred**2).sum())

    @property
    def monotone(self) -> NDArray[np.bool_]:
        """For each AU, whether its own mean estimate rises, and falls at no step, [17]."""
        own = self.curves[np.arange(AU_COUNT), :, np.arange(AU_COUNT)]
        return np.asarray((np.diff(own, axis=1) >= -_TOLERANCE).all(axis=1) & (own[:, -1] - own[:, 0] >= _LEAST_RISE))

    @property
    def off_target(self) -> NDArray[np.float64]:
        """For each swept AU, how far the estimates of the others move from 0 to 5, mean of absolute values, [17]."""
        change = mean_of_present(np.abs(self.estimates[:, -1].astype(np.float64) - self.estimates[:, 0]), axis=1)
        return np.asarray((change.sum(axis=1) - np.diag(change)) / (AU_COUNT - 1))


def sweep_length(gallery: Gallery) -> int:
    """How many edits the sweeps take."""
    return len(_people(gallery)) * (1 + AU_COUNT * (len(STEPS) - 1))


def sweep_action_units(bench: Bench) -> dict[str, Responses]:
    """Sweep all AUs on a calm portrait of each person; the responses by the level's name."""
    portraits = [bench.gallery.calmest(person) for person in _people(bench.gallery)]
    people = len(portraits)
    singles = STEPS[1:, None] * np.eye(AU_COUNT, dtype=np.float32)[:, None]  # [17, steps - 1, 17]
    targets = np.concatenate([np.zeros((1, AU_COUNT), np.float32), singles.reshape(-1, AU_COUNT)])
    # One person after the other: what is known of a portrait is worked out once for all of its edits.
    edits = bench.edit(
        [portrait for portrait in portraits for _ in targets], np.tile(targets, (people, 1)).astype(np.float32)
    )
    return {level: Responses(_arranged(edited.expressions, people)) for level, edited in edits.items()}


def _people(gallery: Gallery) -> tuple[str, ...]:
    return gallery.people[:_MOST_PEOPLE]


def _arranged(expressions: FloatArray, people: int) -> FloatArray:
    estimates = expressions.reshape(people, -1, AU_COUNT)
    at_rest = np.broadcast_to(estimates[:, None, :1], (people, AU_COUNT, 1, AU_COUNT))
    swept = estimates[:, 1:].reshape(people, AU_COUNT, len(STEPS) - 1, AU_COUNT)
    return np.ascontiguousarray(np.concatenate([at_rest, swept], axis=2).transpose(1, 2, 0, 3))
