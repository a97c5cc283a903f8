from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
import safetensors.torch

from engine.bundle import (
    ENCODER_WEIGHTS,
    GENERATOR_WEIGHTS,
    Bundle,
    BundleCard,
    CropSpec,
    InputSpec,
    TrainingRecord,
    write_bundle,
)
from engine.commands.app import run
from engine.networks import Encoder, EncoderConfig, Generator, GeneratorConfig
from engine.pipeline import Pipeline, PipelineSettings
from engine.terminal.exit_codes import run_to_exit_code
from tests.engine.pipeline.stand_ins import Stages, StandInEstimator
from trainer.networks.expressors import architecture_of


class Outcome(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


Command: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line as main.py does, in this process."""

    def run_command(*arguments: str | Path) -> Outcome:
        code = run_to_exit_code(lambda: run([str(argument) for argument in arguments]))
        return Outcome(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[PipelineSettings]:
    """Puts a pipeline of stand-ins into the commands' hands, and keeps the settings they asked for."""
    asked: list[PipelineSettings] = []

    def open_stand_ins(settings: PipelineSettings, mode: str) -> Pipeline:
        asked.append(settings)
        return Stages().pipeline()

    for module in ("rendering", "commands.benchmarks.export_run", "commands.benchmarks.networks"):
        monkeypatch.setattr(f"engine.{module}.open_pipeline", open_stand_ins)
    return asked


@pytest.fixture
def any_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares the expression estimator's network."""
    monkeypatch.setattr("engine.pipeline.settings.ExpressionEstimator", StandInEstimator)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A model of the real size with thin layers and random weights, for torch."""
    encoder = Encoder(EncoderConfig(channels=(4, 4, 4, 4, 4), latent_size=8))
    generator = Generator(GeneratorConfig(latent_size=8, channels=(8, 8, 4, 4, 4, 4, 4)))
    card = BundleCard(
        name="thin",
        architecture=architecture_of(encoder, generator),
        crop=CropSpec(size_px=128, eye_distance_px=38.0, eye_centre_px=(63.5, 42.5)),
        input=InputSpec(size_px=128),
        training=TrainingRecord(steps=0, hours=0.0, hardware="none", recipe="none", data="none", attribution=()),
        licence="CC0-1.0",
        precision="fp32",
    )
    files = {
        ENCODER_WEIGHTS: safetensors.torch.save(encoder.state_dict()),
        GENERATOR_WEIGHTS: safetensors.torch.save(generator.state_dict()),
    }
    return write_bundle(tmp_path_factory.mktemp("models") / "thin", card, files)
