"""The whole evaluation of a model: what is measured, in which order, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.types import FloatArray
from trainer.data.table import read_table
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.controls import Responses, sweep_action_units, sweep_length
from trainer.evaluation.edits import Bench
from trainer.evaluation.identity import RealPairs, Verification, judge_real_pairs
from trainer.evaluation.likeness import Likeness
from trainer.evaluation.portraits import Gallery, Portrait, intensities
from trainer.evaluation.reading import FaceReader
from trainer.evaluation.smoothness import Smoothness, sweep_count, sweep_strength
from trainer.evaluation.truth import FaceLikeness, compare_with_truth, reconstruct, true_pairs

PAPER_EDITS: Final = 1392
"""How many edits the paper's Table 1 is made of."""
_MOST_REBUILT: Final = 256
_EDITS_A_TRUTH: Final = 4
"""One comparison with a true picture for so many edits."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What was measured; mappings are by the level's name.

    Attributes:
        people: how many people the sources show.
        sources: how many different pictures were edited.
        edits: of Table 1.
        expression: agreement of the edits' estimated intensities with their targets, Table 1.
        estimator: agreement of the estimator with the labels of the unedited pictures: what perfect edits would reach.
        real_pairs: how face verification does on real pictures; None without a verifier.
        verification: how it sees sources and edits, Table 2; empty without a verifier.
        reconstruction: of the networks' pictures under their own expression.
        controls: responses to sweeps of single AUs.
        smoothness: of sweeps of α.
        truth: likeness to true pictures, that of the unedited source, too; empty without groups.
        pairs: how many pairs that was.
    """

    people: int
    sources: int
    edits: int
    expression: Mapping[str, Agreement]
    estimator: Agreement
    real_pairs: RealPairs | None
    verification: Mapping[str, Verification]
    reconstruction: Likeness
    controls: Mapping[str, Responses]
    smoothness: Mapping[str, Smoothness]
    truth: Mapping[str, FaceLikeness]
    pairs: int


def blurred_levels(findings: Findings) -> dict[str, int]:
    """The levels at which most edits show no face any more, so that their figures say little, and how many do not."""
    lost = {level: findings.edits - part.count for level, part in findings.expression.items()}
    return {level: count for level, count in lost.items() if 2 * count > findings.edits}


def edits_needed(gallery: Gallery, edits: int) -> int:
    """How many edits an evaluation takes at each level, for a progress bar."""
    rebuilt = min(len(gallery.portraits), _MOST_REBUILT)
    return edits + edits // _EDITS_A_TRUTH + rebuilt + sweep_length(gallery) + sweep_count(gallery)


def evaluate_model(bench: Bench, reader: FaceReader, data: Path, edits: int, seed: int = 0) -> Findings:
    """Measure a model on portraits of people it has never seen.

    Args:
        bench: the model, and the portraits.
        reader: the bench's; with a verifier, identities are compared, too.
        data: the dataset; targets are drawn from the labels of its training split.
        edits: how many edits Table 1 is made of.
        seed: of the draws.
    """
    random = np.random.default_rng(seed)
    gallery = bench.gallery
    targets = _draw_targets(data, edits, random)
    sources = _draw_sources(gallery, edits, random)
    pairs = true_pairs(gallery, edits // _EDITS_A_TRUTH, random)
    real = None if reader.verifier is None else judge_real_pairs(data, gallery, reader)
    made = bench.edit(sources, targets, identities=real is not None)
    similarities = {level: part.similarities for level, part in made.items() if part.similarities is not None}
    return Findings(
        people=len(gallery.people),
        sources=len(set(sources)),
        edits=edits,
        expression={level: Agreement.between(part.expressions, targets) for level, part in made.items()},
        estimator=_judge_estimator(reader, gallery),
        real_pairs=real,
        verification={level: Verification.of(own, real) for level, own in similarities.items() if real is not None},
        reconstruction=reconstruct(bench, list(dict.fromkeys(sources))[:_MOST_REBUILT]),
        controls=sweep_action_units(bench),
        smoothness=sweep_strength(bench),
        truth=compare_with_truth(bench, pairs) if pairs else {},
        pairs=len(pairs),
    )


def _draw_targets(data: Path, count: int, random: np.random.Generator) -> FloatArray:
    """Real vectors of the training split, float32 [count, 17]."""
    real = np.stack([image.intensities for image in read_table(data, "train")])
    return real[random.integers(len(real), size=count)]


def _draw_sources(gallery: Gallery, count: int, random: np.random.Generator) -> list[Portrait]:
    """Every portrait about as often as any other."""
    rounds = -(-count // len(gallery.portraits))
    order = np.concatenate([random.permutation(len(gallery.portraits)) for _ in range(rounds)])
    return [gallery.portraits[row] for row in order[:count]]


def _judge_estimator(reader: FaceReader, gallery: Gallery) -> Agreement:
    portraits = [portrait for portrait in gallery.portraits if portrait is not gallery.neutral.get(portrait.person)]
    estimates = reader.expressions(
        [portrait.face.track for portrait in portraits],
        [gallery.resting.get(portrait.person) for portrait in portraits],
    )
    return Agreement.between(estimates, intensities(portraits))
