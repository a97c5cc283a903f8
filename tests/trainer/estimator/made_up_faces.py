"""Made-up people whose labels follow from their geometry, so that networks learn them in seconds."""

import numpy as np

from engine.action_units import AU_COUNT, au_index
from engine.faces.expression import EXPRESSION_LANDMARKS
from trainer.estimator.faces import Faces

JAW, LIDS = (14, 17, 152, 18, 200), (159, 386, 158, 385)


def make_faces(people: int, seed: int, *, smiles: bool = True) -> Faces:
    """Faces whose jaw drops 0.1 and whose lids fall 0.05 distances between the eyes for each step of AU26 and AU45."""
    rng = np.random.default_rng(seed)
    common = np.random.default_rng(0).normal(0, 0.5, (len(EXPRESSION_LANDMARKS), 3))
    place = {landmark: index for index, landmark in enumerate(EXPRESSION_LANDMARKS)}
    jaw, lids, corner = ([place[landmark] for landmark in part] for part in (JAW, LIDS, (61, 291)))
    points, intensities, names, groups = [], [], [], []
    for person in range(people):
        resting = common + rng.normal(0, 0.02, common.shape)
        for index in range(12):
            labels = np.zeros(AU_COUNT, np.float32)
            if index > 1:
                labels[[au_index(26), au_index(45)]] = rng.uniform(0, 5, 2)
            face = resting + rng.normal(0, 0.001, common.shape)
            face[jaw, 1] += 0.1 * labels[au_index(26)]
            face[lids, 1] += 0.05 * labels[au_index(45)]
            points.append(face)
            intensities.append(labels)
            names.append(f"person {person}")
            groups.append("" if index == 0 else f"person {person} group")
        if smiles:
            smile = resting.copy()
            smile[corner, 1] -= 0.15
            points.append(smile)
            intensities.append(np.full(AU_COUNT, np.nan, np.float32))
            names.append(f"person {person}")
            groups.append("")
    return Faces(np.array(points, np.float32), np.array(intensities), np.array(names), np.array(groups))
