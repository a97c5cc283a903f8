from pathlib import Path

import pytest
import torch

from tests.trainer.faces import drawn_crops, tiny_config
from trainer import identity
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.data.crops import CropSet
from trainer.hardware import Hardware
from trainer.identity import pretrained_identity_classifier
from trainer.networks.classifiers import IdentityClassifier


@pytest.fixture
def config() -> TrainingConfig:
    return tiny_config(batch_size=2)


def train(config: TrainingConfig, hardware: Hardware, crops: CropSet, path: Path) -> IdentityClassifier:
    torch.manual_seed(0)
    return pretrained_identity_classifier(config, hardware, crops, path)


def test_it_is_trained_once_and_frozen(
    config: TrainingConfig, hardware: Hardware, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crops = drawn_crops(2, 3)
    made = train(config, hardware, crops, tmp_path / "identity.pt")
    assert not made.training
    assert not any(weights.requires_grad for weights in made.parameters())
    monkeypatch.setattr(identity, "_train", None)  # calling it would fail
    torch.manual_seed(1)
    loaded = pretrained_identity_classifier(config, hardware, crops, tmp_path / "identity.pt")
    assert all(torch.equal(a, b) for a, b in zip(made.parameters(), loaded.parameters(), strict=True))


def test_it_learns_to_tell_people_apart(config: TrainingConfig, hardware: Hardware, tmp_path: Path) -> None:
    schedule = config.schedule.model_copy(update={"identity_epochs": 8, "classifier_learning_rate": 3e-3})
    crops = drawn_crops(2, 4)
    train(config.model_copy(update={"schedule": schedule}), hardware, crops, tmp_path / "identity.pt")
    assert load_checkpoint(tmp_path / "identity.pt")["accuracy"] > 0.8


def test_other_people_or_another_width_need_another_one(
    config: TrainingConfig, hardware: Hardware, tmp_path: Path
) -> None:
    path = tmp_path / "identity.pt"
    train(config, hardware, drawn_crops(2, 2), path)
    assert train(config, hardware, drawn_crops(3, 2), path).head.out_features == 3
    wider = config.model_copy(update={"model": config.model.model_copy(update={"classifier_width": 0.15})})
    assert train(wider, hardware, drawn_crops(3, 2), path).trunk.channels > 8
    assert load_checkpoint(path)["width"] == 0.15
