"""Opening and saving: what stands between the file actions, the dialogs and the document."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.document.recovery import Recovered, discard, find_recovered
from desktop.places import PROJECT_SUFFIX
from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.welcome.demo import FIRST_EXPRESSION, demo_project
from engine.errors import EngineError
from engine.project import Project, load_project, save_project

_PROJECT_SUFFIXES: Final = frozenset({PROJECT_SUFFIX, ".json"})
_Button = QMessageBox.StandardButton


class FileDesk(QObject):
    """Opens projects and media, saves, and asks before anything is lost. Owned by the UI thread.

    Attributes:
        opened: a project or a medium was opened.
    """

    opened = Signal()

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        actions = studio.actions
        actions.bind("file.new", self.new)
        actions.bind("file.open", self.ask_what_to_open)
        actions.bind("help.demo", self.open_demo)
        actions.bind("file.save", self.save)
        actions.bind("file.save_as", self.save_as)
        actions.bind("file.clear_recent", studio.recent.clear)
        actions.bind("file.quit", window.close)
        undo, redo = actions.bind("edit.undo", self._stack.undo), actions.bind("edit.redo", self._stack.redo)
        self._stack.canUndoChanged.connect(undo.setEnabled)
        self._stack.canRedoChanged.connect(redo.setEnabled)
        self._stack.indexChanged.connect(self._show_steps)
        undo.setEnabled(False)
        redo.setEnabled(False)
        studio.open_requested.connect(self.open)

    @property
    def _stack(self) -> QUndoStack:
        return self._studio.document.undo_stack

    def new(self) -> None:
        """Start an empty project."""
        if self.may_leave():
            self._show(self._studio.new_project(), None)

    def ask_what_to_open(self) -> None:
        """Let a file be chosen, and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a project, a photo or a video"),
            self._studio.preferences.get(LAST_FOLDER),
            self.tr("Projects, photos and videos") + " (*)",
        )
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a project in place of this one, or a medium in a project that has none or that may go."""
        path = path.absolute()
        if not path.exists():
            self._studio.recent.remove(path)
        self._studio.preferences.set(LAST_FOLDER, str(path.parent))
        if path.suffix.lower() in _PROJECT_SUFFIXES:
            self._open_project(path)
        else:
            self._open_media(path)

    def open_demo(self) -> None:
        """Open the bundled portrait with its animation, where it shows its first expression."""
        if self.may_leave():
            self._show(demo_project(self._studio.new_project()), None)
            self._studio.view.set_playhead(FIRST_EXPRESSION)

    def save(self) -> bool:
        """Save to the project's file, or ask for one; whether it was saved."""
        path = self._studio.document.path
        return self.save_as() if path is None else self._save_to(path)

    def save_as(self) -> bool:
        """Ask for a file and save to it; whether it was saved."""
        document = self._studio.document
        folder = self._studio.folders.projects or Path(self._studio.preferences.get(LAST_FOLDER) or Path.home())
        media = document.project.media
        name = "untitled" if media is None else media.stem
        proposed = document.path or folder / f"{name}{PROJECT_SUFFIX}"
        dialog = QFileDialog(self._window, self.tr("Save the project"), str(proposed.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("EGGAN Studio projects") + f" (*{PROJECT_SUFFIX} *.json)")
        dialog.setDefaultSuffix(PROJECT_SUFFIX.removeprefix("."))
        dialog.selectFile(proposed.name)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return bool(chosen) and self._save_to(Path(chosen[0]))

    def may_leave(self) -> bool:
        """Ask what to do with unsaved work; whether the project may be left."""
        document = self._studio.document
        if document.is_saved:
            return True
        name = document.path.name if document.path is not None else self.tr("this project")
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Save the changes to {}?").format(name))
        box.setInformativeText(self.tr("They are lost otherwise."))
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)
        answer = box.exec()
        box.deleteLater()
        return self.save() if answer == _Button.Save else answer == _Button.Discard

    def offer_recovery(self) -> None:
        """Offer what a crash left, the latest first; what is declined is removed."""
        for found in find_recovered(self._studio.folders.recovery):
            if self._wants(found):
                self._studio.document.reset(found.project, found.path, is_saved=False)
                self._studio.view.reset()
                self._studio.autosave.store_now()
                self.opened.emit()
            discard(found)

    def dropped(self, data: QMimeData) -> Path | None:
        """Return the file that is being dropped, None for anything else."""
        urls = data.urls()
        return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None

    def _show_steps(self) -> None:
        """Name the steps in the menu: "Undo Move Keyframes"."""
        for action_id, verb, step in (
            ("edit.undo", self.tr("Undo"), self._stack.undoText()),
            ("edit.redo", self.tr("Redo"), self._stack.redoText()),
        ):
            self._studio.actions.action(action_id).setText(f"{verb} {step}".strip())

    def _wants(self, found: Recovered) -> bool:
        name = found.path.name if found.path is not None else self.tr("an unsaved project")
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("The program did not end properly. Restore the changes to {}?").format(name))
        box.setInformativeText(self.tr("They were stored on {}.").format(f"{found.time.astimezone():%x %X}"))
        restore = box.addButton(self.tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(restore)
        box.exec()
        wanted = box.clickedButton() is restore
        box.deleteLater()
        return wanted

    def _open_project(self, path: Path) -> None:
        if not self.may_leave():
            return
        try:
            project = load_project(path, clip_intensities=True)
        except EngineError as error:
            self._studio.fault.emit(error)
            return
        self._show(project, path)
        self._studio.recent.add(path)

    def _open_media(self, path: Path) -> None:
        document = self._studio.document
        self._studio.recent.add(path)
        project = document.project
        if project.media is None and not document.is_saved:
            document.edit(self.tr("Open Media"), replace(project, media=path))  # for the keyframes that are there
            self.opened.emit()
        elif path.absolute() != project.media and self.may_leave():
            self._show(Project(project.model, path, output=project.output), None)
        elif path.absolute() == project.media:
            self.opened.emit()

    def _save_to(self, path: Path) -> bool:
        document = self._studio.document
        project = document.project
        try:
            save_project(project, path)
        except EngineError as error:
            self._studio.fault.emit(error)
            return False
        document.mark_saved(project, path)
        self._studio.recent.add(path)
        self._studio.notice.emit(self.tr("Saved {}").format(path))
        return True

    def _show(self, project: Project, path: Path | None) -> None:
        self._studio.transport.pause()
        self._studio.view.reset()
        self._studio.document.reset(project, path)
        self.opened.emit()
