"""The files that were open lately."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.preferences import RECENT_FILES, Preferences

_KEPT: Final = 12


class RecentFiles(QObject):
    """Projects and media by when they were opened, the latest first; kept in the preferences.

    Attributes:
        changed: the list differs.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences

    def paths(self) -> list[Path]:
        """Return the files; some may no longer exist."""
        return [Path(text) for text in self._preferences.get(RECENT_FILES)]

    def add(self, path: Path) -> None:
        """Put a file first."""
        chosen = str(path.absolute())
        others = [text for text in self._preferences.get(RECENT_FILES) if text != chosen]
        self._keep([chosen, *others][:_KEPT])

    def remove(self, path: Path) -> None:
        """Forget a file, for instance one that is gone."""
        chosen = str(path.absolute())
        self._keep([text for text in self._preferences.get(RECENT_FILES) if text != chosen])

    def clear(self) -> None:
        """Forget all."""
        self._keep([])

    def _keep(self, texts: list[str]) -> None:
        if texts != self._preferences.get(RECENT_FILES):
            self._preferences.set(RECENT_FILES, texts)
            self.changed.emit()
