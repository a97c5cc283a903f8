"""The pipelines of a session: one, but for the moment in which another takes over."""

import threading
from typing import Final

from engine.pipeline import Pipeline


class OpenedPipelines:
    """Keeps pipelines, in the order in which they were opened, until they can be closed. Any thread may use it."""

    def __init__(self) -> None:
        self._lock: Final = threading.Lock()
        self._opened: Final[list[Pipeline]] = []

    def add(self, pipeline: Pipeline) -> Pipeline:
        """Add the latest one, and return it; from now on nobody looks for faces with an earlier one."""
        with self._lock:
            self._opened.append(pipeline)
        return pipeline

    def close_before(self, pipeline: Pipeline) -> None:
        """Close those opened before `pipeline`; nobody edits with them any more."""
        with self._lock:
            count = self._opened.index(pipeline)
            earlier = self._opened[:count]
            del self._opened[:count]
        for other in earlier:
            other.close()

    def close(self) -> None:
        """Close all that are left; nobody uses them any more."""
        with self._lock:
            left = self._opened[:]
            self._opened.clear()
        for pipeline in left:
            pipeline.close()
