"""Another file in the place of the project's medium, with all edits kept."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.document.face_edits import set_neutral
from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio


class MediaDesk(QObject):
    """Replaces the medium, or finds it again where it has moved. Owned by the UI thread."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        self._replace = studio.actions.bind("file.replace_media", self.ask)
        self._find = studio.actions.bind("file.find_media", self.ask)
        studio.document.media_changed.connect(self._enable)
        studio.media.info_changed.connect(self._enable)
        studio.media.failed.connect(self._enable)
        self._enable()

    def ask(self) -> None:
        """Let a file be chosen; where the medium is missing, beginning in the folder where it was."""
        media = self._studio.document.project.media
        if media is None:
            return
        folder = media.parent if media.parent.is_dir() else Path(self._studio.preferences.get(LAST_FOLDER))
        title = (
            self.tr("Find {}").format(media.name) if self._is_missing() else self.tr("Replace {}").format(media.name)
        )
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, title.format(media.name), str(folder), self.tr("Photos and videos") + " (*)"
        )
        if chosen:
            self.replace_with(Path(chosen))

    def replace_with(self, path: Path) -> None:
        """Take another file, and keep all edits; the face at rest only where a medium has moved to another place."""
        document = self._studio.document
        project = document.project if self._is_missing() else set_neutral(document.project, None)
        text = self.tr("Find Medium") if self._is_missing() else self.tr("Replace Medium")
        document.edit(text, replace(project, media=path))
        self._studio.recent.add(path)

    def _enable(self, _changed: object = None) -> None:
        self._replace.setEnabled(self._studio.document.project.media is not None)
        self._find.setEnabled(self._is_missing())

    def _is_missing(self) -> bool:
        return self._studio.media.error is not None
