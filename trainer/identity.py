"""C_id, trained alone on the identities of the training split and then frozen (section 4.1)."""

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import torch
from torch import Tensor

from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import TrainingConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Sampler
from trainer.data.crop_cache import ShowProgress
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.losses.classification import identity_loss
from trainer.networks.classifiers import IdentityClassifier
from trainer.randomness import Draws, tensor_generator


def pretrained_identity_classifier(
    config: TrainingConfig,
    hardware: Hardware,
    crops: CropSet,
    path: Path,
    show_progress: ShowProgress | None = None,
) -> IdentityClassifier:
    """Train C_id, or take the one that an earlier call has left at `path` for the same people and width.

    Returns:
        C_id, frozen, on the training device.
    """
    classifier = IdentityClassifier(len(crops.identity_names), config.model.classifier_width, config.model.crop_size)
    hardware.place(classifier)
    made_for = {"names": list(crops.identity_names), "width": config.model.classifier_width}
    saved = hardware.from_first(load_checkpoint(path) if hardware.is_first and path.is_file() else {})
    if all(saved.get(name) == value for name, value in made_for.items()):
        classifier.load_state_dict(saved["classifier"])
    else:
        accuracy = _train(classifier, config, hardware, crops, show_progress or hardware.progress_bar)
        if hardware.is_first:
            save_checkpoint(path, {**made_for, "accuracy": accuracy, "classifier": classifier.state_dict()})
    return classifier.requires_grad_(False).eval()


def _train(
    classifier: IdentityClassifier,
    config: TrainingConfig,
    hardware: Hardware,
    crops: CropSet,
    show_progress: ShowProgress,
) -> float:
    """Returns the share of the last epoch's pictures whose person was told right, of this process's."""
    steps_per_epoch = _sampler(config, hardware, crops).steps_per_epoch
    total_steps = config.schedule.identity_epochs * steps_per_epoch
    right = torch.zeros((), device=hardware.device)
    with show_progress("Training C_id", total_steps) as report:
        for step, share in enumerate(islice(identity_steps(classifier, config, hardware, crops), total_steps)):
            if step >= total_steps - steps_per_epoch:
                right += share / steps_per_epoch
            report(step + 1)
    return float(right)


def identity_steps(
    classifier: IdentityClassifier, config: TrainingConfig, hardware: Hardware, crops: CropSet
) -> Iterator[Tensor]:
    """Train C_id by a step each time; yields the share of the batch whose person was told right, without an end."""
    seed, device = config.run.seed, hardware.device
    optimiser = torch.optim.Adam(classifier.parameters(), config.schedule.classifier_learning_rate)
    sampler = _sampler(config, hardware, crops)
    for step in count():
        draws = Draws(tensor_generator(device, seed, step), hardware.process)
        batch = augment(sampler.batch(step, device), config.augmentation, draws)
        logits = hardware.apply(classifier, batch.before)
        hardware.descend(optimiser, identity_loss(logits, batch.identities))
        yield (logits.argmax(dim=1) == batch.identities).float().mean()


def _sampler(config: TrainingConfig, hardware: Hardware, crops: CropSet) -> Sampler:
    return Sampler(crops, config.schedule.batch_size, config.run.seed, paired=False, process=hardware.process)
