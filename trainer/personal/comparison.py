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
from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.faces.expression import ExpressionEstimator
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.pipeline import PipelineSettings, open_pipeline
from engine.types import Frame, RGBImage
from trainer.data.crops import CropSet, load_crops
from trainer.data.table import read_table
from trainer.networks.ensemble import Networks

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


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a model draws pictures again, whose values are 0..1.

    Attributes:
        l1: mean absolute difference; lower is better.
        psnr_db: peak signal-to-noise ratio; higher is better.
    """

    l1: float
    psnr_db: float


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """One picture of the person, drawn and edited by one model.

    Attributes:
        drawn: the crop as the networks draw it, uint8 [S, S, 3] RGB.
        edited: the picture under each expression of `SHOWN`, uint8 [H, W, 3] RGB.
        measured: the intensity of each one's action unit in the result, 0..5; NaN where no face is found.
    """

    drawn: RGBImage
    edited: Mapping[str, RGBImage]
    measured: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Pictures of the test split: whole, and as crops."""

    pictures: tuple[RGBImage, ...]
    crops: CropSet
    rows: tuple[int, ...]


def choose_subject(data: Path, count: int) -> Subject:
    """Take up to `count` pictures, evenly over the test split."""
    crops = load_crops(data, "test", DEFAULT_TEMPLATE)
    missing = set(crops.without_face)
    images = [image for image in read_table(data, "test") if image.path.name not in missing]
    rows = tuple(int(row) for row in np.unique(np.linspace(0, len(images) - 1, min(count, len(images))).astype(int)))
    return Subject(tuple(read_photo(images[row].path).shown() for row in rows), crops, rows)


@torch.no_grad()
def measure_likeness(networks: Networks, crops: CropSet) -> Likeness:
    """How well the averaged networks draw the pictures of a split again."""
    l1, squared = [], []
    for first in range(0, len(crops.crops), _BATCH):
        pictures, own = _tensors(crops, range(first, min(first + _BATCH, len(crops.crops))))
        difference = networks.average.edit(pictures, own, own) - pictures
        l1 += difference.abs().mean(dim=(1, 2, 3)).tolist()
        squared += difference.square().mean(dim=(1, 2, 3)).tolist()
    return Likeness(float(np.mean(l1)), float(-10 * np.log10(max(np.mean(squared), 1e-12))))


@torch.no_grad()
def sit(networks: Networks, model: Path, subject: Subject) -> list[Sitting]:
    """Draw and edit the subject's pictures.

    Args:
        networks: of the model, for the crop as it draws it.
        model: its bundle, for the edits.
        subject: the pictures.
    """
    pictures, own = _tensors(subject.crops, subject.rows)
    drawn = networks.average.edit(pictures, own, own).permute(0, 2, 3, 1).mul(255).round().byte().numpy()
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
