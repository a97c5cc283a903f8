import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.curves import AUCurves, write_csv
from engine.project import Keyframe, Project, Timeline, Track, load_project, save_project
from tests.engine.commands.conftest import Command


@pytest.fixture
def recorded(tmp_path: Path) -> AUCurves:
    """Two seconds of AU12 and AU45, in `aus.csv`."""
    seconds = np.arange(60) / 30
    values = np.zeros((60, 17), np.float32)
    values[:, 8] = 2.5 + 2.0 * np.sin(3 * seconds)
    values[:, 16] = np.where((seconds > 1.0) & (seconds < 1.2), 5.0, 0.0)
    curves = AUCurves(tuple(Fraction(frame, 30) for frame in range(60)), values, aus=(12, 45))
    write_csv(curves, tmp_path / "aus.csv")
    return curves


def test_the_projects_timeline_stays_within_the_tolerance(command: Command, recorded: AUCurves, tmp_path: Path) -> None:
    output = tmp_path / "project.json"
    outcome = command("keyframes", tmp_path / "aus.csv", "-o", output, "--tolerance", "0.05")
    assert outcome.code == 0
    assert outcome.out.startswith(f"{output}\n")
    timeline = load_project(output).timeline
    assert [track.au for track in timeline.tracks] == [12, 45]
    assert sum(len(track.keyframes) for track in timeline.tracks) < 30
    for row, time in enumerate(recorded.times):
        shown = timeline.evaluate(time, AUVector.neutral()).values
        np.testing.assert_allclose(shown, recorded.values[row], atol=0.0501)


def test_other_tracks_and_settings_of_a_project_are_kept(command: Command, recorded: AUCurves, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    brow = Track(4, (Keyframe(Fraction(0), 1.0),))
    save_project(Project("mine", media=tmp_path / "old.mp4", timeline=Timeline((brow,))), base)
    output = tmp_path / "project.json"
    arguments = [
        "--project",
        base,
        "--media",
        tmp_path / "new.jpg",
        "--au",
        "12",
        "--delay",
        "0.5",
        "--shape",
        "linear",
    ]
    document = json.loads(command("keyframes", tmp_path / "aus.csv", "-o", output, *arguments, "--json").out)
    assert (document["tracks"], document["samples"]) == (1, 60)
    project = load_project(output)
    assert (project.model, project.media) == ("mine", tmp_path / "new.jpg")
    assert project.timeline.track(4) == brow
    assert project.timeline.track(12).keyframes[0].time == Fraction(1, 2)
    assert not project.timeline.track(45).keyframes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tolerance", "0"], "too small"),
        (["--au", "4"], "none of the action units"),
        (["--au", "99"], "AU 99"),
        (["--delay", "soon"], "not a time in seconds"),
    ],
)
def test_faults_leave_nothing_behind(
    command: Command, recorded: AUCurves, tmp_path: Path, arguments: list[str], said: str
) -> None:
    outcome = command("keyframes", tmp_path / "aus.csv", "-o", tmp_path / "project.json", *arguments)
    assert outcome.code == 1
    assert said in outcome.err
    assert not (tmp_path / "project.json").exists()


def test_a_project_that_exists_is_spared(command: Command, recorded: AUCurves, tmp_path: Path) -> None:
    output = tmp_path / "project.json"
    output.write_text("mine")
    outcome = command("keyframes", tmp_path / "aus.csv", "-o", output)
    assert outcome.code == 1
    assert "exists already" in outcome.err
    assert output.read_text() == "mine"
