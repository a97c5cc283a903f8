"""Ctrl-C in a real process, in the middle of an export."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.media import Photo, write_photo
from tests.engine.media.clips import noise_pictures

PROGRAM = """
import sys
from engine import rendering
from engine.export import export
from main import main
from engine.terminal.exit_codes import run_to_exit_code
from tests.engine.pipeline.stand_ins import Stages

def export_and_tell(*args, on_frame, **options):
    def tell(result):
        if result.frame.index == 20:
            print("rendering", flush=True)
        on_frame(result)
    return export(*args, on_frame=tell, **options)

rendering.export = export_and_tell
rendering.open_pipeline = lambda settings, mode: Stages().pipeline()
sys.exit(run_to_exit_code(main))
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    write_photo(photo, Photo(noise_pictures(1)[0]))
    an_hour = ["--duration", "3600"]
    arguments = ["animate", str(photo), "--preset", "happy", *an_hour, "-o", str(tmp_path / "smile.mp4")]
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "rendering\n"
        assert len(list(tmp_path.iterdir())) == 2
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, out, err) == (130, "", "Cancelled.\n")
    assert list(tmp_path.iterdir()) == [photo]
