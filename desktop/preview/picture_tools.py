"""The bar above a picture: compare it with the original, look closer, see what was found in it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.preview.canvas import Comparison, PreviewCanvas
from desktop.preview.hold_key import HoldKey
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label

_ZOOM: Final = ("preview.zoom_out", "preview.fit", "preview.actual_size", "preview.zoom_in")
_STEP: Final = 1.25


class PictureTools(QWidget):
    """Steers a canvas by the preview's actions: how to compare holds for every picture, zooming for the one that shows.

    Attributes:
        note: what is said of the picture.
    """

    def __init__(self, studio: Studio, canvas: PreviewCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._canvas = canvas
        self.note: Final[QLabel] = label("", "dim", self)
        self._zoom = label("", "dim", self)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        actions = studio.actions
        self._wipe, self._beside = actions.action("preview.wipe"), actions.action("preview.side_by_side")
        self._faces = actions.action("preview.faces")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(tool_button(self._wipe, self))
        layout.addWidget(tool_button(self._beside, self))
        layout.addWidget(self._hold_button())
        layout.addWidget(tool_button(self._faces, self))
        layout.addSpacing(2 * GRID)
        layout.addWidget(self.note, 1)
        layout.addWidget(self._zoom)
        for action_id in _ZOOM:
            layout.addWidget(tool_button(actions.action(action_id), self))
        actions.bind("preview.wipe", lambda on: self._compare(self._beside, on))
        actions.bind("preview.side_by_side", lambda on: self._compare(self._wipe, on))
        actions.bind("preview.faces", canvas.show_faces)
        actions.bind("preview.fit", lambda: self._if_shown(canvas.fit))
        actions.bind("preview.actual_size", lambda: self._if_shown(canvas.actual_size))
        actions.bind("preview.zoom_in", lambda: self._if_shown(lambda: canvas.zoom_by(_STEP)))
        actions.bind("preview.zoom_out", lambda: self._if_shown(lambda: canvas.zoom_by(1 / _STEP)))
        HoldKey(canvas)
        canvas.zoom_changed.connect(self._note_zoom)
        canvas.show_faces(self._faces.isChecked())
        self._show_comparison()

    def _hold_button(self) -> QToolButton:
        hold = QToolButton(self)
        hold.setAutoRaise(True)
        hold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hold.setToolTip(self.tr("Hold to see the original  (C)"))
        hold.setAccessibleName(self.tr("Hold to see the original"))
        self._studio.theme.give_icon(hold, "eye")
        hold.pressed.connect(lambda: self._canvas.hold_original(True))
        hold.released.connect(lambda: self._canvas.hold_original(False))
        return hold

    def _compare(self, other: QAction, on: bool) -> None:
        """Show what is chosen; of the two comparisons, one at a time."""
        if on:
            other.setChecked(False)
        self._show_comparison()

    def _show_comparison(self) -> None:
        if self._wipe.isChecked():
            self._canvas.compare(Comparison.WIPE)
        elif self._beside.isChecked():
            self._canvas.compare(Comparison.SIDE_BY_SIDE)
        else:
            self._canvas.compare(Comparison.NONE)

    def _if_shown(self, change: Callable[[], None]) -> None:
        if self._canvas.isVisible():
            change()

    def _note_zoom(self, scale: float) -> None:
        self._zoom.setText(f"{round(scale * self.devicePixelRatioF() * 100)} %")
