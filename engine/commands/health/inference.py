"""Checks of what can run the networks: torch's devices and ONNX Runtime's execution providers."""

import ctypes
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Final

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError

_TRIAL_MODEL: Final = '<ir_version: 8, opset_import: ["": 17]> trial (float[1] x) => (float[1] y) { y = Relu(x) }'
_NVIDIA_DRIVER: Final = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"


def check_inference() -> Iterator[Check]:
    """Look for devices that torch can use, and start a session on each execution provider that ONNX Runtime names."""
    yield _check_torch()
    yield _check_onnx_runtime()


def _check_torch() -> Check:
    name = "torch devices"
    try:
        torch = import_module("torch")
    except EngineError as error:
        return Check(name, Status.WARN, error.message, error.remedy)
    devices = [
        f"cuda:{index} {torch.cuda.get_device_name(index)}, "
        f"{torch.cuda.get_device_properties(index).total_memory / 2**30:.0f} GiB"
        for index in range(torch.cuda.device_count())
    ]
    if torch.backends.mps.is_available():
        devices.append("mps")
    if not devices and _has_nvidia_driver():
        return Check(
            name,
            Status.WARN,
            f"cpu; an NVIDIA driver is installed, but this torch, built for {_cuda_of(torch)}, finds no device",
            "Update the NVIDIA driver, or install a build of torch for its CUDA version.",
        )
    return Check(name, Status.OK, "; ".join([*devices, f"cpu, {torch.get_num_threads()} threads"]))


def _cuda_of(torch: ModuleType) -> str:
    return f"CUDA {torch.version.cuda}" if torch.version.cuda else "the CPU only"


def _has_nvidia_driver() -> bool:
    try:
        ctypes.CDLL(_NVIDIA_DRIVER)
    except OSError:
        return False
    return True


def _check_onnx_runtime() -> Check:
    name = "ONNX Runtime"
    try:
        model = import_module("onnx.parser").parse_model(_TRIAL_MODEL).SerializeToString()
        known, sessions = import_module("engine.backends.providers"), import_module("engine.backends.sessions")
    except EngineError as error:
        return Check(name, Status.FAIL, error.message, error.remedy)
    tensorrt = known.Provider("tensorrt", "TensorrtExecutionProvider")
    usable, refused = [], {}
    for provider in (tensorrt, known.CUDA, known.DIRECTML, known.COREML, known.CPU):
        if not sessions.available(provider):
            continue
        try:
            sessions.start_session(model, provider, 1)
        except sessions.SessionError as error:
            refused[provider.device] = str(error)
        else:
            usable.append(provider.device)
    detail = ", ".join(usable) + (f"; built in, but not usable here: {', '.join(refused)}" if refused else "")
    if known.CPU.device not in usable:
        return Check(name, Status.FAIL, detail, "Install ONNX Runtime anew: uv sync --reinstall")
    if known.CUDA.device in refused and _has_nvidia_driver():
        remedy = "Update the NVIDIA driver and run uv sync, or go on with the CPU."
        return Check(name, Status.WARN, f"{detail} ({refused[known.CUDA.device]})", remedy)
    return Check(name, Status.OK, detail)
