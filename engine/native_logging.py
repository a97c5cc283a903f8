"""Keep the log lines of native libraries off the user's terminal.

MediaPipe (absl, TensorFlow Lite) and ONNX Runtime write to file descriptor 2 from C++ while they are imported or create
their objects. Neither obeys an environment variable at that moment: absl writes to the terminal until a program
initialises it, which MediaPipe's Python package never does, and ONNX Runtime searches for devices while its module is
being imported. So the descriptor itself is pointed elsewhere for those few moments, and nothing that was written is
lost: lines of those libraries go to Python's `logging` at level DEBUG, any other line goes on to the terminal after.
"""

import logging
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LOGGER: Final = logging.getLogger(__name__)
_STDERR_FD: Final = 2
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_NATIVE_LINE: Final = re.compile(
    r"""[IWEF]\d{4}\ \d\d:\d\d:\d+\.\d+\                                 # absl
    | WARNING:\ (Logging\ before|All\ log\ messages\ before)\            # absl, once
    | INFO:\ (Created\ TensorFlow\ Lite|Initialized\ TensorFlow\ Lite)   # TensorFlow Lite
    | \d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d\.\d+\ \[[VIWEF]:onnxruntime:       # ONNX Runtime
    | \s*$""",
    re.VERBOSE,
)
_redirecting: Final = threading.RLock()  # the descriptor belongs to the whole process: one redirection at a time


@contextmanager
def quiet_native_libraries() -> Iterator[list[str]]:
    """Hold back what native code writes to standard error inside the `with` block.

    Wrap the import of `onnxruntime` and the creation of sessions and landmarkers in it, not work on frames: what other
    threads write meanwhile arrives only at the end of the block. Blocks may nest; two threads take turns.

    Yields:
        A list which, once the block has ended, holds the native libraries' lines, without colours.
    """
    native_lines: list[str] = []
    with _redirecting, tempfile.TemporaryFile() as capture:
        try:
            terminal_fd = os.dup(_STDERR_FD)
        except OSError:  # no standard error at all, as in a windowed program: nothing can reach a terminal
            yield native_lines
            return
        try:
            _flush_stderr()
            os.dup2(capture.fileno(), _STDERR_FD)
            yield native_lines
        finally:
            _flush_stderr()
            os.dup2(terminal_fd, _STDERR_FD)
            os.close(terminal_fd)
            capture.seek(0)
            _sort_out(capture.read(), native_lines)


def _flush_stderr() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()


def _sort_out(written: bytes, native_lines: list[str]) -> None:
    """Log the native libraries' lines, add them to `native_lines`, and pass all others on to standard error."""
    others = bytearray()
    for line in written.splitlines(keepends=True):
        text = _COLOUR.sub("", line.decode("utf-8", "replace")).rstrip()
        if not _NATIVE_LINE.match(text):
            others += line
        elif text:
            native_lines.append(text)
            _LOGGER.debug(text)
    if others:
        with open(_STDERR_FD, "wb", closefd=False) as stderr:
            stderr.write(others)
