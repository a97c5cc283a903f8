"""Whole trainings on drawn faces, without pictures and without MediaPipe."""

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import ModelError
from tests.trainer.faces import drawn_crops, tiny_config
from trainer import readiness, run
from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import LossConfig, TrainingConfig
from trainer.data.crops import CropSet
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.run import Splits, run_training, train

SPLITS = Splits(drawn_crops(3, 2), drawn_crops(2, 2, seed=1))
CHEAP = LossConfig(image_adversarial=0, expression=0, identity=0, perceptual=0)


@pytest.fixture
def config() -> TrainingConfig:
    """Three steps."""
    return tiny_config(CHEAP, epochs=1, batch_size=2)


def weights(out: Path) -> dict[str, torch.Tensor]:
    networks: dict[str, torch.Tensor] = load_checkpoint(out / "last.pt")["networks"]
    return networks


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(a[name], b[name]) for name in a.keys() | b.keys())


def changed(config: TrainingConfig, section: str, **settings: Any) -> TrainingConfig:
    return config.model_copy(update={section: getattr(config, section).model_copy(update=settings)})


def logged_steps(out: Path) -> list[int]:
    entries = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    return [entry["step"] for entry in entries if "total" in entry]


def test_a_training_with_all_terms_leaves_checkpoint_log_and_samples(tmp_path: Path, hardware: Hardware) -> None:
    outcome = train(tiny_config(epochs=1, batch_size=2), hardware, SPLITS, tmp_path / "runs" / "a")
    assert (outcome.step, outcome.total_steps, outcome.cancelled) == (3, 3, False)
    assert outcome.checkpoint == tmp_path / "runs" / "a" / "last.pt"
    names = {path.name for path in (tmp_path / "runs" / "a").iterdir()}
    assert names == {"last.pt", "best.pt", "identity.pt", "log.jsonl", "preview.png", "samples_0000003.png"}
    assert set(load_checkpoint(outcome.checkpoint)) == {"format", "step", "config", "networks", "optimisers", "watch"}
    records = [json.loads(line) for line in (tmp_path / "runs" / "a" / "log.jsonl").read_text().splitlines()]
    preparing = [record for record in records if record["event"] == "preparing"]
    assert records[: len(preparing)] == preparing
    assert (preparing[-1]["what"], preparing[-1]["done"]) == ("Training C_id", preparing[-1]["total"])
    events = [record["event"] for record in records[len(preparing) :]]
    losses, ends = ["losses"] * 3, ["figures", "samples", "checkpoint", "checkpoint", "end"]
    assert events == ["start", "samples", *losses, *ends]
    start = records[len(preparing)]
    assert (start["total_steps"], start["people"], start["variant"]) == (3, 3, "eggan")
    assert records[-1]["outcome"] == "done"


