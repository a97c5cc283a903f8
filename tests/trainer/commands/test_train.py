import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.terminal.exit_codes import run_to_exit_code
from tests.trainer.faces import tiny_config
from trainer.checkpoint import load_checkpoint
from trainer.commands import train as command
from trainer.commands.app import run
from trainer.config import LossConfig, TrainingConfig
from trainer.config_files import config_text
from trainer.errors import TrainingError
from trainer.pace import Pace
from trainer.run import Outcome


@pytest.fixture
def puppets(shared: Path) -> Path:
    data = shared / "data" / "puppets"
    if not data.is_dir():
        pytest.skip(f"{data} is absent")
    return data


def few_pictures(puppets: Path, folder: Path) -> Path:
    """A dataset of three pictures each of two people to train on and of one to test on."""
    for split, people in (("train", 2), ("test", 1)):
        (folder / split).mkdir(parents=True)
        header, *rows = (puppets / split / "metadata.csv").read_text().splitlines()
        names = list(dict.fromkeys(row.split(",")[1] for row in rows))[:people]
        chosen = [row for name in names for row in [row for row in rows if row.split(",")[1] == name][:3]]
        (folder / split / "metadata.csv").write_text("\n".join([header, *chosen]) + "\n")
        for row in chosen:
            name = row.split(",")[0]
            shutil.copyfile(puppets / split / name, folder / split / name)
    return folder


def test_from_pictures_to_a_checkpoint(puppets: Path, shared: Path, root: Path, tmp_path: Path) -> None:
    data = few_pictures(puppets, tmp_path / "data")
    config = tiny_config(LossConfig(paired=1, change=1), batch_size=2)
    (tmp_path / "tiny.toml").write_text(config_text(config))
    arguments = ["train", "--data", data, "--config", tmp_path / "tiny.toml", "--out", tmp_path / "run", "--steps", "2"]
    ran = subprocess.run(
        [sys.executable, "-m", "trainer", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "EGGAN_SHARED": str(shared)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{tmp_path / 'run' / 'last.pt'}\n"
    assert load_checkpoint(tmp_path / "run" / "last.pt")["step"] == 2
    entries = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    losses = [entry for entry in entries if entry["event"] == "losses"]
    assert [entry["step"] for entry in losses] == [1, 2]
    assert {"perceptual", "identity", "expression", "paired", "change", "total"} < set(losses[0])
    assert {entry["what"] for entry in entries if entry["event"] == "preparing"} == {"Aligning faces", "Training C_id"}
    assert (entries[-1]["event"], entries[-1]["outcome"]) == ("end", "paused")


def test_a_dry_run_prints_a_configuration_and_trains_nothing(
    puppets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "measure_pace", lambda _config, _hardware, people: Pace(people / 100, 0.0, 0))
    data = few_pictures(puppets, tmp_path / "data")
    arguments = ["--config", "paper-mmi", "--set", "run.accelerator=cpu", "--set", "schedule.batch_size=2"]
    with pytest.raises(SystemExit) as leaving:
        run(["train", "--data", str(data), "--out", str(tmp_path / "run"), *arguments, "--dry-run"])
    assert leaving.value.code == 0
    printed = capsys.readouterr().out
    assert "# 6 labelled pictures of 2 people" in printed
    assert "# 40 epochs of 3 steps: 120 steps" in printed
    assert "# measured just now: 0.02 s a step" in printed
    assert "epochs = 40" in printed
    assert "batch_size = 2" in printed
    assert not (tmp_path / "run").exists()


def test_devices_and_nodes_are_settings_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []

    def train(config: TrainingConfig, *_arguments: object, **_options: object) -> Outcome:
        given.append(config)
        return Outcome(tmp_path / "last.pt", step=9, total_steps=9, cancelled=False)

    monkeypatch.setattr(command, "run_training", train)
    options = ["--devices", "4", "--nodes", "2", "--set", "schedule.epochs=7"]
    assert run_to_exit_code(lambda: run(["train", "--data", str(tmp_path), *options])) == 0
    assert (given[0].run.devices, given[0].run.nodes, given[0].schedule.epochs) == (4, 2, 7)


def test_mistakes_of_settings_and_of_data_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as caught:
        run(["train", "--data", str(tmp_path), "--set", "schedule.epoch=7"])
    assert "3 things are in the way" in caught.value.message
    assert "schedule.epoch is unknown (did you mean 'epochs'?)" in caught.value.message
    for split in ("train", "test"):
        assert f"{tmp_path / split / 'metadata.csv'} does not exist" in caught.value.message


def test_a_cancelled_training_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = Outcome(tmp_path / "last.pt", step=7, total_steps=9, cancelled=True)
    monkeypatch.setattr(command, "run_training", lambda *_arguments, **_options: outcome)
    assert run_to_exit_code(lambda: run(["train", "--data", str(tmp_path)])) == 130
    printed = capsys.readouterr()
    assert printed.out == f"{tmp_path / 'last.pt'}\n"
    assert printed.err == "Saved step 7 of 9; the same command goes on from it.\nCancelled.\n"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--config", "papr-rafd"], "There is no preset 'papr-rafd'"),
        (["--config", "missing.toml"], "missing.toml does not exist"),
        (["--dry-run"], "metadata.csv does not exist"),
    ],
)
def test_what_cannot_work_is_told_before_anything_starts(tmp_path: Path, arguments: list[str], fault: str) -> None:
    with pytest.raises(EngineError, match=fault) as caught:
        run(["train", "--data", str(tmp_path), *arguments])
    assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []
