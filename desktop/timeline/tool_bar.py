"""The timeline's tool bar: transport, sound, range, keyframes, tools, zoom."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.playback.volume_button import VolumeButton
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.timeline.commands import EASING_ACTIONS
from desktop.timeline.timecode_field import TimecodeField
from desktop.widgets.buttons import plain_button, tool_button

_TRANSPORT: Final = (
    "go.start",
    "go.previous_keyframe",
    "go.previous_frame",
    "play.toggle",
    "go.next_frame",
    "go.next_keyframe",
    "go.end",
    "play.loop",
)
_RANGE: Final = ("range.set_in", "range.set_out", "range.clear")
_TOOLS: Final = ("timeline.snap", "timeline.curves", "timeline.measure", "timeline.record")
_ZOOM: Final = ("timeline.zoom_out", "timeline.zoom_in", "timeline.zoom_fit")


class TimelineToolBar(QWidget):
    """Where it is narrow, it leaves out what menus, keys and the wheel do as well: first the zoom, then the range."""

    def __init__(self, studio: Studio, timecode: TimecodeField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        zoom, in_and_out = self._group(*self._buttons(_ZOOM)), self._group(*self._buttons(_RANGE))
        self._gives_way: Final = (zoom, in_and_out)
        groups = (
            self._group(timecode),
            self._group(*self._buttons(_TRANSPORT)),
            self._group(VolumeButton(studio, self)),
            in_and_out,
            self._group(*self._buttons(("key.add",)), self._easing_button()),
            self._group(*self._buttons(_TOOLS)),
        )
        self._groups: Final = (*groups, zoom)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(GRID, GRID, GRID, GRID)
        bar.setSpacing(2 * GRID)
        for group in groups:
            bar.addWidget(group)
        bar.addStretch()
        bar.addWidget(zoom)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Show as many groups as there is room for."""
        super().resizeEvent(event)
        needed = sum(group.sizeHint().width() + 2 * GRID for group in self._groups)
        for group in self._gives_way:
            group.setVisible(needed <= self.width())
            if needed > self.width():
                needed -= group.sizeHint().width() + 2 * GRID

    def _group(self, *widgets: QWidget) -> QWidget:
        group = QWidget(self)
        group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for widget in widgets:
            layout.addWidget(widget)
        return group

    def _buttons(self, ids: tuple[str, ...]) -> list[QToolButton]:
        return [tool_button(self._studio.actions.action(action_id), self) for action_id in ids]

    def _easing_button(self) -> QToolButton:
        button = plain_button(self._studio.theme, "ease-in-out", self.tr("Easing of the selected keyframes"), self)
        menu = QMenu(button)
        menu.addActions([self._studio.actions.action(action_id) for action_id in EASING_ACTIONS])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button
