"""Drawn faces and tiny networks: a whole training in a second, without pictures and without MediaPipe."""

from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.action_units import AU_COUNT, au_index
from trainer.config import AugmentationConfig, LossConfig, ModelConfig, RunConfig, ScheduleConfig, TrainingConfig
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.objectives import Objectives
from trainer.training import Training

SIZE_PX: Final = 128
TINY: Final = ModelConfig(
    latent_size=16,
    encoder_channels=(4, 8, 8, 8, 16),
    generator_channels=(16, 16, 16, 16, 8, 8, 4),
    discriminator_channels=2,
    classifier_width=0.01,
)
UNCHANGED: Final = AugmentationConfig(flip=False, rotation_deg=0, scale=0, shift_px=0, colour=0)


def tiny_config(
    losses: LossConfig | None = None, *, epochs: int = 2, batch_size: int = 4, rate: float = 1e-3
) -> TrainingConfig:
    """All of the paper's terms but the perceptual one, which needs VGG19's weights, on the tiniest networks."""
    return TrainingConfig(
        model=TINY,
        losses=losses or LossConfig(perceptual=0),
        schedule=ScheduleConfig(epochs=epochs, batch_size=batch_size, learning_rate=rate, identity_epochs=1),
        run=RunConfig(accelerator="cpu", precision="32-true", log_every=1, sample_every=1000, tensorboard=False),
    )


def drawn_crops(people: int, pictures: int, *, paired: bool = True, seed: int = 0) -> CropSet:
    """A split of drawn people: skin colours tell them apart; AU12 widens the mouth, AU26 opens it, AU45 shuts the eyes.

    Args:
        people: how many.
        pictures: of each, the first of them neutral.
        paired: whether the pictures of one person are a group.
        seed: of colours and expressions.
    """
    rng = np.random.default_rng(seed)
    intensities = np.zeros((people, pictures, AU_COUNT), np.float32)
    for number in (12, 26, 45):
        intensities[:, 1:, au_index(number)] = rng.uniform(0, 5, (people, pictures - 1))
    skins = rng.integers(90, 230, (people, 3))
    crops = [_draw(skin, vector) for skin, own in zip(skins, intensities, strict=True) for vector in own]
    identities = np.repeat(np.arange(people), pictures)
    return CropSet(
        crops=np.stack(crops),
        intensities=intensities.reshape(-1, AU_COUNT),
        identities=identities,
        identity_names=tuple(f"person {number}" for number in range(people)),
        groups=identities.copy() if paired else np.full_like(identities, -1),
    )


def start_training(config: TrainingConfig, hardware: Hardware, people: int = 3) -> Training:
    """A training on drawn pairs, four pictures of each person, with an untrained C_id."""
    torch.manual_seed(config.run.seed)
    networks = Networks(config.model)
    hardware.place(networks)
    classifier = None
    if config.losses.identity:
        classifier = IdentityClassifier(people, config.model.classifier_width).requires_grad_(False)
    objectives = Objectives(config.losses, hardware, networks, classifier, None)
    sampler = Sampler(drawn_crops(people, 4), config.schedule.batch_size, config.run.seed, paired=True)
    return Training(config, hardware, sampler, networks, objectives)


def _draw(skin: NDArray[np.int64], intensities: NDArray[np.float32]) -> NDArray[np.uint8]:
    """uint8 [128, 128, 3] RGB."""
    smile, drop, blink = (float(intensities[au_index(number)]) for number in (12, 26, 45))
    picture = np.full((SIZE_PX, SIZE_PX, 3), 40, np.uint8)
    cv2.ellipse(picture, (64, 66), (44, 58), 0, 0, 360, tuple(map(int, skin)), -1)
    for x in (45, 83):
        cv2.ellipse(picture, (x, 42), (8, 1 + round(5 - blink)), 0, 0, 360, (20, 20, 20), -1)
    cv2.ellipse(picture, (64, 92), (14 + round(2 * smile), 2 + round(2 * drop)), 0, 0, 360, (150, 30, 40), -1)
    return picture
