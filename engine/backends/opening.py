"""Choosing a backend; the software of the other one is not imported."""

import difflib
import importlib.util
from typing import Final, Literal, TypeAlias, get_args

from engine.backends.protocol import Backend
from engine.bundle import ONNX_FILES, Bundle
from engine.errors import ModelError

BackendKind: TypeAlias = Literal["auto", "torch", "onnx"]
Device: TypeAlias = Literal["auto", "cpu", "cuda", "mps", "tensorrt", "directml", "coreml"]
_ONLY_IN_TORCH: Final = ("mps",)


def open_backend(
    bundle: Bundle, kind: BackendKind = "auto", device: Device = "auto", threads: int | None = None
) -> Backend:
    """Open a model.

    Args:
        bundle: the model.
        kind: "onnx" or "torch"; "auto" prefers ONNX Runtime, which starts sooner and is the faster on a CPU, and takes
            torch where the bundle has no ONNX files, ONNX Runtime is not installed, or it does not know the device.
        device: "auto" takes the fastest that works.
        threads: threads on the CPU; None leaves the choice to the backend.

    Raises:
        ModelError: no such kind or device, or the model does not run on it.
    """
    _check_choice("backend", kind, get_args(BackendKind))
    _check_choice("device", device, get_args(Device))
    if threads is not None and threads < 1:
        raise ModelError(f"A backend cannot compute with {threads} threads.", "Give at least 1.")
    if kind == "onnx" or (kind == "auto" and _prefers_onnx(bundle, device)):
        _require("onnxruntime", "ONNX Runtime")
        from engine.backends.onnx_backend import OnnxBackend

        return OnnxBackend(bundle, device, threads)
    _require("torch", "torch")
    from engine.backends.torch_backend import TorchBackend

    return TorchBackend(bundle, device, threads)


def _prefers_onnx(bundle: Bundle, device: Device) -> bool:
    return bundle.has(*ONNX_FILES) and device not in _ONLY_IN_TORCH and _is_installed("onnxruntime")


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _require(package: str, name: str) -> None:
    if not _is_installed(package):
        raise ModelError(
            f"{name} is not installed.", f"Install the Python package {package}, or choose another backend."
        )


def _check_choice(what: str, choice: str, choices: tuple[str, ...]) -> None:
    if choice not in choices:
        near = difflib.get_close_matches(choice, choices, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise ModelError(f"There is no {what} {choice!r}.", f"{hint}Choose one of: {', '.join(choices)}.")
