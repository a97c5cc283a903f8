"""The middle of the edit page: tools above, the picture below, and what to do while there is none."""

from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.faces.desk import FaceDesk
from desktop.preview.canvas import PreviewCanvas
from desktop.preview.picture_tools import PictureTools
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.widgets.empty_state import EmptyState
from desktop.window.nothing_open import nothing_open
from engine.errors import EngineError


class PreviewPanel(QWidget):
    """Shows what the studio's renderer makes of the frame at the playhead."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._canvas = PreviewCanvas(studio.theme, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(nothing_open(studio))
        self._stack.addWidget(self._canvas)
        self._lost = EmptyState(
            studio.theme,
            "warning",
            self.tr("The picture cannot be shown"),
            self.tr("Find the file where it is now, or take another one. All edits are kept."),
            [studio.actions.action("file.find_media")],
        )
        self._stack.addWidget(self._lost)
        self._tools = PictureTools(studio, self._canvas, self)
        self._note = self._tools.note
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools)
        layout.addWidget(self._stack, 1)
        self._faces = FaceDesk(studio, self)
        self._canvas.face_clicked.connect(self._faces.select_face)
        studio.preview.rendered.connect(self._show)
        studio.preview.failed.connect(self._tell)
        studio.preview.loading_changed.connect(self._note_loading)
        studio.document.media_changed.connect(self._note_media)
        studio.media.failed.connect(self._note_lost)
        self._note_media(studio.document.project.media)
        if studio.preview.latest is not None:
            self._show(studio.preview.latest)

    @property
    def canvas(self) -> PreviewCanvas:
        """The picture."""
        return self._canvas

    @property
    def note(self) -> QLabel:
        """What is said of the picture beside the tools."""
        return self._note

    def _show(self, rendering: Rendering) -> None:
        self._stack.setCurrentWidget(self._canvas)
        result = rendering.result
        self._canvas.show_pictures(result.frame.pixels, rendering.original.pixels, result.faces)
        self._note.setText("" if result.face is not None else self.tr("No face in this frame"))

    def _tell(self, error: EngineError) -> None:
        self._studio.fault.emit(error)

    def _note_loading(self, loading: bool) -> None:
        self._note.setText(self.tr("Loading the model…") if loading else "")

    def _note_lost(self, _error: EngineError) -> None:
        self._canvas.clear()
        self._stack.setCurrentWidget(self._lost)

    def _note_media(self, media: object) -> None:
        self._tools.setVisible(media is not None)
        if media is None:
            self._canvas.clear()
            self._stack.setCurrentIndex(0)
        elif self._studio.media.error is not None:
            self._stack.setCurrentWidget(self._lost)
