"""The project's expression at the playhead, as sliders and presets show and set it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.document.edit_command import NO_GESTURE
from desktop.document.project_document import ProjectDocument
from desktop.document.timeline_edits import clear_track, set_value, track_of
from desktop.document.view_state import ViewState
from desktop.expression.locks import Locks
from desktop.expression.steered import SteeredExpression
from desktop.playback.recording import PerformanceRecorder
from desktop.preview.at_playhead import PlayheadPreview
from engine.action_units import AU_NUMBERS, AUVector
from engine.project import Timeline

if TYPE_CHECKING:
    from desktop.preview.requests import Rendering


class PlayheadExpression(SteeredExpression):
    """Sets the one value that a track holds, or where it has several keyframes, a keyframe at the playhead.

    While a performance is recorded, a slider plays into that.
    """

    def __init__(
        self,
        document: ProjectDocument,
        view: ViewState,
        preview: PlayheadPreview,
        recorder: PerformanceRecorder,
        locks: Locks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__("", locks, parent)
        self.title = self.tr("At the playhead")
        self._document = document
        self._view = view
        self._preview = preview
        self._recorder = recorder
        self._gesture = NO_GESTURE
        self._source: Mapping[int, float] = {}
        document.timeline_changed.connect(self.changed)
        document.media_changed.connect(self._forget_source)
        view.playhead_changed.connect(self.changed)
        preview.rendered.connect(self._note_rendering)

    def value(self, au: int | None) -> float | None:
        """Return what the track says at the playhead."""
        return track_of(self._document.timeline, au).evaluate(self._view.playhead)

    def source(self, au: int) -> float | None:
        """Return what was measured in the frame at the playhead."""
        return self._source.get(au)

    def grab(self, au: int | None) -> None:
        """Begin a step of the history."""
        self._gesture = self._document.new_gesture()
        self._view.activate(frozenset({au}))

    def set_value(self, au: int | None, value: float) -> None:
        """Edit the track, or play into the performance that is recorded."""
        if self._recorder.is_recording:
            self._recorder.perform(au, value)
            return
        text = self.tr("Set Strength") if au is None else self.tr("Set AU{}").format(au)
        time = self._view.playhead
        self._document.change_timeline(text, lambda timeline: set_value(timeline, au, value, time), self._gesture)

    def follow(self, au: int | None) -> None:
        """Remove the track's keyframes."""
        text = self.tr("Reset Strength") if au is None else self.tr("Reset AU{}").format(au)
        self._document.change_timeline(text, lambda timeline: clear_track(timeline, au))

    def follow_all(self) -> None:
        """Remove the keyframes of all tracks that are not locked."""

        def cleared(timeline: Timeline) -> Timeline:
            for au in (None, *AU_NUMBERS):
                if au not in self.locks.locked:
                    timeline = clear_track(timeline, au)
            return timeline

        self._document.change_timeline(self.tr("Reset Expression"), cleared)

    def show_only(self, aus: frozenset[int] | None) -> None:
        """Let the preview leave out the other tracks."""
        self._preview.show_only(aus)

    def apply(self, name: str, expression: AUVector) -> None:
        """Set all tracks that are not locked, at the playhead."""
        time = self._view.playhead

        def applied(timeline: Timeline) -> Timeline:
            for number in AU_NUMBERS:
                if number not in self.locks.locked:
                    timeline = set_value(timeline, number, expression[number], time)
            return timeline

        self._document.change_timeline(self.tr("Preset {}").format(name.capitalize()), applied)

    def as_preset(self) -> AUVector:
        """Return what the tracks show at the playhead."""
        return self._document.timeline.target(self._view.playhead, AUVector.neutral())

    def _note_rendering(self, rendering: "Rendering") -> None:
        source = rendering.result.source
        self._source = {} if source is None else {number: source[number] for number in AU_NUMBERS}
        self.changed.emit()

    def _forget_source(self, _media: object) -> None:
        self._source = {}
        self.changed.emit()
