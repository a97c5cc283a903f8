"""The presets: FACS prototypes, and the person's own, kept in one file of the application's folder."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from engine.action_units import AU_NUMBERS, PRESETS, AUVector
from engine.errors import EngineError, ProjectError
from engine.files import write_atomically

_NAME: Final = re.compile(r"[^\x00-\x1f]{1,40}")
_FORMAT: Final = "eggan-presets-1"


class PresetLibrary(QObject):
    """Owned by the UI thread.

    Args:
        path: of the file with the person's own presets; it need not exist.

    Attributes:
        changed: presets were added or removed.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._own = _read(path)

    @property
    def expressions(self) -> Mapping[str, AUVector]:
        """All of them by name, the prototypes first."""
        return {**PRESETS, **self._own}

    def is_own(self, name: str) -> bool:
        """Whether the person has made it."""
        return name in self._own

    def save(self, name: str, expression: AUVector) -> None:
        """Keep an expression under a name; an own preset of that name is replaced.

        Raises:
            ProjectError: the name is a prototype's or cannot be one.
            EngineError: the file cannot be written.
        """
        name = name.strip()
        if name.lower() in PRESETS or not _NAME.fullmatch(name):
            raise ProjectError(f"A preset cannot be called {name!r}.", "Choose another name of at most 40 letters.")
        self._store({**self._own, name: expression})

    def delete(self, name: str) -> None:
        """Remove one of the person's own."""
        self._store({own: expression for own, expression in self._own.items() if own != name})

    def _store(self, own: dict[str, AUVector]) -> None:
        presets = {
            name: {str(number): round(expression[number], 3) for number in AU_NUMBERS if expression[number]}
            for name, expression in own.items()
        }
        text = json.dumps({"format": _FORMAT, "presets": presets}, ensure_ascii=False, indent=2, sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, text.encode())
        except OSError as error:
            raise ProjectError(
                f"The presets cannot be written to {self._path}: {error.strerror}.",
                "Free disk space or check the folder.",
            ) from error
        self._own = own
        self.changed.emit()


def _read(path: Path) -> dict[str, AUVector]:
    """What the file holds; a file that is absent or is not one of ours holds none, and is replaced by the next save."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != _FORMAT:
            return {}
        return {
            str(name): AUVector.of({int(number): float(value) for number, value in intensities.items()})
            for name, intensities in document["presets"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EngineError):
        return {}
