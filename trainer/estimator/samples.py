"""Training samples: real changes of expression on faces of people who do not exist.

Between two pictures of one group nothing differs but the expression, so a labelled face is its person's neutral face
plus a change that belongs to the label. The change is moved to other neutral faces: mixtures of all people seen, drawn
so that they vary as real people do. A network trained on the few people themselves would learn their faces by heart.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.errors import MediaError
from engine.faces.expression import EXPRESSION_LANDMARKS
from engine.faces.topology import mirror_images
from engine.types import FloatArray
from trainer.estimator.faces import Faces
from trainer.estimator.network import FaceSpace


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One step's samples; B faces in the codes of a `FaceSpace`.

    Attributes:
        faces: float [B, K].
        neutrals: float [B, K], what is seen of the same people at rest in another picture.
        resting: float [B, K], the people's true faces at rest.
        intensities: float [B, 17].
    """

    faces: Tensor
    neutrals: Tensor
    resting: Tensor
    intensities: Tensor


class SampleSource:
    """Draws training samples from labelled faces.

    Args:
        faces: the training split; each labelled face needs a neutral one in its group or of its person.
        space: codes of the faces.
        generator: of all randomness.
        invented: share of the samples whose person does not exist.
        at_rest: share of the labelled samples that show no expression, beside those drawn without one.
        jitter: standard deviation of each landmark's noise, in distances between the eyes.
    """

    def __init__(
        self,
        faces: Faces,
        space: FaceSpace,
        generator: torch.Generator,
        *,
        invented: float,
        at_rest: float,
        jitter: float,
    ) -> None:
        faces, neutrals = with_neutrals(mirrored_too(faces))
        codes, neutral_codes = (space.encode(torch.from_numpy(points)) for points in (faces.points, neutrals))
        names, person = np.unique(faces.people, return_inverse=True)
        self._person = torch.from_numpy(person)
        self._people = torch.stack([neutral_codes[self._person == index].mean(dim=0) for index in range(len(names))])
        self._population = self._people.mean(dim=0)
        # What differs between neutral pictures of one person: errors of the pose fit and of the landmarker.
        self._unrest = neutral_codes - self._people[self._person]
        self._changes = codes - neutral_codes
        self._intensities = torch.from_numpy(faces.intensities)
        labelled = torch.from_numpy(faces.are_labelled)
        self._labelled, self._smiles = torch.nonzero(labelled)[:, 0], torch.nonzero(~labelled)[:, 0]
        self._generator = generator
        self._invented = invented
        self._at_rest = at_rest
        self._jitter = jitter

    @property
    def has_smiles(self) -> bool:
        """Whether there are posed smiles without labels."""
        return len(self._smiles) > 0

    def labelled(self, count: int) -> Batch:
        """Samples with known intensities."""
        return self._batch(self._labelled, count, self._at_rest)

    def smiles(self, count: int) -> Batch:
        """Samples of posed smiles; their intensities are NaN."""
        return self._batch(self._smiles, count, 0.0)

    def _batch(self, rows: Tensor, count: int, at_rest: float) -> Batch:
        chosen = rows[torch.randint(len(rows), (count,), generator=self._generator)]
        invented = torch.rand(count, 1, generator=self._generator) < self._invented
        expressive = torch.rand(count, 1, generator=self._generator) >= at_rest
        resting = torch.where(invented, self._invent_people(count), self._people[self._person[chosen]])
        return Batch(
            faces=self._seen(resting) + self._changes[chosen] * expressive,
            neutrals=self._seen(resting),
            resting=resting,
            intensities=self._intensities[chosen] * expressive,
        )

    def _invent_people(self, count: int) -> Tensor:
        """Random mixtures with the mean and the covariance of the people known."""
        weights = torch.randn(count, len(self._people), generator=self._generator) / len(self._people) ** 0.5
        return self._population + weights @ (self._people - self._population)

    def _seen(self, faces: Tensor) -> Tensor:
        """The faces as one more picture would show them."""
        unrest = self._unrest[torch.randint(len(self._unrest), (len(faces),), generator=self._generator)]
        return faces + unrest + self._jitter * torch.randn(faces.shape, generator=self._generator)


def mirrored_too(faces: Faces) -> Faces:
    """The faces and their mirror images, which count as other people."""
    position = {landmark: index for index, landmark in enumerate(EXPRESSION_LANDMARKS)}
    order = [position[landmark] for landmark in mirror_images(EXPRESSION_LANDMARKS)]
    flipped = faces.points[:, order] * np.array([-1, 1, 1], np.float32)
    return Faces(
        points=np.concatenate([faces.points, flipped]),
        intensities=np.concatenate([faces.intensities] * 2),
        people=np.concatenate([faces.people, np.char.add(faces.people, " mirrored")]),
        groups=np.concatenate([faces.groups, np.where(faces.groups == "", "", np.char.add(faces.groups, " mirrored"))]),
    )


def with_neutrals(faces: Faces) -> tuple[Faces, FloatArray]:
    """The faces of which a neutral one is known, and that one for each, float32 [N, L, 3].

    It is the mean of the neutral pictures of the face's group, else the person's `portraits`.

    Raises:
        MediaError: no face of the split has a neutral one.
    """
    neutral, neutrals = faces.are_neutral, portraits(faces)
    for group in set(faces.groups[neutral]) - {""}:
        members = faces.groups == group
        neutrals[members] = faces.points[members & neutral].mean(axis=0)
    known = ~np.isnan(neutrals[:, 0, 0])
    if not known.any():
        raise MediaError(
            "No person of the dataset has a picture without expression.",
            "Add pictures whose AUxx_r are all 0, at least one for each person.",
        )
    return faces.chosen(known), neutrals[known]


def portraits(faces: Faces) -> FloatArray:
    """The neutral face of each face's person, float32 [N, L, 3]; NaN where the person has none.

    It is the mean of the person's neutral pictures outside all groups, else of all the person's neutral pictures.
    """
    neutrals = np.full_like(faces.points, np.nan)
    for person in np.unique(faces.people):
        own = faces.people == person
        at_rest = own & faces.are_neutral
        ungrouped = at_rest & (faces.groups == "")
        if at_rest.any():
            neutrals[own] = faces.points[ungrouped if ungrouped.any() else at_rest].mean(axis=0)
    return neutrals
