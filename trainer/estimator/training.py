"""The training of both networks of the estimator, side by side on the same samples."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.action_units import AU_NUMBERS, au_index
from trainer.estimator.faces import Faces
from trainer.estimator.network import FaceSpace, IntensityNetwork, NeutralNetwork
from trainer.estimator.samples import SampleSource, mirrored_too, with_neutrals

_SMILING_AUS: Final = (6, 7, 10, 12, 25, 26)
_ABSENT_FROM_SMILES: Final = [au_index(number) for number in AU_NUMBERS if number not in _SMILING_AUS]


@dataclass(frozen=True, slots=True)
class EstimatorConfig:
    """How the estimator is trained.

    Attributes:
        seed: of all randomness.
        steps: of the optimiser.
        batch_size: labelled samples a step.
        learning_rate: the peak of a one-cycle schedule.
        weight_decay: of AdamW.
        code_size: principal components K.
        hidden: widths of the networks' hidden layers.
        calibrated_share: share of the samples whose neutral face the network is told.
        invented_share: share of the samples whose person does not exist.
        resting_share: share of the samples that show no expression, beside those in the data.
        jitter: noise of each landmark, in distances between the eyes.
        smile_weight: weight of posed smiles against labelled samples.
        least_smile: AU12 below which a posed smile is penalised.
        rest_share: share of strangers at rest in whose face, seen by itself, no AU of the mouth, cheeks and nose is to
            show (`rest_levels`).
        brow_rest_share: the same for AUs of brows and lids, which are at rest in most photos, smiles included.
    """

    seed: int = 2026
    steps: int = 6000
    batch_size: int = 192
    learning_rate: float = 2e-3
    weight_decay: float = 1e-3
    code_size: int = 96
    hidden: tuple[int, ...] = (160, 128)
    calibrated_share: float = 0.5
    invented_share: float = 0.7
    resting_share: float = 0.15
    jitter: float = 0.003
    smile_weight: float = 0.2
    least_smile: float = 2.0
    rest_share: float = 0.9
    brow_rest_share: float = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Estimator:
    """Both networks, in evaluation mode."""

    intensities: IntensityNetwork
    neutral: NeutralNetwork


def train_estimator(
    faces: Faces, config: EstimatorConfig, on_step: Callable[[int], None] = lambda _: None
) -> Estimator:
    """Train on the faces of a split; the same faces and configuration give the same networks.

    Args:
        faces: labelled faces, with neutral ones of each person, and posed smiles.
        config: how.
        on_step: called after each step with the number of steps done.
    """
    torch.manual_seed(config.seed)  # the networks' first weights
    generator = torch.Generator().manual_seed(config.seed)
    space, face_scale, change_scale = _fit_space(faces, config.code_size)
    source = SampleSource(
        faces,
        space,
        generator,
        invented=config.invented_share,
        at_rest=config.resting_share,
        jitter=config.jitter,
    )
    intensities = IntensityNetwork(space, config.hidden, face_scale, change_scale)
    neutral = NeutralNetwork(space, config.hidden, face_scale)
    parameters = [*intensities.layers.parameters(), *neutral.layers.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=config.learning_rate, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, total_steps=config.steps)
    for step in range(config.steps):
        batch = source.labelled(config.batch_size)
        calibrated = _draw_calibrated(config, config.batch_size, generator)
        estimate = intensities.from_codes(batch.faces, batch.neutrals, calibrated)
        loss = F.mse_loss(estimate, batch.intensities)
        guess = neutral.from_codes(batch.faces)
        loss = loss + F.mse_loss(guess / neutral.face_scale, batch.resting / neutral.face_scale)
        if source.has_smiles and config.smile_weight > 0:
            smiles = source.smiles(config.batch_size // 4)
            calibrated = _draw_calibrated(config, len(smiles.faces), generator)
            estimate = intensities.from_codes(smiles.faces, smiles.neutrals, calibrated)
            loss = loss + config.smile_weight * smile_loss(estimate, config.least_smile)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        on_step(step + 1)
    return Estimator(intensities.eval(), neutral.eval())


def smile_loss(intensities: Tensor, least_smile: float) -> Tensor:
    """What is known of a posed smile: AU12 is there, and the AUs that do not belong to smiles are not.

    Args:
        intensities: [B, 17].
        least_smile: AU12 from which on there is no loss.
    """
    missing = F.relu(least_smile - intensities[:, au_index(12)]).square().mean()
    present = intensities[:, _ABSENT_FROM_SMILES].square().mean()
    return missing + present


def _draw_calibrated(config: EstimatorConfig, count: int, generator: torch.Generator) -> Tensor:
    return (torch.rand(count, 1, generator=generator) < config.calibrated_share).float()


def _fit_space(faces: Faces, size: int) -> tuple[FaceSpace, Tensor, Tensor]:
    """The space of the faces, and how far the codes of faces and of their changes vary in it."""
    faces, neutrals = with_neutrals(mirrored_too(faces))
    points, resting = torch.from_numpy(faces.points), torch.from_numpy(neutrals)
    space = FaceSpace.fit(resting, points - resting, size)
    codes, resting_codes = space.encode(points), space.encode(resting)
    return space, codes.std(dim=0), (codes - resting_codes).std(dim=0)
