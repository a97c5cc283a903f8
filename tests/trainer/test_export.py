from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import safetensors.torch
import torch
from onnx import TensorProto

from engine.backends import open_backend
from engine.bundle import (
    ENCODER_ONNX,
    ENCODER_WEIGHTS,
    GENERATOR_ONNX,
    GENERATOR_WEIGHTS,
    ONNX_FILES,
    Bundle,
    LatentArchitecture,
)
from engine.errors import ModelError
from engine.faces.alignment import DEFAULT_TEMPLATE
from engine.networks import EncoderConfig, GeneratorConfig
from tests.engine.networks.tiny import ENCODER, GENERATOR, make_networks
from tests.trainer.exported import DESCRIPTION, exported_once
from trainer import export
from trainer.checkpoint import save_checkpoint
from trainer.config import ModelConfig, TrainingConfig
from trainer.deployment import OnnxFiles
from trainer.deployment.latent import DeployedEncoder
from trainer.deployment.tracing import OPSET, onnx_file
from trainer.export import export_bundle, export_checkpoint
from trainer.fidelity import Samples, smooth_pictures
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import LatentExpressor, architecture_of, build_expressor

MEGABYTE = 1_000_000
THIN = ModelConfig(latent_size=3, encoder_channels=(2, 2), generator_channels=(2,) * 7, classifier_width=0.02)


