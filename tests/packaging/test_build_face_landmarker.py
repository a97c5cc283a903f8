import hashlib
import importlib
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import typer
from typer.testing import CliRunner


@pytest.fixture
def script(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The script as a module; it is run by its path and belongs to no package."""
    names = ("build_face_landmarker", "landmark_network")
    monkeypatch.syspath_prepend(str(root / "packaging"))
    yield importlib.import_module(names[0])
    for name in names:
        sys.modules.pop(name, None)


def test_shipped_bundle_is_the_one_the_script_builds(script: ModuleType) -> None:
    assert hashlib.sha256(script.OUTPUT.read_bytes()).hexdigest() == script.OUTPUT_SHA256


def test_shipped_bundle_can_be_mapped(script: ModuleType) -> None:
    with zipfile.ZipFile(script.OUTPUT) as bundle:
        assert bundle.namelist() == ["face_detector.tflite", "face_landmarks_detector.tflite"]
        content = script.OUTPUT.read_bytes()
        for info in bundle.infolist():
            assert info.compress_type == zipfile.ZIP_STORED
            start = content.index(bundle.read(info))
            assert start % 64 == 0
            assert content[start + 4 : start + 8] == b"TFL3"


def test_bundles_are_the_same_whenever_they_are_written(script: ModuleType, tmp_path: Path) -> None:
    files = {"a.tflite": b"x" * 100, "long_name.tflite": b"y" * 7}
    for name in ("first", "second"):
        script.write_bundle(tmp_path / name, files)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    with zipfile.ZipFile(tmp_path / "first") as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == files


def test_each_coordinate_has_one_source(script: ModuleType) -> None:
    network = sys.modules["landmark_network"]
    indices = network.source_indices().reshape(478, 3)
    mesh = 468 * 3
    refined = mesh + 2 * sum(map(len, network.REFINEMENTS.values()))
    assert len(np.unique(indices[:468])) == 468 * 3
    assert indices[:468, 2].tolist() == list(range(2, mesh, 3)), "depth comes from the mesh"
    assert indices[10].tolist() == [30, 31, 32], "what no refinement holds comes from the mesh"
    assert indices[network.LIPS[0], :2].tolist() == [mesh, mesh + 1]
    assert indices[468:473, 2].tolist() == [refined] * 5
    assert indices[473:, 2].tolist() == [refined + 1] * 5
    assert indices.max() == refined + 1


def test_no_point_is_refined_twice(script: ModuleType) -> None:
    refined = [point for points in sys.modules["landmark_network"].REFINEMENTS.values() for point in points]
    assert len(refined) == len(set(refined))


def test_other_wheel_is_refused(script: ModuleType, tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(script.ATTENTION_MESH.name, b"another network")
    with pytest.raises(script.BuildError, match="another version"):
        script.ATTENTION_MESH.read(wheel)
    with pytest.raises(script.BuildError, match="does not hold"):
        script.DETECTOR.read(wheel)


def test_failed_build_leaves_the_bundle_as_it_was(script: ModuleType, tmp_path: Path) -> None:
    output = tmp_path / "face_landmarker.task"
    output.write_bytes(b"before")
    (tmp_path / "bad.whl").write_bytes(b"no zip")
    result = CliRunner().invoke(_app(script), ["--wheel", str(tmp_path / "bad.whl"), "--output", str(output)])
    assert result.exit_code == 1
    assert "Pass a wheel of mediapipe==0.10.21" in result.stderr
    assert output.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.whl", "face_landmarker.task"]


def test_without_pip_the_remedy_is_named(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(script.shutil, "which", lambda _: None)
    with pytest.raises(script.BuildError, match="--wheel"):
        script.download_wheel(tmp_path)


def test_wheel_at_hand_gives_the_shipped_bundle(script: ModuleType, tmp_path: Path) -> None:
    wheel = os.environ.get("MEDIAPIPE_WHEEL")
    if wheel is None:
        pytest.skip("needs the wheel of mediapipe 0.10.21; MEDIAPIPE_WHEEL names it")
    output = tmp_path / "built.task"
    script.build(Path(wheel), output)
    assert output.read_bytes() == script.OUTPUT.read_bytes()


def _app(script: ModuleType) -> typer.Typer:
    app = typer.Typer()
    app.command()(script.main)
    return app
