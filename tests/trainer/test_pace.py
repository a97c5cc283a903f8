import time

import pytest
import torch

from tests.trainer.faces import tiny_config
from trainer import pace
from trainer.config import LossConfig
from trainer.hardware import Hardware
from trainer.pace import measure_pace, random_crops, seconds_per_step


def test_the_first_step_does_not_count_and_two_always_do(hardware: Hardware, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    lengths = iter([100.0, 4.0, 8.0, 1000.0])

    def step() -> torch.Tensor:
        clock[0] += next(lengths)
        return torch.zeros(())

    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    assert seconds_per_step(step, hardware, patience_s=1.0) == 6


def test_as_many_steps_are_taken_as_patience_lasts(hardware: Hardware, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    calls = []

    def step() -> torch.Tensor:
        clock[0] += 1
        calls.append(0)
        return torch.zeros(())

    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    assert seconds_per_step(step, hardware, patience_s=10) == 1
    assert len(calls) == 11


def test_a_training_is_measured_with_and_without_c_id(hardware: Hardware, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "seconds_per_step", lambda step, hardware: (step(), 1.5)[1])
    measured = measure_pace(tiny_config(batch_size=2), hardware, people=3)
    assert (measured.step_s, measured.identity_step_s) == (1.5, 1.5)
    assert measured.memory_bytes > 50e6
    alone = LossConfig(perceptual=0, identity=0, expression=0, image_adversarial=0)
    assert measure_pace(tiny_config(alone, batch_size=2), hardware, people=3).identity_step_s == 0


def test_random_crops_are_pairs_of_every_person() -> None:
    crops = random_crops(8, 3)
    assert crops.crops.shape == (8, 128, 128, 3)
    assert set(crops.identities) == {0, 1, 2}
    assert crops.groups.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
