"""The live session as the window sees it: chosen, started, steered, stopped."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.document.project_document import ProjectDocument
from desktop.folders import Folders
from desktop.live.choices import LiveChoices
from desktop.live.controls import controls_of
from desktop.live.expression import LiveExpression
from desktop.live.outputs import LiveOutputs
from desktop.live.owner import Making, OpenSession, SessionOwner
from desktop.live.relay import FrameRelay
from desktop.live.state import LiveState
from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import LIVE_CHOICES, Preferences
from engine.edit_scope import LARGEST
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.live import LiveEvent, LiveFrame, LiveSession, LiveStatistics

_STATISTICS_MS: Final = 500
_MARKS_MS: Final = 120
"""How often the sliders' marks follow the face: 17 rows are not painted anew for every frame."""
_NO_RUN: Final = 0


class Live(QObject):
    """Owned by the UI thread; it waits for nothing but, in `close`, the end of its threads.

    Args:
        document: names the model.
        preferences: where choices are kept, and what computes.
        folders: where models lie.
        open_session: makes sessions; the engine's own unless said otherwise.

    Attributes:
        expression: what sliders and presets ask of the face.
        outputs: recording and virtual camera.
        state_changed: the new LiveState.
        choices_changed: the new LiveChoices.
        frame_arrived: the latest LiveFrame.
        statistics_changed: LiveStatistics, twice a second.
        happened: a LiveEvent.
        failed: an EngineError to tell.
    """

    state_changed = Signal(object)
    choices_changed = Signal(object)
    frame_arrived = Signal(object)
    statistics_changed = Signal(object)
    happened = Signal(object)
    failed = Signal(object)
    _delivered = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        preferences: Preferences,
        folders: Folders,
        parent: QObject | None = None,
        open_session: "OpenSession | None" = None,
    ) -> None:
        super().__init__(parent)
        self._document: Final = document
        self._preferences: Final = preferences
        self._folders: Final = folders
        self._choices = LiveChoices.restored(preferences.get(LIVE_CHOICES))
        self._state = LiveState.OFF
        self._run = _NO_RUN
        self._comes_back = False
        self._is_asked = False
        self._latest: LiveFrame | None = None
        self._relay: Final = FrameRelay(self)
        self._relay.arrived.connect(self._show)
        self._owner: Final = SessionOwner(self._relay.put, self._note_event, self._delivered.emit, open_session)
        self._delivered.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self.expression: Final = LiveExpression(self)
        self.expression.asked.connect(self._send_controls)
        self.outputs: Final = LiveOutputs(self._owner, preferences, self)
        self.outputs.failed.connect(self.failed)
        self.outputs.changed.connect(self._feed_outputs)
        self._statistics_timer: Final = QTimer(self, interval=_STATISTICS_MS)
        self._statistics_timer.timeout.connect(self._ask_for_statistics)
        self._marks_timer: Final = QTimer(self, interval=_MARKS_MS)
        self._marks_timer.timeout.connect(self._note_source)
        self._making = self._made_now()
        document.project_changed.connect(self._send_making)
        preferences.changed.connect(self._send_making)

    @property
    def choices(self) -> LiveChoices:
        """What is chosen."""
        return self._choices

    @property
    def state(self) -> LiveState:
        """How far the session is."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether there is a session that goes on."""
        return self._state in {LiveState.OPENING, LiveState.ON, LiveState.PAUSED}

    @property
    def latest(self) -> "LiveFrame | None":
        """The frame that shows."""
        return self._latest

    def choose(self, **changes: Any) -> None:
        """Replace fields of the choices; a session that runs heeds them at once."""
        if "source" in changes and changes["source"] != self._choices.source:
            changes.setdefault("faces", LARGEST)  # those of another picture
        before, self._choices = self._choices, replace(self._choices, **changes)
        now = self._choices
        if now == before:
            return
        self._preferences.set(LIVE_CHOICES, now.stored())
        if (before.source, before.form, before.loop) != (now.source, now.form, now.loop):
            self._send_source()
        if (before.other_driver, before.form) != (now.other_driver, now.form):
            self._send_driver()
        if controls_of({}, 1.0, before) != controls_of({}, 1.0, now) or before.adds != now.adds:
            self._send_controls(eased=True)
        self._send_making()
        self.choices_changed.emit(now)

    def start(self) -> None:
        """Open what is chosen and begin; where nothing is chosen or it has begun, do nothing."""
        if self._choices.source is None or self.is_running:
            return
        self._run += 1
        self._relay.begin(self._run)
        self._making = self._made_now()
        self._is_asked = False
        self._owner.open(self._run, self._choices, self._making, self._controls(), self._note_refusal)
        self._statistics_timer.start()
        self._marks_timer.start()
        self._set_state(LiveState.OPENING)

    def stop(self) -> None:
        """End the session; a recording is saved."""
        self._comes_back = False
        if not self.is_running:
            return
        self._end()
        run = self._run
        self._owner.close_session(lambda: self._note_closed(run))
        self.outputs.note_end()
        self.expression.note_source(None)
        self._set_state(LiveState.CLOSING)

    def pause(self) -> None:
        """Keep the frame that shows; sliders still change it."""
        if self._state is LiveState.ON:
            self._owner.ask(lambda session: session.pause())
            self._set_state(LiveState.PAUSED)

    def resume(self) -> None:
        """Go on."""
        if self._state is LiveState.PAUSED:
            self._owner.ask(lambda session: session.resume())
            self._set_state(LiveState.ON)

    def play_again(self) -> None:
        """Show a file from its start."""
        self._owner.ask(lambda session: session.seek(Fraction(0)))

    def leave(self) -> None:
        """The page is left: give camera and processor back, unless somebody else sees the result."""
        if self.is_running and not self.outputs.are_on:
            self.stop()
            self._comes_back = True

    def come_back(self) -> None:
        """The page is shown again: go on where `leave` stopped."""
        if self._comes_back:
            self._comes_back = False
            self.start()

    def call_neutral(self) -> None:
        """Take the face as it was in the last half second for the person at rest; where another face drives, that."""
        if self._choices.other_driver is None:
            self._owner.ask(lambda session: session.call_neutral())
        else:
            self._owner.ask(lambda session: session.call_driver_neutral())

    def forget_neutral(self) -> None:
        """Learn anew how people look at rest."""
        self._owner.ask(lambda session: session.forget_neutral())

    def close(self) -> None:
        """End the session and all threads; a recording is saved."""
        self._end()
        self._delivered.disconnect(self._call)
        self._owner.close()

    @Slot(object)
    def _call(self, callback: Callable[[], None]) -> None:
        callback()

    def _show(self, frame: "LiveFrame") -> None:
        self._latest = frame
        if self._state is LiveState.OPENING:
            self._set_state(LiveState.ON)
        self.frame_arrived.emit(frame)

    def _note_event(self, run: int, event: "LiveEvent") -> None:
        from engine.live import EventKind  # a session has run, so it is loaded

        is_current = run == self._run and self.is_running
        if is_current:
            self.outputs.note_event(event)
        if is_current or event.kind in {EventKind.RECORDING_SAVED, EventKind.RECORDING_FAILED}:
            self.happened.emit(event)
        if is_current and event.kind is EventKind.FAILED:
            self.stop()

    def _note_refusal(self, error: EngineError) -> None:
        self.stop()
        self.failed.emit(error)

    def _note_closed(self, run: int) -> None:
        if run == self._run and self._state is LiveState.CLOSING:
            self._latest = None
            self._set_state(LiveState.OFF)

    def _note_source(self) -> None:
        self.expression.note_source(None if self._latest is None else self._latest.result.source)

    def _ask_for_statistics(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._owner.ask(partial(self._tell_statistics, self._run))

    def _tell_statistics(self, run: int, session: "LiveSession") -> None:
        """On the session owner's thread."""
        self._delivered.emit(partial(self._take_statistics, run, session.statistics()))

    def _take_statistics(self, run: int, statistics: "LiveStatistics") -> None:
        if run == self._run and self.is_running:
            self._is_asked = False
            self.statistics_changed.emit(statistics)

    def _end(self) -> None:
        self._relay.begin(_NO_RUN)
        self._statistics_timer.stop()
        self._marks_timer.stop()

    def _set_state(self, state: LiveState) -> None:
        self._state = state
        self.state_changed.emit(state)

    def _controls(self) -> Any:
        return controls_of(self.expression.intensities, self.expression.strength, self._choices)

    def _made_now(self) -> Making:
        choice = PipelineChoice.of(self._document.project, self._preferences, self._folders)
        return Making(choice, self._choices.faces, self._choices.smoothing)

    def _send_controls(self, eased: bool) -> None:
        if self.is_running:
            controls, ease_s = self._controls(), self._choices.ease_s if eased else 0.0
            self._owner.ask(lambda session: session.set_controls(controls, ease_s))

    def _send_source(self) -> None:
        source, now = self._choices.source, self._choices
        if self.is_running and source is not None:
            self._owner.ask(lambda session: session.set_source(source.as_input(now.form, loop=now.loop)))
            if self._state is LiveState.PAUSED:
                self._set_state(LiveState.ON)

    def _send_driver(self) -> None:
        driver, form = self._choices.other_driver, self._choices.form
        if self.is_running:
            self._owner.ask(
                lambda session: session.set_driver(None if driver is None else driver.as_input(form, loop=True))
            )

    def _feed_outputs(self) -> None:
        """Let a picture that stands still be made again, so that an output that was just switched on gets it."""
        making = self._making
        if self.is_running and self.outputs.are_on:
            self._owner.ask(lambda session: session.set_settings(making.settings()))

    def _send_making(self, _changed: object = None) -> None:
        making = self._made_now()
        if self.is_running and making != self._making:
            self._making = making
            self._owner.ask(lambda session: session.set_settings(making.settings()), self.failed.emit)
