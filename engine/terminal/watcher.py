"""What a command tells a program that has started it and watches it: JSON lines in the file that EGGAN_EVENTS names.

| event | values |
|---|---|
| `progress` | `what`, `done`, `total`: as a progress bar shows them; `total` is null where it is not known |
| `end` | `code`, the exit code; `message` and `remedy` of the error, if there was one |

Every line has the `time`, seconds since 1970. A command that was killed, or made a mistake of its own, tells no end.
"""

import json
import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

EVENTS_VARIABLE: Final = "EGGAN_EVENTS"
"""Name of the environment variable that holds the file's path."""
_BETWEEN_PROGRESS_S: Final = 0.5


def tell_watcher(event: Literal["progress", "end"], **values: str | float | None) -> None:
    """Add a line, if anybody wants to be told. Nothing that goes wrong with it disturbs the command."""
    path = os.environ.get(EVENTS_VARIABLE)
    if not path:
        return
    line = json.dumps({"event": event, "time": round(time.time(), 3), **values}) + "\n"
    with suppress(OSError), Path(path).open("a", encoding="utf-8") as file:
        file.write(line)


def progress_teller(what: str) -> Callable[[int, float | None], None]:
    """Return a function that takes what is done of how much, and tells it at the end and twice a second before."""
    if not os.environ.get(EVENTS_VARIABLE):
        return lambda _done, _total: None
    told = -math.inf

    def tell(done: int, total: float | None) -> None:
        nonlocal told
        if done == total or time.monotonic() - told >= _BETWEEN_PROGRESS_S:
            told = time.monotonic()
            tell_watcher("progress", what=what, done=done, total=total)

    return tell
