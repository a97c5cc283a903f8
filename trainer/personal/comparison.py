"""The model before and after, on pictures of the person that the training has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import torch

from engine.action_units import AUVector
from engine.faces.alignment import CropTemplate
from engine.faces.expression import ExpressionEstimator
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.pipeline import PipelineSettings, open_pipeline
from engine.types import Frame, RGBImage
from trainer.data.crops import CropSet, load_crops
from trainer.data.table import read_table
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import LatentExpressor
from trainer.validation import Validation

SHOWN: Final = MappingProxyType(
    {
        "smile (AU12)": (12, AUVector.of({6: 2, 12: 4, 25: 2})),
        "jaw drop (AU26)": (26, AUVector.of({25: 3, 26: 4})),
        "raised brows (AU1)": (1, AUVector.of({1: 4, 2: 4})),
        "closed eyes (AU45)": (45, AUVector.of({45: 5})),
    }
)
"""The expressions that are shown, each with the action unit that is measured."""
_BATCH: Final = 16


FIGURES: Final = (
    "mean difference of pictures drawn again, of 255",
    "error of true changes, where 1 is no change at all",
)
"""What `Likeness.texts` tells; lower is better."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the person a model's pictures are, on pictures that the training has not seen.

    Attributes:
        l1: mean absolute difference, on 0..1, of pictures drawn again; None of a model that moves their own pixels.
        change: the error of edits beside other moments of the same pose, relative to making no change, with emphasis on
            what moves; None where the footage has no such moments.
    """

    l1: float | None
    change: float | None

    @property
    def texts(self) -> tuple[str, str]:
        """Each of `FIGURES`; "" where there is none."""
        drawn = "" if self.l1 is None else f"{self.l1 * 255:.1f}"
        return drawn, "" if self.change is None else f"{self.change:.3f}"


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """One picture of the person, drawn and edited by one model.

    Attributes:
        drawn: the crop as the networks draw it, uint8 [S, S, 3] RGB; None of a model that moves its own pixels.
        edited: the picture under each expression of `SHOWN`, uint8 [H, W, 3] RGB.
        measured: the intensity of each one's action unit in the result, 0..5; NaN where no face is found.
    """

    drawn: RGBImage | None
    edited: Mapping[str, RGBImage]
    measured: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Pictures of the test split: whole, and as crops."""

    pictures: tuple[RGBImage, ...]
    crops: CropSet
    rows: tuple[int, ...]


def choose_subject(data: Path, count: int, template: CropTemplate) -> Subject:
    """Take up to `count` pictures, evenly over the test split."""
    crops = load_crops(data, "test", template)
    missing = set(crops.without_face)
    images = [image for image in read_table(data, "test") if image.path.name not in missing]
    rows = tuple(int(row) for row in np.unique(np.linspace(0, len(images) - 1, min(count, len(images))).astype(int)))
    return Subject(tuple(read_photo(images[row].path).shown() for row in rows), crops, rows)


@torch.no_grad()
def measure_likeness(networks: Networks, crops: CropSet, pairs: CropSet | None) -> Likeness:
    """Measure the averaged networks.

    Args:
        networks: of the model.
        crops: test pictures.
        pairs: test pictures and their partners of the same pose, by groups.
    """
    change = None
    if pairs is not None:
        change = Validation(pairs, torch.device("cpu")).measure(networks.average).get("test_relative_change")
    if not _draws_again(networks):
        return Likeness(None, change)
    l1: list[float] = []
    for first in range(0, len(crops.crops), _BATCH):
        pictures, own = _tensors(crops, range(first, min(first + _BATCH, len(crops.crops))))
        l1 += (networks.average.edit(pictures, own, own) - pictures).abs().mean(dim=(1, 2, 3)).tolist()
    return Likeness(float(np.mean(l1)), change)


def _draws_again(networks: Networks) -> bool:
    """Whether the whole picture comes out of a latent."""
    return isinstance(networks.average, LatentExpressor)


@torch.no_grad()
def sit(networks: Networks, model: Path, subject: Subject) -> list[Sitting]:
    """Draw and edit the subject's pictures.

    Args:
        networks: of the model, for the crop as it draws it.
        model: its bundle, for the edits.
        subject: the pictures.
    """
    pictures, own = _tensors(subject.crops, subject.rows)
    drawn: list[RGBImage | None] = [None] * len(pictures)
    if _draws_again(networks):
        drawn = list(networks.average.edit(pictures, own, own).permute(0, 2, 3, 1).mul(255).round().byte().numpy())
    sittings = []
    with open_pipeline(PipelineSettings(model), "image") as pipeline, FaceLandmarker("image") as landmarker:
        estimator = ExpressionEstimator()
        tracks = [track for picture in subject.pictures for track in landmarker.detect(picture)[:1]]
        estimator = estimator.with_neutral(estimator.guess_neutral(tracks))
        for picture, crop in zip(subject.pictures, drawn, strict=True):
            frame = Frame(picture, Fraction(0), 0)
            edited = {
                name: pipeline.process([frame], _Constant(expression))[0].frame.pixels
                for name, (_, expression) in SHOWN.items()
            }
            found = {name: estimator.estimate(landmarker.detect(pixels)[:1]) for name, pixels in edited.items()}
            measured = {
                name: found[name][0][unit] if found[name] else float("nan") for name, (unit, _) in SHOWN.items()
            }
            sittings.append(Sitting(crop, edited, measured))
    return sittings


@dataclass(frozen=True, slots=True)
class _Constant:
    expression: AUVector

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        return self.expression


def _tensors(crops: CropSet, rows: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures float32 [N, 3, S, S] in 0..1 and their intensities float32 [N, 17]."""
    chosen = list(rows)
    pictures = torch.from_numpy(crops.crops[chosen]).permute(0, 3, 1, 2).float() / 255
    return pictures, torch.from_numpy(crops.intensities[chosen])
