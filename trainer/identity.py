"""C_id, trained alone on the identities of the training split and then frozen (section 4.1)."""

from pathlib import Path

import torch

from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import TrainingConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Sampler
from trainer.data.crop_cache import ShowProgress
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.losses.classification import identity_loss
from trainer.networks.classifiers import IdentityClassifier
from trainer.randomness import tensor_generator


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
    classifier = IdentityClassifier(len(crops.identity_names), config.model.classifier_width)
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
    schedule, seed, device = config.schedule, config.run.seed, hardware.device
    optimiser = torch.optim.Adam(classifier.parameters(), schedule.classifier_learning_rate)
    sampler = Sampler(crops, schedule.batch_size, seed, paired=False, process=hardware.process)
    total_steps = schedule.identity_epochs * sampler.steps_per_epoch
    right = torch.zeros((), device=device)
    with show_progress("Training C_id", total_steps) as report:
        for step in range(total_steps):
            generator = tensor_generator(device, seed, step, hardware.process[0])
            batch = augment(sampler.batch(step, device), config.augmentation, generator)
            logits = hardware.apply(classifier, batch.before)
            hardware.descend(optimiser, identity_loss(logits, batch.identities))
            if step >= total_steps - sampler.steps_per_epoch:
                right += (logits.argmax(dim=1) == batch.identities).float().mean() / sampler.steps_per_epoch
            report(step + 1)
    return float(right)
