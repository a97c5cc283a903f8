"""The people in the document's medium with their faces at rest, as an export will know them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.background import Background, Job
from desktop.document.project_document import ProjectDocument
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.faces.people import KnownPerson


class KnownPeople(QObject):
    """Gets to know the people of a video when it is opened, in the background. Owned by the UI thread.

    Attributes:
        changed: other people are known.
    """

    changed = Signal()

    def __init__(self, document: ProjectDocument, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._people: tuple[KnownPerson, ...] = ()
        self._job: Job[tuple[KnownPerson, ...]] | None = None
        document.media_changed.connect(self._look_at)
        self._look_at(document.project.media)

    @property
    def people(self) -> "tuple[KnownPerson, ...]":
        """Who is known; nobody while the medium is looked through, and nobody of a photo."""
        return self._people

    def _look_at(self, path: Path | None) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._know(())
        if path is not None:
            self._job = self._background.run(lambda: _people_in(path), self._know, self._fail)

    def _know(self, people: "tuple[KnownPerson, ...]") -> None:
        if people != self._people:
            self._people = people
            self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, EngineError):  # that the medium cannot be read is told by whoever shows it
            self._background.fault.emit(error)


def _people_in(path: Path) -> "tuple[KnownPerson, ...]":
    from engine.rendering import people_in  # on this background thread: it takes a while

    return people_in(path)
