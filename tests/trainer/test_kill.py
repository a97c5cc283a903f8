"""A process that is killed in mid-epoch, and the call that goes on after it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trainer.faces import drawn_crops, tiny_config
from tests.trainer.test_training import differences
from trainer.checkpoint import load_checkpoint
from trainer.config import LossConfig, TrainingConfig
from trainer.hardware import Hardware
from trainer.run import Splits, train

_PROGRAM = """
import sys
from pathlib import Path
from tests.trainer.test_kill import SPLITS, short_training
from trainer.hardware import Hardware
from trainer.run import train

def report(step, total, values):
    print(step, flush=True)
    if step == 4:
        sys.stdin.read()  # until the parent kills this process

config = short_training()
train(config, Hardware(config.run), SPLITS, Path(sys.argv[1]), report=report)
"""
SPLITS = Splits(drawn_crops(3, 4), drawn_crops(1, 2, seed=1))


def short_training() -> TrainingConfig:
    """Two epochs of six steps with every term but the perceptual one; last.pt is written after every step."""
    config = tiny_config(LossConfig(perceptual=0, paired=10), epochs=2, batch_size=2)
    run = config.run.model_copy(update={"checkpoint_every_minutes": 1e-9, "threads": 1})
    return config.model_copy(update={"run": run})


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_after_a_kill_in_mid_epoch_the_training_goes_on_to_equal_an_uninterrupted_one_bit_for_bit(
    tmp_path: Path, root: Path, hardware: Hardware
) -> None:
    """Weights, their average, optimisers and what the watch knows. It is killed before step 4 is saved."""
    config = short_training()
    train(config, hardware, SPLITS, tmp_path / "whole", stop_after_steps=8)
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "killed")],
        cwd=root,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child:
        steps = [line for _, line in zip(range(4), child.stdout, strict=False)]
        child.kill()
    assert child.returncode == -signal.SIGKILL
    assert steps == [b"1\n", b"2\n", b"3\n", b"4\n"]
    assert load_checkpoint(tmp_path / "killed" / "last.pt")["step"] == 3
    outcome = train(config, hardware, SPLITS, tmp_path / "killed", stop_after_steps=5)
    assert outcome.step == 8
    whole, resumed = (load_checkpoint(tmp_path / name / "last.pt") for name in ("whole", "killed"))
    assert differences(whole, resumed) == []
