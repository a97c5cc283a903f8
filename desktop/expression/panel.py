"""The panel of all sliders."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.document.edit_command import NO_GESTURE
from desktop.document.timeline_edits import clear_track, set_value, track_of
from desktop.expression.row import ValueRow
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label, line
from engine.action_units import AU_NUMBERS, LOWER_FACE, UPPER_FACE
from engine.project import Timeline


class ExpressionPanel(QWidget):
    """A slider for each action unit at the playhead, and the strength of all.

    A slider sets the one value that its track holds, or where the track has several keyframes, a keyframe at the
    playhead; while a performance is recorded, it plays into that.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._gesture = NO_GESTURE
        self._source: Mapping[int, float] = {}
        self._solo: frozenset[int] = frozenset()
        self.rows: Final[dict[int | None, ValueRow]] = {}
        content = QWidget(self)
        content.setProperty("surface", "panel")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(0)
        lines.addLayout(self._head())
        lines.addWidget(self._row(None, "strength"))
        for title, numbers, color in (
            (self.tr("Upper face"), UPPER_FACE, "upper_face"),
            (self.tr("Lower face"), LOWER_FACE, "lower_face"),
        ):
            lines.addSpacing(GRID)
            lines.addWidget(line(content))
            lines.addSpacing(GRID)
            lines.addWidget(label(title, "section", content))
            for number in numbers:
                lines.addWidget(self._row(number, color))
        lines.addStretch()
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.setMinimumWidth(320)
        studio.document.timeline_changed.connect(self._show)
        studio.document.media_changed.connect(self._forget_source)
        studio.view.playhead_changed.connect(self._show)
        studio.preview.rendered.connect(self._note_rendering)
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width at which names and sliders have room."""
        return QSize(340, 560)

    def reset_all(self) -> None:
        """Let every unlocked AU follow the source again, and the strength be 1."""
        locked = self._studio.locks.locked

        def cleared(timeline: Timeline) -> Timeline:
            for au in self.rows:
                if au not in locked:
                    timeline = clear_track(timeline, au)
            return timeline

        self._studio.document.change_timeline(self.tr("Reset Expression"), cleared)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, GRID)
        head.addWidget(label(self.tr("At the playhead"), "dim", self), 1)
        button = QToolButton(self)
        button.setText(self.tr("Reset all"))
        button.setToolTip(self.tr("Let every action unit follow the source again"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._studio.theme.give_icon(button, "reset")
        button.clicked.connect(self.reset_all)
        head.addWidget(button)
        return head

    def _row(self, au: int | None, color: str) -> ValueRow:
        row = ValueRow(self._studio.theme, au, color, self)
        row.grabbed.connect(self._begin)
        row.changed.connect(self._set)
        row.reset.connect(self._reset)
        row.solo_changed.connect(self._change_solo)
        row.lock_changed.connect(self._lock)
        self.rows[au] = row
        return row

    def _begin(self, au: int | None) -> None:
        self._gesture = self._studio.document.new_gesture()
        self._studio.view.activate(frozenset({au}))

    def _set(self, au: int | None, value: float) -> None:
        if self._studio.recorder.is_recording:
            self._studio.recorder.perform(au, value)
            return
        text = self.tr("Set Strength") if au is None else self.tr("Set AU{}").format(au)
        time = self._studio.view.playhead
        self._studio.document.change_timeline(
            text, lambda timeline: set_value(timeline, au, value, time), self._gesture
        )

    def _reset(self, au: int | None) -> None:
        text = self.tr("Reset Strength") if au is None else self.tr("Reset AU{}").format(au)
        self._studio.document.change_timeline(text, lambda timeline: clear_track(timeline, au))

    def _change_solo(self, au: int, on: bool) -> None:
        self._solo = self._solo | {au} if on else self._solo - {au}
        self._studio.preview.show_only(self._solo or None)

    def _lock(self, au: int, on: bool) -> None:
        self._studio.locks.lock(au, on)
        self._show()

    def _note_rendering(self, rendering: Rendering) -> None:
        source = rendering.result.source
        self._source = {} if source is None else {number: source[number] for number in AU_NUMBERS}
        self._show()

    def _forget_source(self, _media: object) -> None:
        self._source = {}
        self._show()

    def _show(self, _changed: "Timeline | Fraction | None" = None) -> None:
        timeline, playhead = self._studio.document.timeline, self._studio.view.playhead
        for au, row in self.rows.items():
            source = None if au is None else self._source.get(au)
            row.show_value(track_of(timeline, au).evaluate(playhead), source, 1.0 if au is None else 0.0)
