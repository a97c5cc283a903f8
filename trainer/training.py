"""The training itself. `Training.step` is one step of section 3 of the paper, from top to bottom."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from lightning.fabric import Fabric
from torch import Tensor, nn
from torch.optim import Adam, Optimizer

from trainer.config import TrainingConfig
from trainer.data.augmentation import augment
from trainer.data.batches import Batch, Sampler
from trainer.networks.ensemble import Networks
from trainer.objectives import Generated, Objectives


class Training:
    """Networks, their optimisers and the step counter.

    Args:
        config: the whole configuration.
        fabric: devices, precision and gradient reduction.
        sampler: the training split.
        networks: freshly made or loaded.
        objectives: the losses.
    """

    def __init__(
        self, config: TrainingConfig, fabric: Fabric, sampler: Sampler, networks: Networks, objectives: Objectives
    ) -> None:
        self.config = config
        self.networks = networks
        self.next_step = 0
        self.total_steps = config.schedule.epochs * sampler.steps_per_epoch
        self._fabric = fabric
        self._sampler = sampler
        self._objectives = objectives
        networks.average.to(fabric.device)
        rate, classifier_rate, betas = (
            config.schedule.learning_rate,
            config.schedule.classifier_learning_rate,
            config.schedule.betas,
        )
        self._optimisers: dict[str, Optimizer] = {}
        self._expressor = self._set_up("expressor", networks.expressor, rate, betas)
        self._set_up("latent_discriminator", networks.latent_discriminator, rate, betas)
        self._set_up("image_discriminator", networks.image_discriminator, rate, betas)
        self._set_up("expression_classifier", networks.expression_classifier, classifier_rate, betas)

    def _set_up(self, name: str, network: nn.Module, rate: float, betas: tuple[float, float]) -> nn.Module:
        module, optimiser = self._fabric.setup(network, Adam(network.parameters(), rate, betas))
        optimiser.param_groups[0]["initial_lr"] = rate
        self._optimisers[name] = optimiser
        return module

    def step(self) -> dict[str, float | Tensor]:
        """Train every network once on the next batch; returns the losses, not yet moved off the device."""
        seed = self.config.run.seed * 1_000_003 + self.next_step
        generator = torch.Generator(self._fabric.device).manual_seed(seed)
        self._set_learning_rates()
        batch = augment(self._sampler.batch(self.next_step, self._fabric.device), self.config.augmentation, generator)
        made, losses = self._train_expressor(batch)
        losses |= self._train_critics(batch, made, generator)
        self.networks.update_average(self.config.run.ema_decay)
        self.next_step += 1
        return losses

    def _train_expressor(self, batch: Batch) -> tuple[Generated, dict[str, Tensor]]:
        """E and G: equation 7."""
        with _frozen(
            self.networks.latent_discriminator, self.networks.image_discriminator, self.networks.expression_classifier
        ):
            made = Generated(*self._expressor(batch.before, batch.intensities, batch.target))
            with self._fabric.autocast():
                terms = self._objectives.generator_terms(batch, made, self.next_step)
            total = self._objectives.generator_total(terms)
            self._descend("expressor", total)
        return made, {name: term.detach() for name, term in terms.items()} | {"total": total.detach()}

    def _train_critics(self, batch: Batch, made: Generated, generator: torch.Generator) -> dict[str, Tensor]:
        """D_z by equation 1, D_img by equation 2, C_exp by equation 3 on real pictures."""
        weights = self.config.losses
        losses: dict[str, Tensor] = {}
        with self._fabric.autocast():
            if weights.latent_adversarial:
                prior = torch.randn(made.latents.shape, generator=generator, device=self._fabric.device)
                losses["latent_discriminator"] = self._objectives.latent_critic(made.latents, prior)
            if weights.image_adversarial:
                losses["image_discriminator"] = self._objectives.image_critic(batch, made, generator)
            if weights.expression:
                losses["expression_classifier"] = self._objectives.expression_classifier(batch)
        for name, loss in losses.items():
            self._descend(name, loss)
        return {f"{name}_loss": loss.detach() for name, loss in losses.items()}

    def _descend(self, name: str, loss: Tensor) -> None:
        optimiser = self._optimisers[name]
        optimiser.zero_grad(set_to_none=True)
        self._fabric.backward(loss)
        optimiser.step()

    def _set_learning_rates(self) -> None:
        """Constant at first, then falling linearly to 0 at the last step."""
        start = self.config.schedule.decay_from * self.total_steps
        remaining = self.total_steps - self.next_step
        factor = min(1.0, remaining / max(1.0, self.total_steps - start))
        for optimiser in self._optimisers.values():
            for group in optimiser.param_groups:
                group["lr"] = group["initial_lr"] * factor

    def state(self) -> dict[str, Any]:
        """All that a checkpoint must hold to go on exactly."""
        return {
            "step": self.next_step,
            "config": self.config.model_dump(mode="json"),
            "networks": self.networks.state_dict(),
            "optimisers": {name: optimiser.state_dict() for name, optimiser in self._optimisers.items()},
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up where `state` was made."""
        self.networks.load_state_dict(state["networks"])
        for name, optimiser in self._optimisers.items():
            optimiser.load_state_dict(state["optimisers"][name])
        self.next_step = state["step"]


@contextmanager
def _frozen(*modules: nn.Module) -> Iterator[None]:
    """Let gradients pass through modules without computing those of their weights."""
    for module in modules:
        module.requires_grad_(requires_grad=False)
    try:
        yield
    finally:
        for module in modules:
            module.requires_grad_(requires_grad=True)
