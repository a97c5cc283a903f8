from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tests.trainer.faces import tiny_config
from trainer import benchmark
from trainer.benchmark import Comparison, compare, plain_loop
from trainer.config import LossConfig
from trainer.hardware import Hardware
from trainer.pace import random_crops


def test_the_ratio_and_the_papers_schedule_follow_from_the_steps() -> None:
    measured = Comparison(plain_step_s=2.0, step_s=0.5, batch_size=8)
    assert measured.ratio == 4
    assert measured.schedule_s == 0.5 * 400 * 201


@pytest.fixture
def vgg19(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (shared / "models" / "vgg19_features_conv1_1_to_conv3_4.safetensors").is_file():
        pytest.skip("VGG19's weights are absent")
    monkeypatch.setenv("EGGAN_SHARED", str(shared))


@pytest.mark.usefixtures("vgg19")
def test_both_loops_are_measured(hardware: Hardware, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tiny_config(LossConfig(perceptual_layer="relu1_1"), batch_size=2)
    times = iter([3.0, 1.5])

    def measure(step: Callable[[], object], _hardware: Hardware, _patience_s: float) -> float:
        step()
        return next(times)

    monkeypatch.setattr(benchmark, "seconds_per_step", measure)
    measured = compare(config, hardware, patience_s=0, workers=0)
    assert measured == Comparison(3.0, 1.5, 2)


@pytest.mark.usefixtures("vgg19")
def test_the_plain_loop_trains(hardware: Hardware, tmp_path: Path) -> None:
    config = tiny_config(LossConfig(perceptual_layer="relu1_1", expression=0, identity=0), batch_size=2, rate=1e-2)
    crops = random_crops(2, benchmark.RAFD_PEOPLE)
    benchmark._write_pictures(tmp_path, crops)
    torch.manual_seed(0)
    loop = plain_loop(config, hardware.device, crops, tmp_path, workers=0)
    losses = [float(next(loop)) for _ in range(8)]
    loop.close()
    assert losses[-1] < losses[0]
