"""The models that can be chosen, looked at in the background: a card and every file's hash."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.folders import Folders
from engine.bundle import BUNDLED_MODELS, Bundle, BundleCard, available_bundles
from engine.errors import EngineError, ModelError
from engine.project.document import check_model_name


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model.

    Attributes:
        name: as projects call it.
        folder: where it lies.
        is_own: whether it was added, and did not come with the program.
        card: what it says of itself; None where it cannot be used.
        error: why it cannot be used.
    """

    name: str
    folder: Path
    is_own: bool
    card: BundleCard | None = None
    error: EngineError | None = None


class ModelLibrary(QObject):
    """Owned by the UI thread.

    Attributes:
        changed: the models were looked at.
    """

    changed = Signal()

    def __init__(self, folders: Folders, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._background = background
        self._entries: tuple[ModelEntry, ...] | None = None
        self._is_looking = False

    @property
    def entries(self) -> tuple[ModelEntry, ...] | None:
        """What was found last, those of the program first; None before the first look."""
        return self._entries

    def entry(self, name: str) -> ModelEntry | None:
        """Return the model of this name; None before the first look."""
        if self._entries is None:
            return None
        missing = ModelError(
            f"There is no model called {name!r} here.", "Choose another one, or put its folder among your models."
        )
        found = (entry for entry in self._entries if entry.name == name)
        return next(found, ModelEntry(name, self._folders.models / name, is_own=True, error=missing))

    def look(self) -> None:
        """Look at all models; `changed` follows soon."""
        if not self._is_looking:
            self._is_looking = True
            folder = self._folders.models
            self._background.run(lambda: _found(folder), self._take)

    def _take(self, entries: tuple[ModelEntry, ...]) -> None:
        self._is_looking = False
        self._entries = entries
        self.changed.emit()


def _found(added: Path) -> tuple[ModelEntry, ...]:
    shipped = available_bundles()
    own = [name for name in available_bundles(added) if name not in shipped]
    return (
        *(_looked_at(name, BUNDLED_MODELS / name, is_own=False) for name in shipped),
        *(_looked_at(name, added / name, is_own=True) for name in own),
    )


def _looked_at(name: str, folder: Path, *, is_own: bool) -> ModelEntry:
    try:
        check_model_name(name)
        return ModelEntry(name, folder, is_own, card=Bundle.load(folder).card)
    except EngineError as error:
        return ModelEntry(name, folder, is_own, error=error)
