"""What computes: software, device and threads of the networks, as the person has chosen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.preferences import BACKEND, DEVICE, THREADS, Preferences

if TYPE_CHECKING:
    from engine.backends import BackendKind, Device


BACKENDS: Final = {"onnx": "ONNX Runtime", "torch": "PyTorch"}
"""What can be chosen besides "auto", by the names that people know."""
DEVICES: Final = {
    "cpu": "CPU",
    "cuda": "NVIDIA CUDA",
    "tensorrt": "NVIDIA TensorRT",
    "directml": "DirectML (Windows)",
    "coreml": "Core ML (Mac)",
    "mps": "Metal (Mac, PyTorch)",
}


@dataclass(frozen=True, slots=True)
class Computing:
    """The fields of `engine.pipeline.PipelineSettings` that no project holds, since they belong to the machine.

    Attributes:
        backend: "auto", "onnx" or "torch".
        device: "auto", "cpu", "cuda" and others, as `engine.backends` lists them.
        threads: threads on the CPU; None leaves the choice to the backend.
    """

    backend: "BackendKind" = "auto"
    device: "Device" = "auto"
    threads: int | None = None

    @classmethod
    def chosen(cls, preferences: Preferences) -> "Computing":
        """Return what the preferences say; what they name is checked where the backend is opened."""
        backend: BackendKind = preferences.get(BACKEND)  # type: ignore[assignment]
        device: Device = preferences.get(DEVICE)  # type: ignore[assignment]
        return cls(backend, device, preferences.get(THREADS) or None)


AUTOMATIC: Final = Computing()
"""The fastest that works on this machine."""
