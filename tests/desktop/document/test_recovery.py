"""What a crash leaves, and what a session that ends properly does not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.document.autosave import AUTOSAVE_INTERVAL_MS, Autosave
from desktop.document.project_document import ProjectDocument
from desktop.document.recovery import RecoveryFolder, discard, find_recovered
from desktop.places import Places
from engine.project import Project, Timeline

SMILE = Project("eggan-128", timeline=Timeline.constant({12: 3.0}))
LONGEST_LOSS_MS = 10_000


def edited(document: ProjectDocument, value: float) -> None:
    document.edit_timeline("Smile", Timeline.constant({12: value}))


def test_edits_are_stored_in_time_without_being_put_off(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    assert AUTOSAVE_INTERVAL_MS <= LONGEST_LOSS_MS
    document, background = ProjectDocument(Project("eggan-128")), Background()
    autosave = Autosave(document, tmp_path, background, interval_ms=20)
    with qtbot.waitSignal(autosave.stored):
        edited(document, 1.0)
        edited(document, 2.0)
    (folder,) = tmp_path.iterdir()
    assert b'"AU12"' in (folder / "project.json").read_bytes()
    background.close()
    autosave.close()
    assert list(tmp_path.iterdir()) == []


def test_saving_clears_the_recovery_file(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    document, background = ProjectDocument(Project("eggan-128")), Background()
    autosave = Autosave(document, tmp_path, background, interval_ms=1)
    with qtbot.waitSignal(autosave.stored):
        edited(document, 1.0)
    (folder,) = tmp_path.iterdir()
    document.mark_saved(document.project, tmp_path / "smile.eggan")
    qtbot.waitUntil(lambda: not (folder / "project.json").exists())
    background.close()
    autosave.close()


def test_a_living_session_is_left_alone(tmp_path: Path) -> None:
    folder = RecoveryFolder(tmp_path)
    folder.store(SMILE, None)
    assert find_recovered(tmp_path) == []
    folder.close()


@pytest.mark.skipif(os.name == "nt", reason="a killed process is a POSIX matter")
def test_a_killed_session_leaves_its_work(tmp_path: Path, root: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.document.recovery import RecoveryFolder\n"
        "from engine.project import Project, Timeline\n"
        "folder = RecoveryFolder(Path(sys.argv[1]))\n"
        "folder.store(Project('eggan-128', timeline=Timeline.constant({12: 3.0})), Path('/work/smile.eggan'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, check=False)
    assert ended.returncode == -signal.SIGKILL
    (found,) = find_recovered(tmp_path)
    assert found.project == SMILE
    assert found.path == Path("/work/smile.eggan")
    discard(found)
    assert find_recovered(tmp_path) == []


def test_a_damaged_leftover_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    (left / "project.json").write_text("{")
    (left / "origin.json").write_text('{"path": null}')
    assert find_recovered(tmp_path) == []
    assert not left.exists()


def test_media_outside_the_project_are_found_again(tmp_path: Path) -> None:
    folder = RecoveryFolder(tmp_path / "recovery")
    folder.store(replace(SMILE, media=tmp_path / "footage" / "face.jpg"), None)
    folder._lock.unlock()
    (found,) = find_recovered(tmp_path / "recovery")
    assert found.project.media == tmp_path / "footage" / "face.jpg"
    assert found.project.timeline.track(12).evaluate(Fraction(0)) == 3.0


KEPT_EDITING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.places import Places
from desktop.studio import Studio
from engine.project import Timeline

application = QApplication([])
studio = Studio(application, Places.under(Path(sys.argv[1])))
studio.autosave.set_interval(int(sys.argv[2]))
edits = 0

def edit():
    global edits
    edits += 1
    studio.document.edit_timeline("Smile", Timeline.constant({12: edits / 1000}))
    print(edits, time.time(), flush=True)

timer = QTimer(interval=20)
timer.timeout.connect(edit)
timer.start()
application.exec()
"""


@pytest.mark.skipif(os.name == "nt", reason="a killed process is a POSIX matter")
def test_a_studio_that_is_killed_while_one_edits_loses_no_more_than_the_interval(tmp_path: Path, root: Path) -> None:
    interval_s = 0.3
    slack_s = (LONGEST_LOSS_MS - AUTOSAVE_INTERVAL_MS) / 1000  # what the usual interval leaves for writing
    process = subprocess.Popen(
        [sys.executable, "-c", KEPT_EDITING, str(tmp_path), str(round(1000 * interval_s))],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    recovery = Places.under(tmp_path).recovery
    edited_at: dict[int, float] = {}
    with process:
        for line in process.stdout:
            edit, moment = line.split()
            edited_at[int(edit)] = float(moment)
            if len(edited_at) >= 100 and any(recovery.glob("*/origin.json")):
                break
        process.kill()
    (found,) = find_recovered(recovery)
    smile = found.project.timeline.track(12).evaluate(Fraction(0))
    assert smile is not None
    kept = round(1000 * smile)
    lost_s = max(edited_at.values()) - edited_at[kept]
    assert lost_s < interval_s + slack_s
