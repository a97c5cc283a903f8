"""Checks of what can run the networks: torch's devices and ONNX Runtime's execution providers."""

import ctypes
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Final

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError
from engine.native_logging import quiet_native_libraries

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
        with quiet_native_libraries():
            onnxruntime = import_module("onnxruntime")
        model = import_module("onnx.parser").parse_model(_TRIAL_MODEL).SerializeToString()
    except EngineError as error:
        return Check(name, Status.FAIL, error.message, error.remedy)
    providers: list[str] = onnxruntime.get_available_providers()
    usable = [_short(provider) for provider in providers if _starts(onnxruntime, model, provider)]
    refused = [_short(provider) for provider in providers if _short(provider) not in usable]
    detail = ", ".join(usable) + (f"; built in, but not usable here: {', '.join(refused)}" if refused else "")
    if "CPU" not in usable:
        return Check(name, Status.FAIL, detail or "no provider starts", "Install it anew with: uv sync --reinstall")
    if "CUDA" in refused and _has_nvidia_driver():
        return Check(
            name,
            Status.WARN,
            detail,
            f"Install CUDA {onnxruntime.cuda_version} and cuDNN 9 for the GPU, or go on with the CPU.",
        )
    return Check(name, Status.OK, detail)


def _short(provider: str) -> str:
    return provider.removesuffix("ExecutionProvider")


def _starts(onnxruntime: ModuleType, model: bytes, provider: str) -> bool:
    """Whether a session really runs on `provider`; ONNX Runtime falls back to the CPU without an exception."""
    with quiet_native_libraries():
        if provider == "CUDAExecutionProvider":
            onnxruntime.preload_dlls()  # finds the CUDA libraries among the Python packages
        try:
            session = onnxruntime.InferenceSession(model, providers=[provider], enable_fallback=0)
        except Exception:  # noqa: BLE001 - each provider raises its own kinds
            return False
    return provider in session.get_providers()