@pytest.fixture
def single(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return exported_once(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The paper's networks in half precision, the form in which a model is shipped."""
    networks = make_networks(EncoderConfig(), GeneratorConfig())
    folder = tmp_path_factory.mktemp("models") / "eggan"
    return export_bundle(*networks, replace(DESCRIPTION, template=DEFAULT_TEMPLATE), folder, "fp16")


def test_the_card_says_what_was_exported(single: Bundle) -> None:
    card = single.card
    assert (card.name, card.licence, card.training) == ("tiny", "CC0-1.0", DESCRIPTION.training)
    assert isinstance(card.architecture, LatentArchitecture)
    assert card.architecture.encoder.model_dump() == {"crop_size": 16, "channels": (8, 8), "latent_size": 12}
    assert card.architecture.generator.channels == GENERATOR.channels
    assert (card.crop.size_px, card.crop.eye_distance_px, card.crop.eye_centre_px) == (16, 5.0, (7.5, 5.5))
    assert card.metrics == {"psnr_db": 21.5}
    assert sorted(card.files) == ["encoder.onnx", "encoder.safetensors", "generator.onnx", "generator.safetensors"]
    assert Bundle.load(single.folder) == single


@pytest.mark.parametrize("encoder_config", [ENCODER, EncoderConfig(), EncoderConfig(64, (4, 6, 8), 20)])
def test_sizes_are_read_off_the_networks(encoder_config: EncoderConfig) -> None:
    generator_config = GeneratorConfig(
        encoder_config.latent_size, channels=tuple(range(2, 2 + encoder_config.crop_size.bit_length() - 1))
    )
    architecture = architecture_of(*make_networks(encoder_config, generator_config))
    assert isinstance(architecture, LatentArchitecture)
    assert EncoderConfig(**architecture.encoder.model_dump()) == encoder_config
    assert GeneratorConfig(**architecture.generator.model_dump()) == generator_config


def test_the_weights_are_those_of_the_networks(single: Bundle) -> None:
    for network, name in zip(make_networks(), (ENCODER_WEIGHTS, GENERATOR_WEIGHTS), strict=True):
        weights = safetensors.torch.load(single.read(name))
        for key, value in network.state_dict().items():
            torch.testing.assert_close(weights.pop(key), value, rtol=0, atol=0)
        assert not weights


def test_single_precision_costs_nothing(single: Bundle) -> None:
    record = single.card.export
    assert record is not None
    assert (record.onnx_opset, record.samples) == (OPSET, 8)
    assert record.storage_image_difference == 0
    assert record.onnx_image_difference < 1e-4
    assert record.onnx_latent_difference < 1e-4


def test_half_precision_says_what_it_costs(half: Bundle) -> None:
    record = half.card.export
    assert record is not None
    assert half.card.precision == "fp16"
    assert 0 < record.storage_image_mean_difference < record.storage_image_difference < 0.05
    assert record.onnx_image_difference < 2e-3


def test_half_precision_makes_small_files(half: Bundle) -> None:
    sizes = {name: record.bytes for name, record in half.card.files.items()}
    assert max(sizes.values()) < 20 * MEGABYTE
    assert sum(sizes.values()) < 45 * MEGABYTE
    weights = safetensors.torch.load(half.read(GENERATOR_WEIGHTS))
    assert {value.dtype for value in weights.values()} == {torch.float16}


def test_half_precision_graphs_keep_float32_at_both_ends(half: Bundle) -> None:
    graph = onnx.load_from_string(half.read(GENERATOR_ONNX)).graph
    stored = [initializer for initializer in graph.initializer if initializer.name.endswith(".half")]
    assert {initializer.data_type for initializer in stored} == {TensorProto.FLOAT16}
    assert {value.type.tensor_type.elem_type for value in (*graph.input, *graph.output)} == {TensorProto.FLOAT}


def test_onnx_files_tell_nothing_about_the_machine(single: Bundle) -> None:
    for name in ONNX_FILES:
        content = single.read(name)
        assert str(Path(torch.__file__).parents[1]).encode() not in content
        assert b"latent.py" not in content
        model = onnx.load_from_string(content)
        assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", OPSET)]


def test_onnx_files_take_any_batch(single: Bundle) -> None:
    graph = onnx.load_from_string(single.read(GENERATOR_ONNX)).graph
    batches = [value.type.tensor_type.shape.dim[0] for value in (*graph.input, *graph.output)]
    assert [batch.dim_param for batch in batches] == ["batch"] * 3


def test_equal_weights_give_equal_bytes() -> None:
    encoder, _ = make_networks()
    inputs = {"crops": torch.zeros(2, 16, 16, 3, dtype=torch.uint8)}
    first, second = (onnx_file(DeployedEncoder(encoder).eval(), inputs, ["latents"], store_half=True) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_papers_networks_draw_the_same_in_onnx_runtime_and_torch(half: Bundle, count: int) -> None:
    crops = smooth_pictures(128, count)
    source, target = np.random.default_rng(1).uniform(0, 5, (2, count, 17)).astype(np.float32)
    fast, exact = open_backend(half, "onnx", "cpu", 1), open_backend(half, "torch", "cpu")
    expected = exact.generate(exact.encode(crops), source, target).images
    drawn = fast.generate(fast.encode(crops), source, target).images
    np.testing.assert_allclose(drawn, expected, rtol=0, atol=2e-3)


def test_weights_too_large_for_half_precision(tmp_path: Path) -> None:
    encoder, generator = make_networks()
    with torch.no_grad():
        generator.to_rgb.weight[0, 0, 0, 0] = 1e6
    with pytest.raises(ModelError, match="too large to be stored in fp16"):
        export_bundle(encoder, generator, DESCRIPTION, tmp_path / "tiny", "fp16")
    assert not list(tmp_path.iterdir())


def test_files_that_draw_something_else_are_not_written(
    single: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = OnnxFiles(single.read(ENCODER_ONNX), single.read(GENERATOR_ONNX), single.card.architecture)
    monkeypatch.setattr(export, "write_onnx", lambda *_, **__: files)
    with pytest.raises(ModelError, match="change pictures by up to"):
        export_bundle(*make_networks(seed=1), DESCRIPTION, tmp_path / "tiny")
    assert not list(tmp_path.iterdir())


def test_samples_are_the_same_every_time() -> None:
    first, second = Samples.of(smooth_pictures(16)), Samples.of(smooth_pictures(16))
    assert torch.equal(first.crops, second.crops)
    assert torch.equal(first.source, second.source)
    assert torch.equal(first.target, second.target)
    assert not torch.equal(first.source, first.target)
    assert 0 <= float(first.target.min()) < float(first.target.max()) <= 5


def training_state(networks: Networks) -> dict[str, Any]:
    config = TrainingConfig(model=THIN).model_dump(mode="json")
    return {"step": 1234, "config": config, "networks": networks.state_dict()}


def test_a_checkpoint_gives_its_average_and_its_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    networks = Networks(THIN)
    assert isinstance(networks.average, LatentExpressor)
    with torch.no_grad():
        networks.average.generator.to_rgb.weight.add_(0.25)
    save_checkpoint(tmp_path / "last.pt", training_state(networks))
    exported: list[tuple[Any, ...]] = []
    monkeypatch.setattr(export, "export_bundle", lambda *arguments, **_: exported.append(arguments))
    export_checkpoint(tmp_path / "last.pt", tmp_path / "model", DESCRIPTION)
    encoder, generator, description, folder, precision = exported[0]
    given = LatentExpressor(THIN)
    given.encoder, given.generator = encoder, generator
    for name, value in networks.average.state_dict().items():
        torch.testing.assert_close(given.state_dict()[name], value, rtol=0, atol=0)
    assert description.training.steps == 1334  # 100 of the stages before
    assert (folder, precision) == (tmp_path / "model", "fp16")


@pytest.mark.parametrize("changes", [{"networks": {}}, {"config": {}}, {"config": {"model": {"depth": 3}}}])
def test_a_checkpoint_of_something_else(tmp_path: Path, changes: dict[str, Any]) -> None:
    save_checkpoint(tmp_path / "last.pt", training_state(Networks(THIN)) | changes)
    with pytest.raises(ModelError, match="does not hold what a training saves"):
        export_checkpoint(tmp_path / "last.pt", tmp_path / "model", DESCRIPTION)


def test_networks_of_256_pixels_take_crops_of_the_same_part_of_the_face(tmp_path: Path) -> None:
    config = ModelConfig(variant="eggan-detail", crop_size=256, detail_channels=(4, 4, 4, 4, 4), latent_size=8)
    networks = build_expressor(config).eval()
    card = export_bundle(
        networks.encoder, networks.generator, replace(DESCRIPTION, template=None), tmp_path / "large"
    ).card
    assert card.architecture.crop_size == 256
    assert (card.crop.size_px, card.crop.eye_distance_px, card.crop.eye_centre_px) == (256, 76.0, (127.5, 85.5))
