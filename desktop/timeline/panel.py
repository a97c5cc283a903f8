"""The timeline's panel: transport and tools above, heads and canvas below."""

from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollBar, QVBoxLayout, QWidget

from desktop.studio import Studio
from desktop.timeline.arrangement import Arrangement
from desktop.timeline.canvas import TimelineCanvas
from desktop.timeline.commands import EASING_ACTIONS, KeyframeCommands
from desktop.timeline.curve_files import CurveFiles
from desktop.timeline.heads import TrackHeads
from desktop.timeline.scene import PlacedKey
from desktop.timeline.timecode_field import TimecodeField
from desktop.timeline.tool_bar import TimelineToolBar
from desktop.timeline.value_editor import ValueEditor

_PER_SECOND: Final = 1000
"""Steps of the horizontal scroll bar a second."""


class TimelinePanel(QWidget):
    """Puts the parts together and binds the actions of view and playback."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.arrangement = Arrangement(studio.view, studio.media, self)
        self.commands = KeyframeCommands(studio, self)
        self.curve_files = CurveFiles(studio, self)
        self.heads = TrackHeads(studio, self.arrangement, self)
        self.canvas = TimelineCanvas(studio, self.arrangement, self)
        self.timecode = TimecodeField(studio, self)
        self._value_editor = ValueEditor(self.canvas)
        self._rows_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._time_bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bind()
        body = QGridLayout()
        body.setSpacing(0)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.heads, 0, 0)
        body.addWidget(self.canvas, 0, 1)
        body.addWidget(self._rows_bar, 0, 2)
        body.addWidget(self._time_bar, 1, 1)
        body.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(TimelineToolBar(studio, self.timecode, self))
        layout.addLayout(body, 1)
        self.arrangement.changed.connect(self._show_bars)
        self._rows_bar.valueChanged.connect(self.arrangement.scroll_rows_to)
        self._time_bar.valueChanged.connect(self._scroll_time)
        self.heads.key_toggled.connect(self.commands.toggle_key)
        self.canvas.key_opened.connect(self._open_value)
        self.canvas.moment_opened.connect(lambda au, time: self.commands.add_keys_to([au], time))
        self.canvas.menu_wanted.connect(self._open_menu)
        studio.view.playhead_changed.connect(self._follow)
        studio.document.project_changed.connect(lambda _project: self._show_bars())

    def _bind(self) -> None:
        studio, actions, transport = self._studio, self._studio.actions, self._studio.transport
        actions.bind("play.toggle", transport.toggle)
        actions.bind("play.backward", lambda: transport.shuttle(-1))
        actions.bind("play.stop", transport.pause)
        actions.bind("play.forward", lambda: transport.shuttle(1))
        actions.bind("play.loop", transport.set_loops)
        actions.bind("go.previous_frame", lambda: transport.step(-1))
        actions.bind("go.next_frame", lambda: transport.step(1))
        actions.bind("go.back_second", lambda: transport.step_seconds(-1))
        actions.bind("go.ahead_second", lambda: transport.step_seconds(1))
        actions.bind("go.start", transport.go_to_start)
        actions.bind("go.end", transport.go_to_end)
        actions.bind("timeline.zoom_in", lambda: self.arrangement.zoom(1.5))
        actions.bind("timeline.zoom_out", lambda: self.arrangement.zoom(1 / 1.5))
        actions.bind("timeline.zoom_fit", self.arrangement.fit)
        actions.bind("timeline.curves", self.arrangement.show_curves)
        snap = actions.bind("timeline.snap", self.arrangement.set_snaps)
        snap.setChecked(self.arrangement.snaps)
        record = actions.bind("timeline.record", self._record)
        studio.recorder.recording_changed.connect(record.setChecked)
        measure = actions.bind("timeline.measure", self._measure)
        studio.measured.measuring_changed.connect(measure.setChecked)
        studio.document.media_changed.connect(self._allow_measuring)
        self._allow_measuring(studio.document.project.media)
        transport.speed_changed.connect(self._show_speed)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        actions = self._studio.actions
        easings = menu.addMenu(self.tr("Easing"))
        easings.addActions([actions.action(action_id) for action_id in EASING_ACTIONS])
        menu.addSeparator()
        for action_id in ("key.add", "edit.cut", "edit.copy", "edit.copy_expression", "edit.paste", "edit.delete"):
            menu.addAction(actions.action(action_id))
        menu.addSeparator()
        menu.addAction(actions.action("edit.select_all"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _open_value(self, placed: PlacedKey) -> None:
        """Let the value be typed: of the keyframe, or of the whole selection that it is part of."""
        gesture, selection = self._studio.document.new_gesture(), self._studio.view.selection
        keys = selection if selection.intersection(placed.keys) else frozenset(placed.keys)
        self._value_editor.open_at(
            placed.at.toPoint(),
            placed.au,
            placed.keyframe.value,
            lambda value: self.commands.set_key_value(keys, value, gesture),
        )

    def _record(self, records: bool) -> None:
        if records:
            self._studio.recorder.start()
        else:
            self._studio.recorder.stop()

    def _measure(self, measures: bool) -> None:
        if measures:
            self._studio.measured.measure()
        else:
            self._studio.measured.cancel()

    def _allow_measuring(self, media: Path | None) -> None:
        self._studio.actions.action("timeline.measure").setEnabled(media is not None)

    def _show_speed(self, speed: int) -> None:
        toggle = self._studio.actions.action("play.toggle")
        self._studio.theme.give_icon(toggle, "pause" if speed else "play")

    def _follow(self, time: Fraction) -> None:
        if self._studio.transport.is_playing:
            self.arrangement.follow(time)

    def _show_bars(self) -> None:
        """Set both scroll bars from the arrangement, without an echo."""
        arrangement = self.arrangement
        shown = arrangement.width / arrangement.axis.scale
        first, last = arrangement.origins
        for bar, low, high, page, value in (
            (self._rows_bar, 0, arrangement.greatest_scroll_y, arrangement.height, arrangement.scroll_y),
            (
                self._time_bar,
                round(first * _PER_SECOND),
                round(last * _PER_SECOND),
                round(shown * _PER_SECOND),
                round(arrangement.axis.origin * _PER_SECOND),
            ),
        ):
            bar.blockSignals(True)
            bar.setRange(low, high)
            bar.setPageStep(max(1, page))
            bar.setSingleStep(max(1, page // 10))
            bar.setValue(value)
            bar.blockSignals(False)
        self._rows_bar.setVisible(arrangement.greatest_scroll_y > 0 and not arrangement.shows_curves)

    def _scroll_time(self, value: int) -> None:
        self.arrangement.scroll_to_second(value / _PER_SECOND)
