"""The parts of a training put together: networks, frozen networks that losses look through, batches."""

import torch

from trainer.config import TrainingConfig
from trainer.data.batches import Sampler
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.networks.vgg19 import Vgg19Features
from trainer.objectives import Objectives
from trainer.training import Training


def assemble(
    config: TrainingConfig, hardware: Hardware, crops: CropSet, identity_classifier: IdentityClassifier | None
) -> Training:
    """Make a training that has taken no step yet; its networks depend on the seed alone.

    Args:
        config: the whole configuration.
        hardware: made from its `run` section.
        crops: what is trained on.
        identity_classifier: C_id, frozen, where the identity loss is on.

    Raises:
        ModelError: VGG19's weights are needed and absent.
    """
    losses = config.losses
    torch.manual_seed(config.run.seed)
    networks = Networks(config.model)
    hardware.place(networks)
    features = None
    if losses.perceptual:
        features = Vgg19Features(losses.perceptual_layer)
        hardware.place(features)
    objectives = Objectives(losses, hardware, networks, identity_classifier, features)
    sampler = Sampler(
        crops,
        config.schedule.batch_size,
        config.run.seed,
        paired=losses.uses_pairs,
        rarity=config.schedule.target_rarity,
        process=hardware.process,
    )
    return Training(config, hardware, sampler, networks, objectives)
