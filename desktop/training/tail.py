"""Reads what was added to a file since the last look."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Addition:
    """What a look has found.

    Attributes:
        lines: whole lines, without their ends.
        is_anew: whether the file was replaced or cut off, so that what was read before counts no more.
    """

    lines: list[str]
    is_anew: bool


class Tail:
    """Follows one file, which need not exist yet. Owned by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._identity: tuple[int, int] | None = None
        self._rest = b""

    def read(self) -> Addition:
        """Return the lines that have been finished since the last call; a file that cannot be read has none."""
        try:
            with self._path.open("rb") as file:
                stat = self._path.stat()
                identity = (stat.st_dev, stat.st_ino)
                is_anew = self._identity is not None and (identity != self._identity or stat.st_size < self._offset)
                if is_anew:
                    self._offset, self._rest = 0, b""
                self._identity = identity
                file.seek(self._offset)
                added = file.read()
        except OSError:
            return Addition([], is_anew=False)
        self._offset += len(added)
        *whole, self._rest = (self._rest + added).split(b"\n")
        return Addition([line.decode("utf-8", "replace").rstrip("\r") for line in whole], is_anew)
