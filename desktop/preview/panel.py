"""The middle of the edit page: tools above, the picture below, and what to do while there is none."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.preview.canvas import Comparison, PreviewCanvas
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label
from desktop.window.nothing_open import nothing_open
from engine.errors import EngineError

_ZOOM: Final = ("preview.zoom_out", "preview.fit", "preview.actual_size", "preview.zoom_in")
_COMPARE: Final = ("preview.wipe", "preview.side_by_side")
_STEP: Final = 1.25


class PreviewPanel(QWidget):
    """Shows what the studio's renderer makes of the frame at the playhead."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._canvas = PreviewCanvas(studio.theme, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(nothing_open(studio))
        self._stack.addWidget(self._canvas)
        self._note = label("", "dim", self)
        self._zoom = label("", "dim", self)
        self._tools = self._make_tools()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools)
        layout.addWidget(self._stack, 1)
        self._bind()
        studio.preview.rendered.connect(self._show)
        studio.preview.failed.connect(self._tell)
        studio.preview.loading_changed.connect(self._note_loading)
        studio.document.media_changed.connect(self._note_media)
        self._canvas.zoom_changed.connect(self._note_zoom)
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

    def _make_tools(self) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("surface", "panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        actions = self._studio.actions
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        for action_id in _COMPARE:
            layout.addWidget(tool_button(actions.action(action_id), bar))
        hold = QToolButton(bar)
        hold.setAutoRaise(True)
        hold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hold.setToolTip(self.tr("Hold to see the original  (C over the picture)"))
        hold.setAccessibleName(self.tr("Hold to see the original"))
        self._studio.theme.give_icon(hold, "eye")
        hold.pressed.connect(lambda: self._canvas.hold_original(True))
        hold.released.connect(lambda: self._canvas.hold_original(False))
        layout.addWidget(hold)
        layout.addWidget(tool_button(actions.action("preview.faces"), bar))
        layout.addSpacing(2 * GRID)
        layout.addWidget(self._note, 1)
        layout.addWidget(self._zoom)
        for action_id in _ZOOM:
            layout.addWidget(tool_button(actions.action(action_id), bar))
        return bar

    def _bind(self) -> None:
        actions, canvas = self._studio.actions, self._canvas
        actions.bind("preview.fit", canvas.fit)
        actions.bind("preview.actual_size", canvas.actual_size)
        actions.bind("preview.zoom_in", lambda: canvas.zoom_by(_STEP))
        actions.bind("preview.zoom_out", lambda: canvas.zoom_by(1 / _STEP))
        actions.bind("preview.faces", canvas.show_faces)
        actions.bind("preview.wipe", lambda on: self._compare(Comparison.WIPE, on))
        actions.bind("preview.side_by_side", lambda on: self._compare(Comparison.SIDE_BY_SIDE, on))

    def _compare(self, comparison: Comparison, on: bool) -> None:
        """Switch a comparison on, and the other one off; or show the edit alone."""
        if on:
            for action_id, other in zip(_COMPARE, (Comparison.WIPE, Comparison.SIDE_BY_SIDE), strict=True):
                self._studio.actions.action(action_id).setChecked(other is comparison)
            self._canvas.compare(comparison)
        elif self._canvas.comparison is comparison:
            self._canvas.compare(Comparison.NONE)

    def _show(self, rendering: Rendering) -> None:
        self._stack.setCurrentWidget(self._canvas)
        result = rendering.result
        self._canvas.show_pictures(result.frame.pixels, rendering.original.pixels, result.faces)
        self._note.setText("" if result.face is not None else self.tr("No face in this frame"))

    def _tell(self, error: EngineError) -> None:
        self._studio.fault.emit(error)

    def _note_loading(self, loading: bool) -> None:
        self._note.setText(self.tr("Loading the model…") if loading else "")

    def _note_media(self, media: object) -> None:
        self._tools.setVisible(media is not None)
        if media is None:
            self._canvas.clear()
            self._stack.setCurrentIndex(0)

    def _note_zoom(self, scale: float) -> None:
        self._zoom.setText(f"{round(scale * self.devicePixelRatioF() * 100)} %")
