"""What a training is going to be, told before it starts."""

import torch
from torch import Tensor, nn

from trainer.config import TrainingConfig
from trainer.config_files import config_text
from trainer.data.table import LabelledImage
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks


def describe_plan(config: TrainingConfig, images: tuple[LabelledImage, ...]) -> str:
    """The whole configuration as TOML; sizes of data, networks and schedule as comments above it.

    Args:
        config: of the training.
        images: the labelled pictures of its training split; those without a face will be left out.
    """
    people = len({image.identity for image in images})
    paired = sum(bool(image.group) for image in images)
    steps = max(1, len(images) // config.schedule.batch_size)
    lines = [
        f"{len(images):,} labelled pictures of {people:,} people, {paired:,} of them in groups of before/after pairs",
        f"{config.schedule.epochs:,} epochs of {steps:,} steps: {config.schedule.epochs * steps:,} steps",
        *(f"{name}: {count:,} parameters" for name, count in parameter_counts(config, people).items()),
    ]
    return "".join(f"# {line}\n" for line in lines) + "\n" + config_text(config)


def parameter_counts(config: TrainingConfig, people: int) -> dict[str, int]:
    """Trained parameters of each network that the configuration uses."""
    with torch.device("meta"):  # nothing is allocated
        networks = Networks(config.model)
        identity_classifier = IdentityClassifier(people, config.model.classifier_width)
    losses = config.losses
    networks_used: list[tuple[str, nn.Module, bool]] = [
        ("E", networks.expressor.encoder, True),
        ("G", networks.expressor.generator, True),
        ("D_z", networks.latent_discriminator, losses.latent_adversarial > 0),
        ("D_img", networks.image_discriminator, losses.image_adversarial > 0),
        ("C_exp", networks.expression_classifier, losses.expression > 0),
        ("C_id", identity_classifier, losses.identity > 0),
    ]
    return {name: sum(map(Tensor.numel, network.parameters())) for name, network, used in networks_used if used}
