"""What a training is going to be, told before it starts."""

import torch
from torch import Tensor, nn

from trainer.config import TrainingConfig
from trainer.config_files import config_text
from trainer.data.table import LabelledTable
from trainer.hardware import Hardware
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.pace import Pace


def describe_plan(config: TrainingConfig, images: LabelledTable, hardware: Hardware, pace: Pace) -> str:
    """The whole configuration as TOML; sizes, time and memory as comments above it.

    Args:
        config: of the training.
        images: the labelled pictures of its training split; those without a face will be left out.
        hardware: that it would run on.
        pace: of the training there.
    """
    people = len(set(images.identities))
    paired = sum(map(bool, images.groups))
    schedule, (_, processes) = config.schedule, hardware.process
    epoch = max(1, len(images) // schedule.batch_size)
    total_s = schedule.epochs * epoch * pace.step_s
    identity_s = schedule.identity_epochs * epoch * pace.identity_step_s
    before = f", and {_duration(identity_s)} before them for C_id" if identity_s else ""
    lines = [
        f"{len(images):,} labelled pictures of {people:,} people, {paired:,} of them in groups of before/after pairs",
        f"{schedule.epochs:,} epochs of {epoch:,} steps: {schedule.epochs * epoch:,} steps",
        *(f"{name}: {count:,} parameters" for name, count in parameter_counts(config, people).items()),
        f"{processes} process{'' if processes == 1 else 'es'} on {hardware.device.type}, {hardware.precision}; "
        f"memory of each: {pace.memory_bytes / 2**30:.1f} GiB",
        f"measured just now: {pace.step_s:.3g} s a step, {schedule.batch_size / pace.step_s:.3g} pictures/s",
        f"expected: {_duration(total_s)} for all steps{before}; aligning the faces comes on top, once",
    ]
    return "".join(f"# {line}\n" for line in lines) + "\n" + config_text(config)


def _duration(seconds: float) -> str:
    """Rounded to two units at most, such as "3 h 20 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{value} {unit}" for value, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if value]
    return " ".join(parts[:2])


def parameter_counts(config: TrainingConfig, people: int) -> dict[str, int]:
    """Trained parameters of each network that the configuration uses."""
    with torch.device("meta"):  # nothing is allocated
        networks = Networks(config.model)
        identity_classifier = IdentityClassifier(people, config.model.classifier_width, config.model.crop_size)
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
