"""Findings of an evaluation that nobody made, to be written down."""

import numpy as np

from engine.action_units import AU_COUNT
from engine.types import FloatArray
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.controls import STEPS, Responses
from trainer.evaluation.identity import RealPairs, Verification
from trainer.evaluation.likeness import Likeness
from trainer.evaluation.report import Findings
from trainer.evaluation.smoothness import Smoothness
from trainer.evaluation.truth import COPY, FaceLikeness

LEVELS = ("network", "detail")


def perfect_responses(people: int = 2) -> FloatArray:
    """Every AU does what it is told, and no other moves: [17, steps, people, 17]."""
    estimates = np.zeros((AU_COUNT, len(STEPS), people, AU_COUNT), np.float32)
    for index in range(AU_COUNT):
        estimates[index, :, :, index] = STEPS[:, None]
    return estimates


def made_up_findings() -> Findings:
    random = np.random.default_rng(3)
    meant = random.uniform(0, 5, (40, AU_COUNT)).astype(np.float32)
    meant[:, 3] = 0  # an AU that does not vary has no correlation
    near = meant + np.float32(0.5)
    return Findings(
        people=2,
        sources=10,
        edits=40,
        expression={level: Agreement.between(near, meant) for level in LEVELS},
        estimator=Agreement.between(meant, meant),
        real_pairs=RealPairs(threshold=0.6, accuracy=0.99, same=10, different=100, photographs=True),
        verification={level: Verification(0.975, 0.8) for level in LEVELS},
        reconstruction=Likeness(0.0, float("inf"), 1.0),
        controls={level: Responses(perfect_responses()) for level in LEVELS},
        smoothness={level: Smoothness(1.2, 0.05, 0.001) for level in LEVELS},
        truth={COPY: FaceLikeness(0.02, 0.9), **{level: FaceLikeness(0.01, 0.95) for level in LEVELS}},
        pairs=10,
    )
