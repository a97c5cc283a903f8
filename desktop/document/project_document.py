"""The document that every panel observes: one immutable `Project` at a time, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.document.edit_command import NO_GESTURE, EditCommand
from engine.project import Project, Timeline


class ProjectDocument(QObject):
    """Holds the project under edit. Owned by the UI thread; the project itself may be handed to any thread.

    Attributes:
        project_changed: the new project, after every edit, undo, redo, and opening of another project.
        timeline_changed: the new timeline, where it differs.
        media_changed: the new media path or None, where it differs.
        path_changed: the file, or None, that the project is saved in.
        saved_changed: whether the file holds what is shown.
        undo_stack: for undo and redo actions; edits go through `edit`.
    """

    project_changed = Signal(object)
    timeline_changed = Signal(object)
    media_changed = Signal(object)
    path_changed = Signal(object)
    saved_changed = Signal(bool)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._path: Path | None = None
        self._gestures = count()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.saved_changed)

    @property
    def project(self) -> Project:
        """What is shown now."""
        return self._project

    @property
    def timeline(self) -> Timeline:
        """The expression over time."""
        return self._project.timeline

    @property
    def path(self) -> Path | None:
        """The file of the project, None before it was saved for the first time."""
        return self._path

    @property
    def is_saved(self) -> bool:
        """Whether the file holds what is shown; a new project without edits counts as saved."""
        return self.undo_stack.isClean()

    def new_gesture(self) -> int:
        """Return the number for all edits of one drag, so that they are one step of the history."""
        return next(self._gestures)

    def edit(self, text: str, project: Project, gesture: int = NO_GESTURE) -> None:
        """Show `project` from now on, as one undoable step; an equal project changes nothing.

        Args:
            text: what the user did, for the Edit menu: "Move keyframes".
            project: the project after the edit, made from `self.project` or from the one a drag began with.
            gesture: from `new_gesture`; steps of one gesture that follow each other merge.
        """
        if project != self._project:
            self.undo_stack.push(EditCommand(text, self._project, project, self._show, gesture))

    def edit_timeline(self, text: str, timeline: Timeline, gesture: int = NO_GESTURE) -> None:
        """Show another timeline; otherwise as `edit`."""
        self.edit(text, replace(self._project, timeline=timeline), gesture)

    def change_timeline(self, text: str, change: Callable[[Timeline], Timeline], gesture: int = NO_GESTURE) -> None:
        """Show `change` of the timeline; otherwise as `edit`."""
        self.edit_timeline(text, change(self.timeline), gesture)

    def reset(self, project: Project, path: Path | None, *, is_saved: bool = True) -> None:
        """Show another project, with no history; `is_saved` False where no file holds it, as after a crash."""
        self._path = path
        self.undo_stack.clear()
        if not is_saved:
            self.undo_stack.resetClean()
        self.path_changed.emit(path)
        self._show(project)

    def mark_saved(self, project: Project, path: Path) -> None:
        """Note that `path` now holds `project`, which may no longer be what is shown."""
        if path != self._path:
            self._path = path
            self.path_changed.emit(path)
        if project == self._project:
            self.undo_stack.setClean()

    def _show(self, project: Project) -> None:
        before, self._project = self._project, project
        if project.media != before.media:
            self.media_changed.emit(project.media)
        if project.timeline != before.timeline:
            self.timeline_changed.emit(project.timeline)
        self.project_changed.emit(project)
