"""Trainings whose trainer is `fake_trainer.py`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.studio import Studio
from desktop.training.processes import Processes, ProcessKey
from desktop.training.trainings import Trainings

FAKE = Path(__file__).with_name("fake_trainer.py")


def wait_for_end(qtbot: QtBot, processes: Processes, key: ProcessKey) -> None:
    qtbot.waitUntil(lambda: not processes.is_alive(key), timeout=20_000)


@pytest.fixture
def processes() -> Processes:
    return Processes((sys.executable, str(FAKE)))


@pytest.fixture
def faked(studio: Studio, processes: Processes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A studio that starts the fake trainer; what still runs at the end is killed."""
    studio.trainings = Trainings(studio.places.trainings, studio.background, processes, studio)
    monkeypatch.setattr("desktop.training.follower._BETWEEN_LOOKS_S", 0.05)
    trainings = studio.trainings
    yield studio
    for launch in (run.order.launch for run in trainings.runs):
        if launch is not None:
            key = ProcessKey(launch.pid, launch.started)
            processes.kill(key)
            wait_for_end(qtbot, processes, key)
    trainings.close()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "me.mp4"
    path.write_bytes(b"a clip")
    return path
