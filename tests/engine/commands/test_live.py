"""The command `live`: from the command line to what it prints, and Ctrl-C in a real process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands import live as live_command
from engine.commands.live import status_line
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.live import LiveSession, LiveStatistics
from engine.media.cameras import CameraDevice
from engine.media.file_source import FileSource
from engine.pipeline import FaceSettings, PipelineSettings, StageTimes
from engine.project import FaceOptions, Project, save_project
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import Clip, make_video
from tests.engine.pipeline.stand_ins import Stages

PROGRAM = """
import sys
from engine.commands import live
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.live import LiveSession
from main import main
from engine.terminal.exit_codes import run_to_exit_code
from tests.engine.pipeline.stand_ins import Stages

def session(*arguments, **options):
    def tell(frame):
        if frame.number == 3:
            print("playing", flush=True)
    return LiveSession(*arguments, **options, on_frame=tell, open_pipeline=lambda *_: Stages().pipeline())

live.LiveSession = session
sys.exit(run_to_exit_code(main))
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[PipelineSettings]:
    """Puts a pipeline of stand-ins into the session, and keeps the settings it was asked for."""
    settings_seen: list[PipelineSettings] = []

    def session(*arguments: object, **options: object) -> LiveSession:
        def open_stand_ins(settings: PipelineSettings, mode: str) -> object:
            settings_seen.append(settings)
            return Stages().pipeline()

        return LiveSession(*arguments, **options, open_pipeline=open_stand_ins)  # type: ignore[arg-type]

    monkeypatch.setattr(live_command, "LiveSession", session)
    return settings_seen


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_video(tmp_path / "clip.mp4", Clip(times=range(0, 9 * 1001, 1001), audio="aac"))


def test_a_file_plays_to_its_end_into_a_recording(
    command: Command, asked: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    result = tmp_path / "result.mp4"
    outcome = command("live", "--camera", clip, "--preset", "happy", "--record", result, "--compositing", "replace")
    assert (outcome.code, outcome.err) == (0, "")
    assert asked == [PipelineSettings(compositing="replace")]
    assert f"{result} holds" in outcome.out
    with FileSource(result) as source:
        assert 1 <= len(list(source)) <= 9


def test_the_figures_for_machines(command: Command, asked: list[PipelineSettings], clip: Path) -> None:
    outcome = command("live", "--camera", clip, "--loop", "--seconds", "1", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    document = json.loads(outcome.out)
    assert document["captured"] >= document["shown"] >= 1
    assert document["seconds"] >= 1
    assert document["backend"] == "stand-in"
    assert document["events"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--camera", "nowhere.mp4"], 1, "nowhere.mp4 does not exist."),
        (["--camera", "CLIP", "--record", "out.png"], 1, "does not end like a video"),
        (["--camera", "CLIP", "--au", "99=1"], 1, "AU 99"),
        (["--camera", "CLIP", "--region", "mouht=1"], 1, "Did you mean 'mouth'?"),
        (["--camera", "CLIP", "--faces", "who"], 1, "which faces to edit"),
        (["--camera", "CLIP", "--only", "12", "--gain", "6=2"], 2, "AU6 does not follow"),
        (["--camera", "1", "--camera-size", "big"], 2, "1280x720"),
        (["--camera", "CLIP", "--project", "p.eggan", "--preset", "happy"], 2, "expressions of its own"),
    ],
)
def test_what_cannot_be_is_said(
    command: Command, asked: list[PipelineSettings], clip: Path, arguments: list[str], code: int, words: str
) -> None:
    outcome = command("live", *[str(clip) if word == "CLIP" else word for word in arguments])
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err


def test_options_choose_faces_regions_and_how_a_driver_is_followed(
    command: Command, asked: list[PipelineSettings], clip: Path
) -> None:
    choice = ["--faces", "leftmost", "--region", "mouth=0.5", "--region", "eyes=0"]
    reading = ["--smoothing", "2", "--no-calibrate"]
    drive = ["--driver", clip, "--only", "12,25", "--gain", "12=1.5", "--mode", "absolute"]
    assert command("live", "--camera", clip, *choice, *reading, *drive, "--seconds", "0.5").code == 0
    assert asked[0].regions == RegionStrengths(mouth=0.5, eyes=0.0)
    assert asked[0].faces == FaceSettings(FaceSelection("leftmost"), 2.0, calibrates=False)


def test_faces_regions_and_model_are_as_asked_or_else_the_projects(
    command: Command, asked: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "p.eggan"
    scope = FaceOptions(FaceSelection("all"), regions=RegionStrengths(eyes=0.25))
    save_project(Project("thin", faces=scope), saved)
    said = ["--faces", "leftmost", "--region", "mouth=0.5", "--smoothing", "0", "--model", "eggan-128"]
    for options in ([], said):
        assert command("live", "--camera", clip, "--project", saved, *options).code == 0
    assert asked[0] == PipelineSettings("thin", faces=FaceSettings(FaceSelection("all")), regions=scope.regions)
    assert asked[1].model == "eggan-128"
    assert asked[1].faces == FaceSettings(FaceSelection("leftmost"), smoothing=0)
    assert asked[1].regions == RegionStrengths(mouth=0.5, eyes=0.25)


def test_cameras_are_listed(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_command, "available_cameras", lambda: (CameraDevice(2, "Desk"), CameraDevice(3, "Door")))
    assert command("live", "--list-cameras") == (0, "2  Desk\n3  Door\n", "")
    assert json.loads(command("live", "--list-cameras", "--json").out)["cameras"][1] == {"index": 3, "name": "Door"}
    monkeypatch.setattr(live_command, "available_cameras", lambda: ())
    assert command("live", "--list-cameras") == (0, "No camera was found.\n", "")


def test_a_virtual_camera_that_is_not_there_is_said_and_the_rest_goes_on(
    command: Command, asked: list[PipelineSettings], clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    outcome = command("live", "--camera", clip, "--virtual-camera")
    assert outcome.code == 0
    assert "--extra virtualcam" in outcome.err
    assert "fps in" in outcome.out


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_saves_the_recording(root: Path, clip: Path, tmp_path: Path) -> None:
    result = tmp_path / "result.mp4"
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "live", "--camera", str(clip), "--loop", "--record", str(result)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "playing\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, err) == (0, "")
    assert "holds" in out
    with FileSource(result) as source:
        assert len(list(source)) >= 3
    assert sorted(tmp_path.iterdir()) == [clip, result]


def test_the_line_says_what_matters() -> None:
    times = StageTimes(8.4, 9.0, 8.5, 100)
    line = status_line(
        LiveStatistics(fps_in=30, fps_out=29.9, dropped=2, age_p50_ms=41, age_p95_ms=60, stages={"detect": times},
                       memory_mib=600, threads=21, recorded=77, virtual_camera="OBS")
    )  # fmt: skip
    assert line == (
        "30.0 fps in, 29.9 out | 2 dropped | age 41 ms (p95 60) | detect 8 ms | 600 MiB | 21 threads | 77 recorded | "
        "shown as OBS"
    )
    assert "starting" in status_line(LiveStatistics())
