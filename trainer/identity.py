"""C_id, trained alone on the identities of the training split and then frozen (section 4.1)."""

from pathlib import Path

import torch
from lightning.fabric import Fabric
from rich.progress import track

from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import TrainingConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.losses.classification import identity_loss
from trainer.networks.classifiers import IdentityClassifier


def pretrained_identity_classifier(
    config: TrainingConfig, crops: CropSet, out: Path, fabric: Fabric
) -> IdentityClassifier:
    """Train C_id, or take the one trained before in `out`; returns it frozen, on the training device."""
    names = crops.identity_names
    classifier = IdentityClassifier(len(names), config.model.classifier_width)
    path = out / "identity.pt"
    if path.is_file():
        saved = load_checkpoint(path)
        if saved["names"] == list(names) and saved["width"] == config.model.classifier_width:
            classifier.load_state_dict(saved["classifier"])
            return _frozen(classifier, fabric)
    accuracy = _train(classifier, config, crops, fabric)
    content = {"names": list(names), "width": config.model.classifier_width, "accuracy": accuracy}
    save_checkpoint(path, {**content, "classifier": classifier.state_dict()})
    return _frozen(classifier, fabric)


def _train(classifier: IdentityClassifier, config: TrainingConfig, crops: CropSet, fabric: Fabric) -> float:
    """Returns the share of the last epoch's pictures that were told right."""
    schedule = config.schedule
    optimiser = torch.optim.Adam(classifier.parameters(), schedule.classifier_learning_rate)
    module, optimiser = fabric.setup(classifier, optimiser)
    sampler = Sampler(crops, schedule.batch_size, config.run.seed, paired=False)
    generator = torch.Generator(fabric.device)
    right = total = 0
    for step in track(range(schedule.identity_epochs * sampler.steps_per_epoch), "Training C_id"):
        generator.manual_seed(config.run.seed * 1_000_003 + step)
        batch = augment(sampler.batch(step, fabric.device), config.augmentation, generator)
        logits = module(batch.before)
        loss = identity_loss(logits, batch.identities)
        optimiser.zero_grad(set_to_none=True)
        fabric.backward(loss)
        optimiser.step()
        if step >= (schedule.identity_epochs - 1) * sampler.steps_per_epoch:
            right += int((logits.argmax(dim=1) == batch.identities).sum())
            total += len(batch.identities)
    return right / max(1, total)


def _frozen(classifier: IdentityClassifier, fabric: Fabric) -> IdentityClassifier:
    return classifier.requires_grad_(requires_grad=False).eval().to(fabric.device)
