import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.backends import open_backend
from engine.backends.onnx_backend import OnnxBackend
from engine.backends.torch_backend import TorchBackend
from engine.bundle import ONNX_FILES, WEIGHT_FILES, Bundle
from engine.errors import ModelError


def without(bundle: Bundle, *names: str) -> Bundle:
    files = {name: record for name, record in bundle.card.files.items() if name not in names}
    return replace(bundle, card=bundle.card.model_copy(update={"files": files}))


def hide(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setattr("engine.backends.opening._is_installed", lambda name: name != package)


def test_auto_prefers_onnx(bundle: Bundle) -> None:
    backend = open_backend(bundle, device="cpu", threads=1)
    assert isinstance(backend, OnnxBackend)
    assert backend.name == "ONNX Runtime, CPU, 1 thread"
    assert backend.refusals == ()


def test_auto_takes_torch_for_a_bundle_without_onnx_files(bundle: Bundle) -> None:
    backend = open_backend(without(bundle, *ONNX_FILES), device="cpu")
    assert isinstance(backend, TorchBackend)
    assert backend.name == "torch, cpu"


def test_auto_takes_torch_where_onnx_runtime_is_not_installed(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "onnxruntime")
    assert isinstance(open_backend(bundle, device="cpu"), TorchBackend)


@pytest.mark.parametrize(("kind", "package"), [("onnx", "onnxruntime"), ("torch", "torch")])
def test_software_that_is_not_installed(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, kind: str, package: str
) -> None:
    hide(monkeypatch, package)
    with pytest.raises(ModelError, match="is not installed") as caught:
        open_backend(bundle, kind)  # type: ignore[arg-type]
    assert package in caught.value.remedy


@pytest.mark.parametrize(("kind", "names"), [("onnx", ONNX_FILES), ("torch", WEIGHT_FILES)])
def test_files_that_the_bundle_lacks(bundle: Bundle, kind: str, names: tuple[str, str]) -> None:
    with pytest.raises(ModelError, match=f"has no {names[0]}"):
        open_backend(without(bundle, *names), kind, "cpu")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "message", "remedy"),
    [
        ({"kind": "onx"}, "no backend 'onx'", "Did you mean 'onnx'?"),
        ({"kind": "jax"}, "no backend 'jax'", "Choose one of: auto, torch, onnx."),
        ({"device": "cudaa"}, "no device 'cudaa'", "Did you mean 'cuda'?"),
        ({"threads": 0}, "0 threads", "at least 1"),
    ],
)
def test_choices_that_do_not_exist(bundle: Bundle, choice: dict[str, object], message: str, remedy: str) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        open_backend(bundle, **choice)  # type: ignore[arg-type]
    assert remedy in caught.value.remedy


def test_onnx_runtime_runs_without_torch(bundle: Bundle, root: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from engine.backends import open_backend
from engine.bundle import Bundle
open_backend(Bundle.load(Path({str(bundle.folder)!r})), device="cpu")
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=120)
