"""Which action units sliders and presets leave alone."""

from PySide6.QtCore import QObject, Signal


class Locks(QObject):
    """Owned by the UI thread; part of how a project is looked at, not of the project.

    Attributes:
        changed: other action units are locked.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._locked: frozenset[int] = frozenset()

    @property
    def locked(self) -> frozenset[int]:
        """AU numbers."""
        return self._locked

    def lock(self, au: int, locked: bool) -> None:
        """Leave an AU alone from now on, or no longer."""
        changed = self._locked | {au} if locked else self._locked - {au}
        if changed != self._locked:
            self._locked = changed
            self.changed.emit()
