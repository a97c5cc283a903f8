import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.trainer.faces import drawn_crops, start_training, tiny_config
from trainer import watch as watch_module
from trainer.board import Board
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


def log(out: Path, event: str = "losses") -> list[dict[str, Any]]:
    records = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    return [record for record in records if record["event"] == event]


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
    for entry in log(tmp_path):
        assert entry["images_per_second"] > 0
        assert entry["memory_bytes"] > 0
        assert entry["learning_rate"] <= 1e-3
        assert entry["seconds_left"] >= 0
    assert reported == [(2, training.total_steps, 1.0), (4, training.total_steps, 2.0)]


def test_samples_and_figures_come_when_due(tmp_path: Path, hardware: Hardware) -> None:
    training, watch = watched(tmp_path, configured(log_every=100, sample_every=3), hardware)
    for step in (1, 2, 3):
        training.next_step = step
        watch.after_step(losses(1.0))
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["preview.png", "samples_0000003.png"]
    assert (tmp_path / "preview.png").read_bytes() == (tmp_path / "samples_0000003.png").read_bytes()
    (figures,) = log(tmp_path, "figures")
    assert figures["step"] == 3
    assert {"test_l1", "test_reconstruction", "test_paired_l1", "test_relative_change"} < set(figures)
    assert figures["test_score"] == figures["test_relative_change"]
    (samples,) = log(tmp_path, "samples")
    assert (samples["file"], samples["preview"]) == ("samples_0000003.png", "preview.png")
    (checkpoint,) = log(tmp_path, "checkpoint")
    assert checkpoint["file"] == "best.pt"
    assert EXPRESSIONS.keys() >= {"happy", "blink"}


@pytest.mark.parametrize(("minutes", "saved"), [(1e-9, True), (60.0, False)])
def test_a_checkpoint_comes_when_its_time_has(tmp_path: Path, hardware: Hardware, minutes: float, saved: bool) -> None:
    training, watch = watched(tmp_path, configured(log_every=100, checkpoint_every_minutes=minutes), hardware)
    training.next_step = 1
    watch.after_step(losses(1.0))
    assert (tmp_path / "last.pt").is_file() == saved


def test_the_best_weights_stay_until_there_are_better_ones(
    tmp_path: Path, hardware: Hardware, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, watch = watched(tmp_path, configured(), hardware)
    scores = iter([0.5, 0.7, 0.4, float("nan")])
    monkeypatch.setattr(watch_module, "score", lambda _figures: next(scores))
    monkeypatch.setattr(Watch, "show_samples", lambda _self: None)
    best = []
    for step in (1, 2, 3):
        training.next_step = step
        watch.measure()
        best.append(load_checkpoint(tmp_path / "best.pt")["step"])
    assert best == [1, 1, 3]
    watch.save()
    earlier = load_checkpoint(tmp_path / "last.pt")["watch"]
    assert earlier["best_score"] == 0.4
    again = Watch(tmp_path, training, hardware, drawn_crops(2, 2, seed=1), earlier=earlier)
    monkeypatch.setattr(watch_module, "score", lambda _figures: 0.45)
    training.next_step = 4
    again.measure()
    content = load_checkpoint(tmp_path / "best.pt")
    assert (content["step"], content["score"]) == (3, 0.4)
    assert "optimisers" not in content


def test_every_so_many_steps_a_checkpoint_stays_and_old_ones_go(tmp_path: Path, hardware: Hardware) -> None:
    training, watch = watched(tmp_path, configured(log_every=100, keep_every=2, keep_count=2), hardware)
    for step in range(1, 9):
        training.next_step = step
        watch.after_step(losses(1.0))
    assert sorted(path.name for path in tmp_path.glob("*.pt")) == ["step_0000006.pt", "step_0000008.pt"]
    assert "optimisers" in load_checkpoint(tmp_path / "step_0000008.pt")


def test_a_loss_that_explodes_ends_the_training_and_names_the_best_weights(tmp_path: Path, hardware: Hardware) -> None:
    training, watch = watched(tmp_path, configured(divergence_factor=10), hardware)
    (tmp_path / "best.pt").touch()
    for step, value in enumerate([1.0] * 6 + [11.0] * 2, start=1):
        training.next_step = step
        watch.after_step(losses(value))
    training.next_step = 9
    with pytest.raises(TrainingError, match=r"by step 9, the loss.*has grown from 1 to 11") as caught:
        watch.after_step(losses(11.0))
    assert f"--initial {tmp_path / 'best.pt'}" in caught.value.remedy


def test_what_is_logged_goes_to_tensorboard_too(tmp_path: Path, hardware: Hardware) -> None:
    numbers: list[tuple[str, int]] = []
    pictures: list[tuple[str, int, int]] = []

    class Recorder(Board):
        def __init__(self) -> None:
            pass

        def numbers(self, group: str, step: int, values: Mapping[str, float]) -> None:
            numbers.extend((f"{group}/{name}", step) for name in values)

        def picture(self, name: str, step: int, pixels: Any) -> None:
            pictures.append((name, step, pixels.ndim))

        def flush(self) -> None:
            pass

    training = start_training(configured(sample_every=1), hardware)
    watch = Watch(tmp_path, training, hardware, drawn_crops(2, 2, seed=1), board=Recorder())
    training.next_step = 1
    watch.after_step(losses(1.0))
    expected = ("losses/total", "rates/learning_rate", "speed/images_per_second", "test/test_score")
    assert {(name, 1) for name in expected} < set(numbers)
    assert pictures == [("expressions", 1, 3), ("sweeps", 1, 3)]


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
    (tmp_path / "log.jsonl").unlink(missing_ok=True)
    (tmp_path / "log.jsonl").mkdir()
    training.next_step = 1
    with pytest.raises(TrainingError, match=r"log\.jsonl cannot be written") as caught:
        watch.after_step(losses(1.0))
    assert "goes on from the last checkpoint" in caught.value.remedy
