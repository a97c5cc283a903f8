"""The one undoable step: from one immutable project to the next."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QUndoCommand

from engine.project import Project

NO_GESTURE: Final = -1
"""Qt's id for commands that never merge."""


class EditCommand(QUndoCommand):
    """Shows `after` when done and `before` when undone; steps of the same gesture become one.

    Args:
        text: what the user did, for the Edit menu.
        before, after: the projects.
        show: shows a project.
        gesture: a number that all steps of one drag share, or NO_GESTURE.
    """

    def __init__(
        self, text: str, before: Project, after: Project, show: Callable[[Project], None], gesture: int
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._show = show
        self._gesture = gesture

    def id(self) -> int:
        """Return the gesture."""
        return self._gesture

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  Qt's name
        """Take in the next step of the same gesture; a gesture that came back to its start leaves no step."""
        if not isinstance(other, EditCommand):
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        """Show the project after the edit."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the project before the edit."""
        self._show(self._before)