def test_pictures_without_a_face_are_named(
    tmp_path: Path, config: TrainingConfig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faceless = {"train": tuple(f"{n}.jpg" for n in range(7)), "test": ("x.jpg",)}

    def load(_data: Path, split: str, _template: object, show_progress: object) -> CropSet:
        crops: CropSet = getattr(SPLITS, split)
        return replace(crops, without_face=faceless[split])

    monkeypatch.setattr(run, "load_crops", load)
    monkeypatch.setattr(readiness, "check_split", lambda _data, _split, _template: 1)
    assert run_training(config, tmp_path, tmp_path / "out", stop_after_steps=1).step == 1
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert [record.message for record in caplog.records] == [
        "Pictures without a face are left out, 8: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg, …",
        "People in both splits, on whom figures look better than they are, 2: person 0, person 1",
    ]


def test_a_training_in_two_calls_equals_one_bit_for_bit(
    tmp_path: Path, hardware: Hardware, config: TrainingConfig
) -> None:
    train(config, hardware, SPLITS, tmp_path / "whole")
    first = train(config, hardware, SPLITS, tmp_path / "parts", stop_after_steps=1)
    assert first.step == 1
    second = train(config, hardware, SPLITS, tmp_path / "parts")
    assert second.step == 3
    assert same(weights(tmp_path / "whole"), weights(tmp_path / "parts"))
    assert logged_steps(tmp_path / "parts") == [1, 2, 3]


def test_ctrl_c_saves_after_the_step_and_the_same_call_goes_on(
    tmp_path: Path, hardware: Hardware, config: TrainingConfig
) -> None:
    def interrupt(step: int, _total: int, _values: object) -> None:
        if step == 2:
            signal.raise_signal(signal.SIGINT)

    outcome = train(config, hardware, SPLITS, tmp_path, report=interrupt)
    assert (outcome.step, outcome.cancelled) == (2, True)
    assert load_checkpoint(tmp_path / "last.pt")["step"] == 2
    resumed = train(config, hardware, SPLITS, tmp_path)
    assert (resumed.step, resumed.cancelled) == (3, False)


def test_a_finished_training_is_left_as_it_is(tmp_path: Path, hardware: Hardware, config: TrainingConfig) -> None:
    train(config, hardware, SPLITS, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert train(config, hardware, SPLITS, tmp_path).step == 3
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_new_training_may_start_from_the_weights_of_another(
    tmp_path: Path, hardware: Hardware, config: TrainingConfig
) -> None:
    train(config, hardware, SPLITS, tmp_path / "first")
    slow = changed(config, "schedule", learning_rate=1e-12)
    train(slow, hardware, SPLITS, tmp_path / "second", initial=tmp_path / "first" / "last.pt", stop_after_steps=1)
    first, second = weights(tmp_path / "first"), weights(tmp_path / "second")
    assert all(torch.allclose(first[name], second[name], atol=1e-6) for name in first if name.startswith("expressor"))
    assert load_checkpoint(tmp_path / "second" / "last.pt")["step"] == 1


def test_weights_of_other_sizes_are_refused(tmp_path: Path, hardware: Hardware, config: TrainingConfig) -> None:
    train(config, hardware, SPLITS, tmp_path / "first", stop_after_steps=1)
    larger = changed(config, "model", latent_size=32)
    with pytest.raises(ModelError, match="does not fit") as caught:
        train(larger, hardware, SPLITS, tmp_path / "second", initial=tmp_path / "first" / "last.pt")
    assert "[model]" in caught.value.remedy
    save_checkpoint(tmp_path / "other.pt", {"classifier": {}})
    with pytest.raises(ModelError, match="does not fit"):
        train(config, hardware, SPLITS, tmp_path / "third", initial=tmp_path / "other.pt")


def test_other_settings_are_another_training(tmp_path: Path, hardware: Hardware, config: TrainingConfig) -> None:
    train(config, hardware, SPLITS, tmp_path, stop_after_steps=1)
    other = changed(changed(config, "losses", reconstruction=50.0), "run", seed=1)
    with pytest.raises(TrainingError, match=r"losses\.reconstruction 100\.0 -> 50\.0, run\.seed 0 -> 1") as caught:
        train(other, hardware, SPLITS, tmp_path)
    assert "another --out" in caught.value.remedy
    assert train(changed(config, "run", log_every=7), hardware, SPLITS, tmp_path, stop_after_steps=1).step == 2


def test_settings_that_a_checkpoint_does_not_know_have_their_defaults(
    tmp_path: Path, hardware: Hardware, config: TrainingConfig
) -> None:
    train(config, hardware, SPLITS, tmp_path, stop_after_steps=1)
    content = load_checkpoint(tmp_path / "last.pt")
    del content["config"]["losses"]["latent_prior"]
    save_checkpoint(tmp_path / "last.pt", content)
    assert train(config, hardware, SPLITS, tmp_path, stop_after_steps=1).step == 2
    content["config"]["losses"]["hinge"] = 1
    save_checkpoint(tmp_path / "last.pt", content)
    with pytest.raises(ModelError, match="another version"):
        train(config, hardware, SPLITS, tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path, hardware: Hardware, config: TrainingConfig) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be made") as caught:
        train(config, hardware, SPLITS, tmp_path / "file" / "out")
    assert caught.value.remedy == "Choose another --out."
