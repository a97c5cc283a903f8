"""Recovery files: what a crash leaves of unsaved work.

Each session owns one folder of recovery files by a lock that ends with its process. A folder whose lock can be taken
belongs to a session that did not end properly.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import QLockFile

from engine.errors import ProjectError
from engine.files import write_atomically
from engine.project import Project, load_project, save_project

_PROJECT: Final = "project.json"
_ORIGIN: Final = "origin.json"
_LOCK: Final = "session.lock"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Work that a crash left.

    Attributes:
        project: the work.
        path: the file it had been opened from or saved to, or None.
        time: when it was stored.
        folder: where it lies, for `discard`.
    """

    project: Project
    path: Path | None
    time: datetime
    folder: Path


class RecoveryFolder:
    """The place of this session's recovery files. `store` and `clear` may be called by one background thread."""

    def __init__(self, root: Path) -> None:
        self._folder: Final = root / uuid4().hex
        self._folder.mkdir(parents=True)
        self._lock: Final = _lock(self._folder)
        self._lock.tryLock(0)

    def store(self, project: Project, path: Path | None) -> None:
        """Keep `project`, which belongs to the file `path`. ProjectError where the disk refuses."""
        origin = json.dumps({"path": None if path is None else str(path)})
        save_project(project, self._folder / _PROJECT)
        try:
            write_atomically(self._folder / _ORIGIN, origin.encode())
        except OSError as error:
            raise ProjectError(
                f"The recovery file in {self._folder} could not be written: {error.strerror}.",
                "Free some space, and save the project yourself.",
            ) from error

    def clear(self) -> None:
        """Forget what was stored: it has been saved or given up."""
        for name in (_PROJECT, _ORIGIN):
            (self._folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder: the session ends properly."""
        self._lock.unlock()
        shutil.rmtree(self._folder, ignore_errors=True)


def find_recovered(root: Path) -> list[Recovered]:
    """Return what crashed sessions left under `root`, the latest first; empty leftovers are removed."""
    found = [_read(folder) for folder in root.iterdir() if folder.is_dir()] if root.is_dir() else []
    return sorted(filter(None, found), key=lambda recovered: recovered.time, reverse=True)


def discard(recovered: Recovered) -> None:
    """Remove a recovery file."""
    shutil.rmtree(recovered.folder, ignore_errors=True)


def _read(folder: Path) -> Recovered | None:
    lock = _lock(folder)
    if not lock.tryLock(0):
        return None  # its session is alive
    lock.unlock()
    stored = folder / _PROJECT
    try:
        time = datetime.fromtimestamp(stored.stat().st_mtime, UTC)
        origin = json.loads((folder / _ORIGIN).read_text("utf-8"))["path"]
        return Recovered(load_project(stored), None if origin is None else Path(origin), time, folder)
    except (OSError, ValueError, KeyError, TypeError, ProjectError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _lock(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)  # only the death of its process makes it stale
    return lock
