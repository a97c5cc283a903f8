"""The log of a training: one JSON object a line, each with its `step`."""

import json
from collections.abc import Mapping
from pathlib import Path

from engine.files import write_atomically


class Journal:
    """Appends to a log file.

    Args:
        path: the file.
        next_step: where the training goes on. Lines of later steps, which an abrupt end has left and which will be
            written again, are deleted; so is a line that was not finished.
    """

    def __init__(self, path: Path, next_step: int) -> None:
        self._path = path
        if path.is_file():
            lines = path.read_bytes().splitlines(keepends=True)
            write_atomically(path, b"".join(line for line in lines if _step(line) <= next_step))

    def append(self, step: int, values: Mapping[str, float]) -> None:
        """Add a line."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **values}) + "\n")


def _step(line: bytes) -> float:
    """The step of a line; infinity for one that was not finished."""
    try:
        return float(json.loads(line)["step"]) if line.endswith(b"\n") else float("inf")
    except (ValueError, KeyError, TypeError):
        return float("inf")
