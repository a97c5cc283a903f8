"""Trainings as processes: started, watched, stopped, resumed, found again; the trainer is `fake_trainer.py`."""

from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.studio import Studio
from desktop.training.order import Order, Stage, Way
from desktop.training.processes import Processes, ProcessKey
from desktop.training.run import TrainingRun, fault_of
from desktop.training.standing import StageState
from desktop.training.trainings import Trainings
from engine.errors import EngineError

WAIT_MS = 20_000


def begin(studio: Studio, clip: Path, name: str = "me", stage: Stage | None = Stage.PERSONALIZE) -> TrainingRun:
    run = studio.trainings.begin(Order(way=Way.PERSONAL, name=name, sources=(clip,)))
    if stage is not None:
        run.start(stage)
    return run


def wait_for_end(qtbot: QtBot, run: TrainingRun) -> None:
    qtbot.waitUntil(lambda: not run.is_running, timeout=WAIT_MS)


def test_a_personal_model_from_start_to_finish(faked: Studio, clip: Path, qtbot: QtBot) -> None:
    run = begin(faked, clip)
    told: list[Stage] = []
    run.ended.connect(told.append)
    assert run.standing.state(Stage.PERSONALIZE) is StageState.RUNNING
    wait_for_end(qtbot, run)
    standing = run.standing
    assert standing.state(Stage.PERSONALIZE) is StageState.DONE
    assert told == [Stage.PERSONALIZE]
    assert len(standing.course.losses["total"]) == standing.course.total_steps == 40
    assert standing.course.figures["test_l1"][-1] == (40, 0.2 / 40)
    assert standing.preview is not None
    assert any(line.startswith("This will take about") for line in standing.output)
    assert run.next_stage is None
    assert (run.folder.bundle(run.order) / "card.json").is_file()


def test_stopping_saves_and_the_same_command_goes_on(faked: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    clip = tmp_path / "endless.mp4"
    clip.touch()
    run = begin(faked, clip)
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    run.stop()
    wait_for_end(qtbot, run)
    assert run.standing.state(Stage.PERSONALIZE) is StageState.STOPPED
    assert (run.standing.course.checkpoint, run.standing.course.outcome) == (20, "cancelled")
    clip.rename(tmp_path / "now ends.mp4")
    run.change(sources=(tmp_path / "now ends.mp4",))
    run.start(Stage.PERSONALIZE)
    wait_for_end(qtbot, run)
    assert run.standing.state(Stage.PERSONALIZE) is StageState.DONE
    assert [step for step, _ in run.standing.course.losses["total"]] == list(range(1, 41))


def test_a_training_outlives_the_window_and_is_found_again(
    faked: Studio, tmp_path: Path, processes: Processes, qtbot: QtBot
) -> None:
    clip = tmp_path / "endless.mp4"
    clip.touch()
    run = begin(faked, clip)
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    faked.trainings.close()
    launch = run.order.launch
    assert launch is not None
    assert psutil.pid_exists(launch.pid)

    later = Trainings(faked.places.trainings, faked.background, Processes())
    found: list[list[TrainingRun]] = []
    later.found.connect(found.append)
    later.look()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    (again,) = found[0]
    qtbot.waitUntil(lambda: again.is_running, timeout=WAIT_MS)
    assert again.order == run.order
    assert again.standing.course.step == 20
    again.stop()
    qtbot.waitUntil(lambda: not processes.is_alive(ProcessKey(launch.pid, launch.started)), timeout=WAIT_MS)
    wait_for_end(qtbot, again)
    assert again.standing.state(Stage.PERSONALIZE) is StageState.STOPPED
    later.close()
    later.deleteLater()


def test_an_error_is_told_with_its_remedy(faked: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    clip = tmp_path / "damaged.mp4"
    clip.touch()
    run = begin(faked, clip)
    wait_for_end(qtbot, run)
    fault = fault_of(run, Stage.PERSONALIZE)
    assert fault is not None
    assert (fault.message, fault.remedy) == ("damaged.mp4 is damaged.", "Choose another clip.")


def test_a_mistake_of_the_trainer_points_to_the_log(faked: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    clip = tmp_path / "mistake.mp4"
    clip.touch()
    run = begin(faked, clip)
    wait_for_end(qtbot, run)
    fault = fault_of(run, Stage.PERSONALIZE)
    assert fault is not None
    assert "log" in fault.remedy
    assert any("KeyError: 'face'" in line for line in run.standing.output)


def test_a_killed_training_is_no_longer_running(faked: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    clip = tmp_path / "endless.mp4"
    clip.touch()
    run = begin(faked, clip)
    qtbot.waitUntil(lambda: run.standing.course.step == 20, timeout=WAIT_MS)
    run.kill()
    wait_for_end(qtbot, run)
    assert run.standing.state(Stage.PERSONALIZE) is StageState.FAILED
    run.stop()  # does nothing to a process that has ended


def test_another_process_of_the_same_number_is_not_taken_for_it(processes: Processes) -> None:
    own = psutil.Process()
    assert processes.is_alive(ProcessKey(own.pid, own.create_time()))
    assert not processes.is_alive(ProcessKey(own.pid, own.create_time() - 60))


def test_a_trainer_that_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be started"):
        Processes((str(tmp_path / "none"),)).start([], tmp_path / "events" / "e", tmp_path / "events" / "o")


def test_trainings_of_one_name_have_their_own_folders_and_can_be_removed(
    faked: Studio, clip: Path, qtbot: QtBot
) -> None:
    first, second = begin(faked, clip, stage=None), begin(faked, clip, stage=None)
    assert [run.folder.path.name for run in (first, second)] == ["me", "me-2"]
    faked.trainings.remove(first)
    qtbot.waitUntil(lambda: not (faked.places.trainings / "me").exists(), timeout=WAIT_MS)
    assert faked.trainings.runs == (second,)
    assert clip.exists()


def test_a_damaged_training_does_not_hide_the_others(faked: Studio, clip: Path, qtbot: QtBot) -> None:
    begin(faked, clip, stage=None)
    broken = faked.places.trainings / "broken"
    broken.mkdir()
    (broken / "training.json").write_text("{")
    later = Trainings(faked.places.trainings, faked.background)
    later.look()
    qtbot.waitUntil(lambda: len(later.runs) == 1, timeout=WAIT_MS)
    later.close()
    later.deleteLater()
