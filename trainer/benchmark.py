"""How much faster than a plainly written one this trainer is: the same networks, losses and batch, in one run.

The plain loop is what one writes first: float32 in NCHW, a `DataLoader` that decodes JPEG files in two processes, every
network called for every picture, all gradients taken.
"""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.optim import Adam
from torch.utils.data import DataLoader, Dataset

from trainer.assembly import assemble
from trainer.config import TrainingConfig
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.losses.adversarial import image_critic_loss, image_generator_loss, log_critic_loss, log_generator_loss
from trainer.losses.classification import expression_loss, identity_loss
from trainer.losses.perceptual import perceptual_loss
from trainer.losses.reconstruction import reconstruction_loss
from trainer.memory import keep_freed_memory
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import LatentExpressor
from trainer.networks.vgg19 import Vgg19Features
from trainer.pace import random_crops, seconds_per_step
from trainer.randomness import Draws

RAFD_PICTURES: Final = 1608
RAFD_PEOPLE: Final = 67
_BATCHES: Final = 4
_STORED_PX: Final = 256


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of a step of the plain loop and of ours, and the pictures in each."""

    plain_step_s: float
    step_s: float
    batch_size: int

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.plain_step_s / self.step_s

    @property
    def schedule_s(self) -> float:
        """What the paper's training on RaFD would take: 400 epochs of 1,608 pictures."""
        return self.step_s * 400 * (RAFD_PICTURES // self.batch_size)


def compare(config: TrainingConfig, hardware: Hardware, patience_s: float, workers: int = 2) -> Comparison:
    """Measure both on random pictures, the plain loop first: ours changes how this process keeps memory.

    Args:
        config: the paper's networks and losses, of any size.
        hardware: made from its `run` section.
        patience_s: how long to measure each, at least two steps.
        workers: processes that decode pictures for the plain loop.
    """
    crops = random_crops(_BATCHES * config.schedule.batch_size, RAFD_PEOPLE, config.model.crop_size)
    with TemporaryDirectory() as folder:
        _write_pictures(Path(folder), crops)
        loop = plain_loop(config, hardware.device, crops, Path(folder), workers)
        plain_s = seconds_per_step(lambda: next(loop), hardware, patience_s)
        loop.close()  # ends the workers
    if hardware.device.type == "cpu":
        keep_freed_memory()
    classifier = (
        IdentityClassifier(RAFD_PEOPLE, config.model.classifier_width, config.model.crop_size)
        .requires_grad_(False)
        .eval()
    )
    hardware.place(classifier)
    training = assemble(config, hardware, crops, classifier)
    return Comparison(plain_s, seconds_per_step(training.step, hardware, patience_s), config.schedule.batch_size)


class _Pictures(Dataset[tuple[Tensor, Tensor, int]]):
    """JPEG files, decoded, resized and labelled one by one."""

    def __init__(self, folder: Path, crops: CropSet) -> None:
        self._folder = folder
        self._crops = crops

    def __len__(self) -> int:
        return len(self._crops.crops)

    def __getitem__(self, row: int) -> tuple[Tensor, Tensor, int]:
        size = self._crops.crops.shape[1]
        with Image.open(self._folder / f"{row}.jpg") as file:
            picture = np.asarray(file.convert("RGB").resize((size, size), Image.Resampling.BILINEAR))
        pixels = torch.from_numpy(picture.copy()).permute(2, 0, 1).float() / 255
        return pixels, torch.from_numpy(self._crops.intensities[row]), int(self._crops.identities[row])


def plain_loop(
    config: TrainingConfig, device: torch.device, crops: CropSet, folder: Path, workers: int
) -> Generator[Tensor]:
    """Train by a step each time; yields the loss of E and G, without an end. Only the paper's terms are taken."""
    losses, schedule = config.losses, config.schedule
    networks = Networks(config.model).to(device)
    expressor = networks.expressor
    assert isinstance(expressor, LatentExpressor)
    features = Vgg19Features(losses.perceptual_layer).to(device)
    identifier = IdentityClassifier(RAFD_PEOPLE, config.model.classifier_width, config.model.crop_size)
    identifier = identifier.to(device).eval()
    rate, betas = schedule.learning_rate, schedule.betas
    latent_critic, image_critic = networks.latent_discriminator, networks.image_discriminator
    classifier = networks.expression_classifier
    trained = (expressor, latent_critic, image_critic, classifier)
    for_expressor, for_latents, for_images, for_levels = (
        Adam(network.parameters(), rate, betas) for network in trained
    )
    draws = Draws(torch.Generator(device))
    pictures = _Pictures(folder, crops)
    loader = DataLoader(pictures, schedule.batch_size, shuffle=True, drop_last=True, num_workers=workers)
    for batch in chain.from_iterable(repeat(loader)):
        images, own, identities = (part.to(device) for part in batch)
        target = own[torch.randperm(len(own))]
        latents = expressor.encoder(images)
        rebuilt, edited = expressor.generator(latents, own), expressor.generator(latents, target)
        critic_logits = image_critic(edited)
        total = (
            log_generator_loss(latent_critic(latents), losses.generator_form)
            + image_generator_loss(critic_logits, losses.image_adversary, losses.generator_form)
            + losses.expression * expression_loss(classifier(edited), target)
            + losses.identity * identity_loss(identifier(edited), identities)
            + losses.perceptual * perceptual_loss(features(rebuilt), features(images))
            + losses.perceptual * perceptual_loss(features(edited), features(images))
            + losses.reconstruction * reconstruction_loss(rebuilt, images)
        )
        _descend(for_expressor, total)
        latents, edited = latents.detach(), edited.detach()
        _descend(for_latents, log_critic_loss(latent_critic(torch.randn_like(latents)), latent_critic(latents)))
        readings = losses.image_adversary, losses.gradient_penalty, losses.gradient_penalty_at
        _descend(for_images, image_critic_loss(image_critic, images, edited, *readings, draws))
        _descend(for_levels, expression_loss(classifier(images), own))
        networks.update_average(config.run.ema_decay)
        yield total.detach()


def _descend(optimiser: Adam, loss: Tensor) -> None:
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def _write_pictures(folder: Path, crops: CropSet) -> None:
    for row, crop in enumerate(crops.crops):
        smooth = cv2.resize(cv2.resize(crop, (16, 16)), (_STORED_PX, _STORED_PX))
        cv2.imwrite(str(folder / f"{row}.jpg"), smooth)
