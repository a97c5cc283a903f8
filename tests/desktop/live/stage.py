"""Live sessions of stand-ins: what they show and whether they open is in the test's hands."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.live.choices import Camera
from desktop.live.live import Live
from desktop.live.state import LiveState
from desktop.studio import Studio
from engine.errors import MediaError, ModelError
from engine.live import LiveInput, LiveSession
from engine.media import VideoSource
from engine.pipeline import Pipeline, PipelineMode, PipelineSettings
from tests.engine.live.fakes import FakeCamera, FakeClock
from tests.engine.pipeline.stand_ins import Stages

CAMERA = Camera(0, "Built-in camera")


class Stage:
    """Opens sessions on a clock that stands still, and sources in the order in which a test gives them."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.camera = FakeCamera()
        self.sources: deque[VideoSource | MediaError] = deque([self.camera])
        self.inputs: list[LiveInput] = []
        self.settings: list[PipelineSettings] = []
        self.sessions: list[LiveSession] = []
        self.broken: ModelError | None = None

    def open_session(self, *arguments: Any, **options: Any) -> LiveSession:
        session = LiveSession(
            *arguments,
            clock=self.clock,
            open_input=self._open_input,
            open_pipeline=self._open_pipeline,
            **options,
        )
        self.sessions.append(session)
        return session

    @property
    def session(self) -> LiveSession:
        return self.sessions[-1]

    def _open_input(self, wanted: LiveInput) -> VideoSource:
        self.inputs.append(wanted)
        source = self.sources.popleft()
        if isinstance(source, MediaError):
            raise source
        return source

    def _open_pipeline(self, settings: PipelineSettings, mode: PipelineMode) -> Pipeline:
        if self.broken is not None:
            raise self.broken
        self.settings.append(settings)
        return Stages().pipeline()


def put_on_stage(live: Live, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Let the sessions of `live` be stand-ins, and its source a camera."""
    stage = Stage()
    monkeypatch.setattr(live._owner, "_open_session", stage.open_session)
    live.choose(source=CAMERA)
    return stage


def go_live(studio: Studio, stage: Stage, qtbot: QtBot, grey: int = 100) -> None:
    """Start, and wait for the first frame."""
    stage.camera.give(grey)
    studio.live.start()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.ON)


def stop(studio: Studio, stage: Stage, qtbot: QtBot) -> None:
    """Stop; the camera's driver lets go."""
    studio.live.stop()
    stage.camera.release()
    qtbot.waitUntil(lambda: studio.live.state is LiveState.OFF)


@contextmanager
def collected(signal: Any) -> Iterator[list[Any]]:
    """Gather what a signal brings."""
    values: list[Any] = []
    slot: Callable[[Any], None] = values.append
    signal.connect(slot)
    yield values
    signal.disconnect(slot)
