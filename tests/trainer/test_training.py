"""One step from top to bottom, and many of them: what learns, what stays, what falls; and a resumed training."""

from copy import deepcopy
from typing import Any

import pytest
import torch
from torch import Tensor

from tests.trainer.faces import start_training, tiny_config
from trainer.config import LossConfig, ScheduleConfig
from trainer.hardware import Hardware
from trainer.training import average_decay, rate_factor


def flat(state: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """All leaves of nested dictionaries and lists by their path."""
    leaves: dict[str, Any] = {}
    for name, value in state.items():
        if isinstance(value, list):
            value = dict(enumerate(value))
        path = f"{prefix}/{name}"
        leaves |= flat(value, path) if isinstance(value, dict) else {path: value}
    return leaves


def differences(a: dict[str, Any], b: dict[str, Any]) -> list[str]:
    """Paths whose values are not equal bit for bit."""
    first, second = flat(a), flat(b)
    assert first.keys() == second.keys()
    return [
        path
        for path, value in first.items()
        if not (torch.equal(value, second[path]) if isinstance(value, Tensor) else value == second[path])
    ]


def test_a_resumed_training_equals_an_uninterrupted_one_bit_for_bit(hardware: Hardware) -> None:
    """Weights, their average, optimisers, rates and random numbers."""
    config = tiny_config(
        LossConfig(perceptual=0, paired=10), epochs=1, batch_size=2
    )  # the rates fall in half of 6 steps
    whole, first = start_training(config, hardware), start_training(config, hardware)
    for _ in range(6):
        whole.step()
    for _ in range(2):
        first.step()
    second = start_training(config.model_copy(), hardware)
    second.load_state(deepcopy(first.state()))
    for _ in range(4):
        losses = second.step()
    assert second.next_step == 6
    assert differences(whole.state(), second.state()) == []
    assert differences(whole.state(), first.state()) != []
    assert all(bool(value.isfinite()) for value in losses.values())


def test_a_step_trains_every_network_that_has_a_weight(hardware: Hardware) -> None:
    training = start_training(tiny_config(), hardware)
    before = deepcopy(training.networks.state_dict())
    losses = training.step()
    changed = {
        name.split(".")[0]
        for name, weights in training.networks.state_dict().items()
        if not torch.equal(weights, before[name])
    }
    assert changed == {"expressor", "average", "latent_discriminator", "image_discriminator", "expression_classifier"}
    assert set(losses) == {
        "latent_adversarial",
        "image_adversarial",
        "expression",
        "identity",
        "reconstruction",
        "total",
        "latent_discriminator_loss",
        "image_discriminator_loss",
        "expression_classifier_loss",
    }
    assert not any(value.requires_grad for value in losses.values())
    assert training.next_step == 1


def test_networks_whose_terms_are_off_stay_as_they_are(hardware: Hardware) -> None:
    config = LossConfig(perceptual=0, identity=0, expression=0, image_adversarial=0, latent_adversarial=0)
    training = start_training(tiny_config(config), hardware)
    before = deepcopy(training.networks.state_dict())
    assert set(training.step()) == {"reconstruction", "total"}
    for name, weights in training.networks.state_dict().items():
        if name.startswith(("latent_discriminator", "image_discriminator", "expression_classifier")):
            assert torch.equal(weights, before[name])


def test_the_step_of_e_and_g_leaves_no_gradient_in_the_critics(hardware: Hardware) -> None:
    training = start_training(tiny_config(), hardware)
    batch = training._sampler.batch(0, hardware.device)
    training._train_expressor(batch)
    networks = training.networks
    for critic in (networks.latent_discriminator, networks.image_discriminator, networks.expression_classifier):
        assert all(weights.grad is None and weights.requires_grad for weights in critic.parameters())
    assert all(weights.grad is not None for weights in networks.expressor.parameters())


def test_thirty_steps_on_drawn_faces_lower_the_reconstruction(hardware: Hardware) -> None:
    """With both adversaries; C_exp and C_id at the paper's weights would take longer to leave room for it."""
    losses = LossConfig(perceptual=0, identity=0, expression=0)
    training = start_training(tiny_config(losses, epochs=5, batch_size=2, rate=1e-2), hardware)
    steps = [training.step() for _ in range(30)]
    assert training.next_step == training.total_steps == 30
    assert all(bool(value.isfinite()) for step in steps for value in step.values())
    values = [float(step["reconstruction"]) for step in steps]
    assert sum(values[-5:]) < 0.7 * sum(values[:5])


def test_steps_in_bfloat16_are_finite_near_those_in_float32_and_keep_float32_weights(hardware: Hardware) -> None:
    config = tiny_config(LossConfig(perceptual=0, paired=10, image_adversary="wgan-gp"), batch_size=2)
    reduced = Hardware(config.run.model_copy(update={"precision": "bf16-mixed"}))
    exact, rounded = start_training(config, hardware), start_training(config, reduced)
    first, second = exact.step(), rounded.step()
    assert all(value.dtype == torch.float32 for value in second.values())
    for name in ("reconstruction", "paired", "expression"):
        assert float(second[name]) == pytest.approx(float(first[name]), rel=0.05)
        assert float(second[name]) != float(first[name])
    assert all(bool(value.isfinite()) for _ in range(2) for value in rounded.step().values())
    for weights in rounded.networks.parameters():
        assert weights.dtype == torch.float32
        assert bool(weights.isfinite().all())


def test_rates_are_constant_and_then_fall_linearly_to_0() -> None:
    schedule = ScheduleConfig(decay_from=0.5)
    factors = [rate_factor(schedule, step, 8) for step in range(9)]
    assert factors == [1, 1, 1, 1, 1, 0.75, 0.5, 0.25, 0]
    assert rate_factor(ScheduleConfig(decay_from=1.0), 7, 8) == 1
    assert [rate_factor(ScheduleConfig(decay_from=0.0), step, 4) for step in range(4)] == [1, 0.75, 0.5, 0.25]


def test_each_network_has_its_rate_in_every_step(hardware: Hardware) -> None:
    training = start_training(tiny_config(epochs=1, batch_size=2, rate=1e-3), hardware)
    for step, factor in ((0, 1), (3, 1), (5, 1 / 3)):  # of six
        training.next_step = step
        training.step()
        rates = {name: state["param_groups"][0]["lr"] for name, state in training.state()["optimisers"].items()}
        assert rates == pytest.approx(
            {
                "expressor": factor * 1e-3,
                "latent_discriminator": factor * 1e-3,
                "image_discriminator": factor * 1e-3,
                "expression_classifier": factor * 2e-4,
            }
        )


def test_the_average_forgets_the_random_start_soon() -> None:
    assert average_decay(0.999, 0) == pytest.approx(0.1)
    assert average_decay(0.999, 90) == pytest.approx(0.91)
    assert average_decay(0.999, 10**6) == 0.999
    assert average_decay(0.0, 5) == 0
