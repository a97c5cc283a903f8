"""Backends run E and G: through ONNX Runtime or through torch, which is imported only when it is asked for."""

from engine.backends.opening import BackendKind, Device, open_backend
from engine.backends.protocol import Backend, Encoded, Generated

__all__ = ["Backend", "BackendKind", "Device", "Encoded", "Generated", "open_backend"]
