import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.health.assets import check_assets
from engine.commands.health.check import Status
from engine.commands.health.encoders import check_encoders
from engine.media.encoding import VideoCodec


@pytest.fixture(scope="module")
def report_without_opengl(tmp_path_factory: pytest.TempPathFactory, root: Path) -> subprocess.CompletedProcess[str]:
    """What `doctor --json` says on a machine on which OpenCV finds no libGL.so.1."""
    broken = tmp_path_factory.mktemp("broken")
    (broken / "cv2").mkdir()
    (broken / "cv2" / "__init__.py").write_text(
        "raise ImportError('libGL.so.1: cannot open shared object file: No such file or directory')"
    )
    return subprocess.run(
        [sys.executable, "main.py", "doctor", "--json"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(broken)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_system_library_fails_and_is_explained(
    report_without_opengl: subprocess.CompletedProcess[str],
) -> None:
    assert report_without_opengl.returncode == 1
    document = json.loads(report_without_opengl.stdout)
    checks = {check["name"]: check for check in document["checks"]}
    assert document["status"] == "fail"
    assert checks["opencv-contrib-python"]["status"] == "fail"
    assert checks["opencv-contrib-python"]["detail"] == "The system library libGL.so.1 is not installed."
    assert "Install it with: sudo" in checks["opencv-contrib-python"]["remedy"]


def test_everything_else_is_still_looked_at(report_without_opengl: subprocess.CompletedProcess[str]) -> None:
    checks = {check["name"]: check for check in json.loads(report_without_opengl.stdout)["checks"]}
    for name in ("Python", "Memory", "torch", "ONNX Runtime", "face_landmarker.task"):
        assert checks[name]["status"] == "ok", checks[name]
    assert "cpu" in checks["ONNX Runtime"]["detail"]


def test_the_encoders_of_all_codecs_are_there() -> None:
    (check,) = check_encoders()
    assert check.status is Status.OK
    assert all(codec in check.detail for codec in VideoCodec)


def test_native_libraries_write_nothing(report_without_opengl: subprocess.CompletedProcess[str]) -> None:
    assert report_without_opengl.stderr == ""


def test_damaged_and_missing_models_are_told_apart(tmp_path: Path) -> None:
    sums = []
    for name in ("whole.task", "damaged.task", "missing.task"):
        (tmp_path / name).write_bytes(name.encode())
        sums.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (tmp_path / "SHA256SUMS").write_text("".join(sums))
    (tmp_path / "damaged.task").write_bytes(b"something else")
    (tmp_path / "missing.task").unlink()
    checks = {check.name: check for check in check_assets(tmp_path)}
    assert checks["whole.task"].status is Status.OK
    assert checks["damaged.task"].status is Status.FAIL
    assert "damaged" in checks["damaged.task"].detail
    assert checks["missing.task"].status is Status.FAIL
    assert "missing" in checks["missing.task"].detail


def test_a_folder_without_models_fails(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").touch()
    checks = {check.name: check for check in check_assets(tmp_path)}
    assert checks["Models"].status is Status.FAIL


def test_a_damaged_bundle_fails_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "card.json").write_text("{")
    checks = {check.name: check for check in check_assets(tmp_path)}
    assert checks["broken"].status is Status.FAIL
    assert checks["broken"].remedy


def test_the_face_landmarker_that_comes_with_the_program_starts() -> None:
    checks = {check.name: check for check in check_assets()}
    assert checks["face_landmarker.task"].status is Status.OK
    assert checks["Face landmarker"].status is Status.OK
