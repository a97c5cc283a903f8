import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.trainer.faces import drawn_crops, start_training, tiny_config
from trainer.checkpoint import load_checkpoint
from trainer.config import LossConfig, TrainingConfig
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.samples import EXPRESSIONS
from trainer.training import Training
from trainer.watch import Watch

RECONSTRUCTION = LossConfig(
    latent_adversarial=0, image_adversarial=0, expression=0, identity=0, perceptual=0, reconstruction=100
)


def configured(**run: Any) -> TrainingConfig:
    config = tiny_config(RECONSTRUCTION)
    return config.model_copy(update={"run": config.run.model_copy(update=run)})


def watched(out: Path, config: TrainingConfig, hardware: Hardware, report: Any = None) -> tuple[Training, Watch]:
    training = start_training(config, hardware)
    return training, Watch(out, training, hardware, drawn_crops(2, 2, seed=1), report)


def losses(value: float) -> Mapping[str, torch.Tensor]:
    return {"total": torch.tensor(value)}


def log(out: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def test_losses_are_logged_and_reported_when_due(tmp_path: Path, hardware: Hardware) -> None:
    reported: list[tuple[int, int, float]] = []
    training, watch = watched(
        tmp_path,
        configured(log_every=2),
        hardware,
        lambda step, total, values: reported.append((step, total, values["total"])),
    )
    for step in (1, 2, 3, 4):
        training.next_step = step
        watch.after_step(losses(step / 2))
    assert [(entry["step"], entry["total"]) for entry in log(tmp_path)] == [(2, 1.0), (4, 2.0)]
    assert all(entry["images_per_second"] > 0 for entry in log(tmp_path))
    assert reported == [(2, training.total_steps, 1.0), (4, training.total_steps, 2.0)]


def test_samples_and_figures_come_when_due(tmp_path: Path, hardware: Hardware) -> None:
    training, watch = watched(tmp_path, configured(log_every=100, sample_every=3), hardware)
    for step in (1, 2, 3):
        training.next_step = step
        watch.after_step(losses(1.0))
    assert [path.name for path in tmp_path.glob("*.png")] == ["samples_0000003.png"]
    (figures,) = log(tmp_path)
    assert figures["step"] == 3
    assert {"test_l1", "test_reconstruction", "test_paired_l1", "test_relative_change"} < set(figures)
    assert EXPRESSIONS.keys() >= {"happy", "blink"}


@pytest.mark.parametrize(("minutes", "saved"), [(1e-9, True), (60.0, False)])
def test_a_checkpoint_comes_when_its_time_has(tmp_path: Path, hardware: Hardware, minutes: float, saved: bool) -> None:
    training, watch = watched(tmp_path, configured(log_every=100, checkpoint_every_minutes=minutes), hardware)
    training.next_step = 1
    watch.after_step(losses(1.0))
    assert (tmp_path / "last.pt").is_file() == saved


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_loss_that_is_not_finite_ends_the_training_and_names_the_last_good_weights(
    tmp_path: Path, hardware: Hardware, value: float
) -> None:
    training, watch = watched(tmp_path, configured(), hardware)
    training.next_step = 1
    with pytest.raises(TrainingError, match=r"diverged: by step 1, total is (nan|inf)") as caught:
        watch.after_step(losses(value))
    assert "nothing was saved yet" in caught.value.remedy
    watch.save()
    with pytest.raises(TrainingError) as caught:
        watch.after_step(losses(value))
    assert f"--initial {tmp_path / 'last.pt'}" in caught.value.remedy
    assert "learning_rate" in caught.value.remedy


def test_a_loss_that_is_not_finite_in_another_process_ends_this_one_too(
    tmp_path: Path, hardware: Hardware, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, watch = watched(tmp_path, configured(), hardware)
    monkeypatch.setattr(hardware, "any_says", lambda _mine: True)
    training.next_step = 1
    with pytest.raises(TrainingError, match="another process"):
        watch.after_step(losses(1.0))


@pytest.mark.parametrize("network", ["expressor", "average", "expression_classifier"])
def test_broken_weights_never_replace_good_ones(tmp_path: Path, hardware: Hardware, network: str) -> None:
    """Also where the loss was not looked at since they broke."""
    training, watch = watched(tmp_path, configured(log_every=100), hardware)
    watch.save()
    training.next_step = 5
    broken = next(training.networks.get_submodule(network).parameters())
    with torch.no_grad():
        broken.view(-1)[0] = float("nan")
    with pytest.raises(TrainingError, match=rf"by step 5, {network}\..* is not finite"):
        watch.save()
    good = load_checkpoint(tmp_path / "last.pt")
    assert good["step"] == 0
    assert all(bool(weights.isfinite().all()) for weights in good["networks"].values())


def test_a_log_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path, hardware: Hardware) -> None:
    training, watch = watched(tmp_path, configured(), hardware)
    (tmp_path / "log.jsonl").mkdir()
    training.next_step = 1
    with pytest.raises(TrainingError, match=r"log\.jsonl cannot be written") as caught:
        watch.after_step(losses(1.0))
    assert "goes on from the last checkpoint" in caught.value.remedy
