"""The log of a training: one JSON object a line, the one source of whatever shows how a training goes."""

import json
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import JsonValue

from engine.files import write_atomically
from engine.terminal.progress import ReportProgress, progress_bar

Event: TypeAlias = Literal["preparing", "start", "losses", "figures", "samples", "checkpoint", "end"]
"""What a record tells; docs/training.md describes the values of each."""

_BETWEEN_RECORDS_S: Final = 1.0


class Journal:
    """Appends to a log file.

    Args:
        path: the file.
        next_step: where the training goes on. Lines of later steps, which an abrupt end has left and which will be
            written again, are deleted; so is a line that was not finished.
    """

    def __init__(self, path: Path, next_step: int) -> None:
        self._path = path
        self._next_step = next_step
        if path.is_file():
            content = path.read_bytes()
            kept = b"".join(line for line in content.splitlines(keepends=True) if _step(line) <= next_step)
            if kept != content:
                write_atomically(path, kept)

    def append(self, event: Event, step: int, values: Mapping[str, JsonValue]) -> None:
        """Add a record: its event, the number of steps done, the time in seconds since 1970, and its own values.

        Raises:
            OSError: the file cannot be written.
        """
        record = {"event": event, "step": step, "time": round(time.time(), 3), **values}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")

    @contextmanager
    def show_progress(self, description: str, count: int) -> Iterator[ReportProgress]:
        """A progress bar on the terminal that is also told in the log, once a second at most."""
        told = -math.inf
        with progress_bar(description, count) as show:

            def report(done: int, total: int | None = None) -> None:
                nonlocal told
                show(done, total)
                whole = count if total is None else total
                if done == whole or time.monotonic() - told >= _BETWEEN_RECORDS_S:
                    told = time.monotonic()
                    self.append("preparing", self._next_step, {"what": description, "done": done, "total": whole})

            yield report


def _step(line: bytes) -> float:
    """The step of a line; infinity for one that was not finished."""
    try:
        return float(json.loads(line)["step"]) if line.endswith(b"\n") else float("inf")
    except (ValueError, KeyError, TypeError):
        return float("inf")
