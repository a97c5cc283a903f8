"""Sessions of ONNX Runtime that really run on the provider they were asked for."""

import re
from typing import Any, Final

from engine.backends.providers import CUDA, DIRECTML, Provider
from engine.native_logging import quiet_native_libraries

with quiet_native_libraries():
    import onnxruntime

_ERRORS_ONLY: Final = 3
_LOG_PREFIX: Final = re.compile(r"^\d{4}-\S+ \S+ \[.*?\] ")
_SOURCE_PREFIX: Final = re.compile(r"^\S+\.(cc|cpp|h):\d+ .*?\) ")
"""Time and thread of a line of the log; file, line and signature of a function in ONNX Runtime's source."""


class SessionError(Exception):
    """A session does not start or does not run on the provider; the text is ONNX Runtime's reason."""


def available(provider: Provider) -> bool:
    """Whether this build of ONNX Runtime names the provider; it may still lack the driver or the libraries."""
    return provider.name in onnxruntime.get_available_providers()


def start_session(graph: bytes, provider: Provider, threads: int) -> Any:
    """Start a session, an `onnxruntime.InferenceSession`, for an ONNX file's content.

    Args:
        graph: the file's content; as bytes, it cannot refer to further files.
        provider: where to compute. What it does not support goes to the providers it precedes.
        threads: threads of an operator on the CPU.

    Raises:
        SessionError: it does not start, or ONNX Runtime silently took another provider.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = _ERRORS_ONLY
    # Threads that spin between operators win little on an idle machine and take the cores of others on a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider is DIRECTML:
        options.enable_mem_pattern = False
    with quiet_native_libraries() as native_lines:
        if CUDA in (provider, *provider.precedes):
            onnxruntime.preload_dlls()  # finds the CUDA libraries among the Python packages
        try:
            session = onnxruntime.InferenceSession(graph, options, provider.chain, enable_fallback=0)
        except Exception as error:  # each provider raises its own kinds
            raise SessionError(_plain(str(error))) from error
    if provider.name not in session.get_providers():
        raise SessionError(_plain(native_lines[-1]) if native_lines else "ONNX Runtime gave no reason")
    return session


def run_session(session: Any, inputs: dict[str, Any]) -> tuple[Any, ...]:
    """Run a session; returns its outputs, in the file's order.

    Raises:
        SessionError: the provider failed, for instance for want of memory.
    """
    try:
        return tuple(session.run(None, inputs))
    except Exception as error:  # each provider raises its own kinds
        raise SessionError(_plain(str(error))) from error


def _plain(message: str) -> str:
    """One line without where and when ONNX Runtime wrote it."""
    line = " ".join(message.split())
    return _SOURCE_PREFIX.sub("", _LOG_PREFIX.sub("", line)).rstrip(".")
