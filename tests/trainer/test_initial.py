from pathlib import Path

import pytest
import torch

from engine.bundle import Bundle
from tests.engine.networks.tiny import make_networks
from tests.trainer.exported import exported_once
from trainer.checkpoint import load_checkpoint
from trainer.config import ModelConfig
from trainer.initial import model_of, networks_of_bundle, save_initial


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return exported_once(tmp_path_factory.getbasetemp())


def tiny(bundle: Bundle) -> ModelConfig:
    return model_of(bundle.card.architecture, ModelConfig(discriminator_channels=2, classifier_width=0.01))


def test_sizes_are_the_bundles_and_the_rest_is_the_configurations(bundle: Bundle) -> None:
    model = tiny(bundle)
    architecture = bundle.card.architecture
    assert model.latent_size == architecture.latent_size
    assert (model.discriminator_channels, model.classifier_width) == (2, 0.01)
    assert model.variant == architecture.kind


def test_a_training_starts_from_the_bundles_weights_average_included(bundle: Bundle, tmp_path: Path) -> None:
    networks = networks_of_bundle(bundle, tiny(bundle))
    encoder, generator = make_networks()
    for expressor in (networks.expressor, networks.average):
        for made, wanted in ((expressor.encoder, encoder), (expressor.generator, generator)):
            for name, value in wanted.state_dict().items():
                torch.testing.assert_close(made.state_dict()[name], value)
    save_initial(tmp_path / "initial.pt", bundle, tiny(bundle))
    saved = load_checkpoint(tmp_path / "initial.pt")["networks"]
    assert saved.keys() == networks.state_dict().keys()
    assert all(torch.equal(saved[name], value) for name, value in networks.state_dict().items())
