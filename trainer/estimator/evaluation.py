"""How well the estimator does on people it has never seen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from engine.action_units import au_index
from engine.types import FloatArray
from trainer.estimator.faces import Faces
from trainer.estimator.samples import portraits
from trainer.estimator.training import Estimator
from trainer.evaluation.agreement import Agreement

VISIBLE_RISE: Final = 1.0
"""Rise of AU12 from a neutral photo to a posed smile that counts as found."""


@dataclass(frozen=True, slots=True)
class Photos:
    """What the estimator makes of real photos, each person's neutral one and, where there is one, the posed smile.

    Attributes:
        neutral_mean, neutral_largest: over all AUs of the neutral photos, of single faces.
        smiles: number of posed smiles.
        single_rises: share of the smiles whose AU12 lies at least `VISIBLE_RISE` above that of the neutral photo.
        known_rises: share of the smiles whose AU12 is at least `VISIBLE_RISE` with the neutral photo as reference.
    """

    neutral_mean: float
    neutral_largest: float
    smiles: int
    single_rises: float
    known_rises: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measurements on a split.

    Attributes:
        single: each face by itself.
        guessed: with the neutral face guessed from all faces of the person.
        known: with the person's neutral photo as reference.
        photos: on real photos.
    """

    single: Agreement
    guessed: Agreement
    known: Agreement
    photos: Photos


def evaluate_estimator(estimator: Estimator, faces: Faces) -> Evaluation:
    """Measure on the faces of a split; every person needs a neutral photo, which is not itself among those compared."""
    reference = portraits(faces)
    photographed = faces.are_neutral & (faces.groups == "")
    compared = faces.are_labelled & ~photographed
    labels = faces.intensities[compared]
    estimates = {
        "single": estimate(estimator, faces.points),
        "guessed": estimate(estimator, faces.points, guess_neutrals(estimator, faces)),
        "known": estimate(estimator, faces.points, reference),
    }
    agreements = {name: Agreement.between(values[compared], labels) for name, values in estimates.items()}
    return Evaluation(**agreements, photos=_judge_photos(estimates["single"], estimates["known"], faces, photographed))


def estimate(estimator: Estimator, points: FloatArray, neutral: FloatArray | None = None) -> FloatArray:
    """Intensities [N, 17] of faces [N, L, 3], with their people's neutral faces [N, L, 3] where those are known."""
    calibrated = torch.full((len(points), 1), 0.0 if neutral is None else 1.0)
    reference = torch.zeros(points.shape) if neutral is None else torch.from_numpy(neutral)
    with torch.no_grad():
        values: FloatArray = estimator.intensities(torch.from_numpy(points), reference, calibrated).numpy()
    return values


def guess_neutrals(estimator: Estimator, faces: Faces) -> FloatArray:
    """The neutral face of each face's person, guessed from all faces of that person, [N, L, 3]."""
    with torch.no_grad():
        guesses: FloatArray = estimator.neutral(torch.from_numpy(faces.points)).numpy()
    for person in np.unique(faces.people):
        own = faces.people == person
        guesses[own] = guesses[own].mean(axis=0)
    return guesses


def _judge_photos(single: FloatArray, known: FloatArray, faces: Faces, photographed: NDArray[np.bool_]) -> Photos:
    au12 = au_index(12)
    smiles = ~faces.are_labelled
    at_rest = {
        person: single[photographed & (faces.people == person), au12].mean()
        for person in np.unique(faces.people[smiles])
    }
    rises = single[smiles, au12] - np.array([at_rest[person] for person in faces.people[smiles]])
    return Photos(
        neutral_mean=float(single[photographed].mean()),
        neutral_largest=float(single[photographed].max()),
        smiles=int(smiles.sum()),
        single_rises=float((rises >= VISIBLE_RISE).mean()) if smiles.any() else 0.0,
        known_rises=float((known[smiles, au12] >= VISIBLE_RISE).mean()) if smiles.any() else 0.0,
    )
