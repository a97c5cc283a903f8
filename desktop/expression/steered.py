"""What sliders and presets steer, whatever it is: the project at the playhead, or the live session."""

from PySide6.QtCore import QObject, Signal

from desktop.expression.locks import Locks
from engine.action_units import AUVector


class SteeredExpression(QObject):
    """An expression that panels show and change. Owned by the UI thread.

    Tracks are named by AU number, and the strength by None. A locked AU is left alone by `apply` and `follow_all`; its
    slider cannot be moved.

    Args:
        title: what the sliders show, for the head of their panel.
        locks: the action units that are locked.

    Attributes:
        title, locks: as given.
        changed: a value, or what the source shows, is another one.
    """

    changed = Signal()

    def __init__(self, title: str, locks: Locks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.locks = locks

    def value(self, au: int | None) -> float | None:
        """Return what is set, None where the source is followed."""
        raise NotImplementedError

    def source(self, au: int) -> float | None:
        """Return what the face itself shows, None while that is not known."""
        raise NotImplementedError

    def grab(self, au: int | None) -> None:
        """Note that a hand begins to move a slider: all it sets until the next `grab` is one change."""
        raise NotImplementedError

    def set_value(self, au: int | None, value: float) -> None:
        """Set an AU, 0..5, or the strength."""
        raise NotImplementedError

    def follow(self, au: int | None) -> None:
        """Let an AU follow the source again, or the strength be 1."""
        raise NotImplementedError

    def follow_all(self) -> None:
        """Let every AU that is not locked follow the source again, and the strength be 1."""
        raise NotImplementedError

    def show_only(self, aus: frozenset[int] | None) -> None:
        """Show what is set of these AUs alone, or with None of all."""
        raise NotImplementedError

    def apply(self, name: str, expression: AUVector) -> None:
        """Set all AUs that are not locked to a preset's, as one change."""
        raise NotImplementedError

    def as_preset(self) -> AUVector:
        """Return what is set; an AU that follows the source counts as at rest."""
        raise NotImplementedError
