"""The thread that opens, steers and closes the live session, because that takes its time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from desktop.live.choices import LiveChoices
from desktop.pipeline_choice import PipelineChoice
from engine.controls import Controls
from engine.edit_scope import FaceSelection
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.live import LiveEvent, LiveFrame, LiveSession
    from engine.pipeline import PipelineSettings

OpenSession: TypeAlias = "Callable[..., LiveSession]"
Deliver: TypeAlias = Callable[[Callable[[], None]], None]
"""Calls something on the UI thread, soon."""


@dataclass(frozen=True, slots=True)
class Making:
    """What frames are made with; `settings` is for the session's thread.

    Attributes:
        choice: the project's model and looks, on what computes here.
        faces: whose expression is changed.
        smoothing: of what is read.
    """

    choice: PipelineChoice
    faces: FaceSelection
    smoothing: float

    def settings(self) -> "PipelineSettings":
        """Return the engine's settings; the face at rest is found out live, not at some time of the project's."""
        from engine.pipeline import FaceSettings

        return replace(self.choice.settings(), faces=FaceSettings(self.faces, self.smoothing))


class SessionOwner:
    """Does one thing after another on a thread of its own, the only one that calls a session's methods.

    Its own methods belong to the UI thread and return at once, but for `close`.

    Args:
        on_frame: takes a run's number and its frame, on the session's threads; returns at once.
        on_event: takes a run's number and what happened, on the UI thread.
        deliver: brings calls to the UI thread.
        open_session: makes sessions.
    """

    def __init__(
        self,
        on_frame: "Callable[[int, LiveFrame], None]",
        on_event: "Callable[[int, LiveEvent], None]",
        deliver: Deliver,
        open_session: "OpenSession | None" = None,
    ) -> None:
        self._on_frame: Final = on_frame
        self._on_event: Final = on_event
        self._deliver: Final = deliver
        self._open_session: Final = open_session or _open_session
        self._pool: Final = ThreadPoolExecutor(1, thread_name_prefix="desktop: live")
        self._session: LiveSession | None = None

    def open(
        self,
        run: int,
        choices: LiveChoices,
        making: Making,
        controls: Controls,
        failed: Callable[[EngineError], None],
    ) -> None:
        """Begin a session, number `run`, with what is chosen; `failed` is called where that is impossible."""
        self._submit(partial(self._open, run, choices, making, controls), failed)

    def ask(
        self, change: "Callable[[LiveSession], object]", failed: Callable[[EngineError], None] | None = None
    ) -> None:
        """Call `change` with the session, where there is one, and `failed` with the error that it raises."""

        def changed() -> None:
            if self._session is not None:
                change(self._session)

        self._submit(changed, failed)

    def close_session(self, done: Callable[[], None]) -> None:
        """End the session, save its recording, and call `done`."""

        def closed() -> None:
            self._close_session()
            self._deliver(done)

        self._submit(closed, None)

    def close(self) -> None:
        """End the session and the thread, and wait for both."""
        self._pool.submit(self._close_session)
        self._pool.shutdown(wait=True)

    def _open(self, run: int, choices: LiveChoices, making: Making, controls: Controls) -> None:
        assert choices.source is not None
        driver = choices.other_driver
        self._close_session()
        self._session = self._open_session(
            choices.source.as_input(choices.form, loop=choices.loop),
            controls,
            making.settings(),
            driver=None if driver is None else driver.as_input(choices.form, loop=True),
            on_frame=partial(self._on_frame, run),
            on_event=lambda event: self._deliver(partial(self._on_event, run, event)),
        )
        self._session.start()

    def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _submit(self, work: Callable[[], None], failed: Callable[[EngineError], None] | None) -> None:
        def perform() -> None:
            try:
                work()
            except EngineError as error:
                self._deliver(partial(_raise if failed is None else failed, error))
            except Exception as error:  # noqa: BLE001  the top of a thread; raised again on the UI thread
                self._deliver(partial(_raise, error))

        self._pool.submit(perform)


def _open_session(*arguments: Any, **options: Any) -> "LiveSession":
    from engine.live import LiveSession  # on the session's thread: it brings every network library

    return LiveSession(*arguments, **options)


def _raise(error: Exception) -> None:
    raise error
