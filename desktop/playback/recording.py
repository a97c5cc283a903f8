"""Recording a performance: what a hand does with the sliders while the clip plays becomes keyframes."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.edit_command import NO_GESTURE
from desktop.document.project_document import ProjectDocument
from desktop.document.timeline_edits import put_key, track_of
from desktop.document.view_state import ViewState
from desktop.playback.transport import Transport
from engine.project import Keyframe, Timeline, Track

_TOLERANCE: Final = 0.1
"""How far the keyframes that are kept may be from what the hand did, in units of intensity."""


class PerformanceRecorder(QObject):
    """While it records, `perform` writes a slider's value at every frame that plays, until playback stops.

    Then few keyframes take the place of the many; all of it is one step of the history. Owned by the UI thread.

    Attributes:
        recording_changed: whether it records.
    """

    recording_changed = Signal(bool)

    def __init__(
        self, document: ProjectDocument, view: ViewState, transport: Transport, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._view = view
        self._transport = transport
        self._gesture = NO_GESTURE
        self._held: dict[int | None, float] = {}
        self._played: dict[int | None, list[Fraction]] = {}
        self._is_recording = False
        view.playhead_changed.connect(self._note_playhead)
        transport.speed_changed.connect(self._note_speed)

    @property
    def is_recording(self) -> bool:
        """Whether sliders are to call `perform`."""
        return self._is_recording

    def start(self) -> None:
        """Record from the playhead on, and play."""
        if self._is_recording:
            return
        self._is_recording = True
        self._gesture = self._document.new_gesture()
        self._held.clear()
        self._played.clear()
        self.recording_changed.emit(True)
        self._transport.play(1)

    def stop(self) -> None:
        """End the recording and keep few keyframes of it."""
        if not self._is_recording:
            return
        self._is_recording = False
        timeline = self._document.timeline
        for au, times in self._played.items():
            timeline = _simplified(timeline, au, times)
        self._document.edit_timeline(self.tr("Record Performance"), timeline, self._gesture)
        self.recording_changed.emit(False)
        self._transport.pause()

    def perform(self, au: int | None, value: float) -> None:
        """Take what a slider has been moved to; it holds until it moves again."""
        self._held[au] = value
        self._write(self._view.playhead)

    def _note_playhead(self, time: Fraction) -> None:
        if self._is_recording:
            self._write(time)

    def _note_speed(self, speed: int) -> None:
        if speed <= 0:
            self.stop()

    def _write(self, time: Fraction) -> None:
        timeline = self._document.timeline
        for au, value in self._held.items():
            timeline = put_key(timeline, au, Keyframe(time, value))
            times = self._played.setdefault(au, [])
            if not times or time > times[-1]:
                times.append(time)
        self._document.edit_timeline(self.tr("Record Performance"), timeline, self._gesture)


def _simplified(timeline: Timeline, au: int | None, times: list[Fraction]) -> Timeline:
    """Replace the keyframes between the first and last of `times` by few that keep within the tolerance."""
    import numpy as np

    from engine.curves import simplified_track  # here, so that the window opens without it

    track = track_of(timeline, au)
    values = np.array([keyframe.value for time in times if (keyframe := track.at(time)) is not None])
    few = simplified_track(au, tuple(times), values, _TOLERANCE).keyframes
    outside = [keyframe for keyframe in track.keyframes if not times[0] <= keyframe.time <= times[-1]]
    return timeline.with_track(Track(au, (*outside, *few)))
