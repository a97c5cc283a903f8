"""The training itself. `Training.step` is one step of section 3 of the paper, from top to bottom."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from torch import Tensor, nn
from torch.optim import Adam

from trainer.config import ScheduleConfig, TrainingConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Batch, Sampler
from trainer.hardware import Hardware
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import Generated
from trainer.objectives import Objectives
from trainer.randomness import Draws, tensor_generator


class _Descent(NamedTuple):
    """An optimiser and the rate that it starts with."""

    optimiser: Adam
    rate: float


class Training:
    """Networks, their optimisers and the step counter. Owned by one thread.

    Args:
        config: the whole configuration.
        hardware: runs the networks and their optimisers.
        sampler: the training split.
        networks: freshly made or loaded, placed on the hardware already.
        objectives: the losses.

    Attributes:
        config, networks: as above.
        next_step: the number of steps done.
        total_steps: of the whole training.
    """

    def __init__(
        self, config: TrainingConfig, hardware: Hardware, sampler: Sampler, networks: Networks, objectives: Objectives
    ) -> None:
        self.config = config
        self.networks = networks
        self.next_step = 0
        self.total_steps = config.schedule.epochs * sampler.steps_per_epoch
        self._hardware = hardware
        self._sampler = sampler
        self._objectives = objectives
        rate, classifier_rate = config.schedule.learning_rate, config.schedule.classifier_learning_rate
        self._descents = {
            "expressor": self._descent(networks.expressor, rate),
            "latent_discriminator": self._descent(networks.latent_discriminator, rate),
            "image_discriminator": self._descent(networks.image_discriminator, rate),
            "expression_classifier": self._descent(networks.expression_classifier, classifier_rate),
        }

    def _descent(self, network: nn.Module, rate: float) -> _Descent:
        return _Descent(Adam(network.parameters(), rate, self.config.schedule.betas), rate)

    def step(self) -> dict[str, Tensor]:
        """Train every network once on the next batch; returns the losses, still on the device."""
        device = self._hardware.device
        generator = tensor_generator(device, self.config.run.seed, self.next_step)
        draws = Draws(generator, self._hardware.process)
        self._set_rates()
        batch = augment(self._sampler.batch(self.next_step, device), self.config.augmentation, draws)
        made, losses = self._train_expressor(batch)
        losses |= self._train_critics(batch, made, draws)
        self.networks.update_average(average_decay(self.config.run.ema_decay, self.next_step))
        self.next_step += 1
        return losses

    def _train_expressor(self, batch: Batch) -> tuple[Generated, dict[str, Tensor]]:
        """E and G: equation 7. Gradients pass through D_z, D_img and C_exp, but not to their weights."""
        networks = self.networks
        with _frozen(networks.latent_discriminator, networks.image_discriminator, networks.expression_classifier):
            inputs = batch.seen, batch.before, batch.intensities, batch.target
            made = Generated(*self._hardware.apply(networks.expressor, *inputs))
            terms = self._objectives.generator_terms(batch, made, self.next_step)
            total = self._objectives.generator_total(terms)
            self._hardware.descend(self._descents["expressor"].optimiser, total)
        return made, {name: term.detach() for name, term in terms.items()} | {"total": total.detach()}

    def _train_critics(self, batch: Batch, made: Generated, draws: Draws) -> dict[str, Tensor]:
        """D_z by equation 1, D_img by equation 2, C_exp by equation 3 on real pictures."""
        weights = self.config.losses
        losses: dict[str, Tensor] = {}
        if weights.latent_adversarial:
            losses["latent_discriminator"] = self._objectives.latent_critic(made.latents, draws)
        if weights.image_adversarial:
            losses["image_discriminator"] = self._objectives.image_critic(batch, made, draws)
        if weights.expression:
            losses["expression_classifier"] = self._objectives.expression_classifier(batch)
        for name, loss in losses.items():
            self._hardware.descend(self._descents[name].optimiser, loss)
        return {f"{name}_loss": loss.detach() for name, loss in losses.items()}

    def _set_rates(self) -> None:
        factor = rate_factor(self.config.schedule, self.next_step, self.total_steps)
        for optimiser, rate in self._descents.values():
            for group in optimiser.param_groups:
                group["lr"] = rate * factor

    def state(self) -> dict[str, Any]:
        """All that a checkpoint must hold to go on exactly."""
        return {
            "step": self.next_step,
            "config": self.config.model_dump(mode="json"),
            "networks": self.networks.state_dict(),
            "optimisers": {name: descent.optimiser.state_dict() for name, descent in self._descents.items()},
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up where `state` was made."""
        self.networks.load_state_dict(state["networks"])
        for name, descent in self._descents.items():
            descent.optimiser.load_state_dict(state["optimisers"][name])
        self.next_step = state["step"]


def rate_factor(schedule: ScheduleConfig, step: int, total_steps: int) -> float:
    """What the learning rates are multiplied by in a step: 1 at first, then falling linearly, to 0 after the last."""
    falling = total_steps * (1 - schedule.decay_from)
    return min(1.0, (total_steps - step) / falling) if falling else 1.0


def average_decay(decay: float, step: int) -> float:
    """The decay of the weights' average in a step: smaller at first, so that their random start is soon forgotten."""
    return min(decay, (1 + step) / (10 + step))


@contextmanager
def _frozen(*networks: nn.Module) -> Iterator[None]:
    """Let gradients pass through networks without computing those of their weights."""
    for network in networks:
        network.requires_grad_(False)
    try:
        yield
    finally:
        for network in networks:
            network.requires_grad_(True)
