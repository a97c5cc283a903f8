"""Pictures of the presets on the live face."""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.live.choices import LiveChoices
from desktop.live.state import LiveState
from desktop.pipeline_choice import PipelineChoice
from desktop.presets.pictures import PresetPictures
from desktop.studio import Studio
from engine.action_units import AU_NUMBERS, AUVector
from engine.controls import Controls

if TYPE_CHECKING:
    from desktop.background import Job
    from engine.live import LiveFrame
    from engine.pipeline import ProcessedFrame
    from engine.types import Frame

_SETTLED_FRAMES = 30
"""A face is pictured once it has been seen in so many frames: the first ones of a camera are dark."""


class LivePictures(PresetPictures):
    """Takes one frame of each source, and shows the presets on it with a pipeline that lives for that long alone."""

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._source = studio.live.choices.source
        self._seen = 0
        self._face: Frame | None = None
        self._job: Job[dict[str, ProcessedFrame]] | None = None
        self._ended = threading.Event()
        studio.live.frame_arrived.connect(self._look)
        studio.live.choices_changed.connect(self._note_choices)
        studio.live.state_changed.connect(self._note_state)

    def ask(self, expressions: Mapping[str, AUVector]) -> None:
        """Make them in the background, all at once."""
        if self._face is None:
            return
        self._cancel()
        self._ended = threading.Event()
        studio, face, ended = self._studio, self._face, self._ended
        choice = PipelineChoice.of(studio.document.project, studio.preferences, studio.folders)
        wanted = dict(expressions)
        self._job = studio.background.run(lambda: _pictures(face, choice, wanted, ended), self._take)

    def _take(self, pictures: "dict[str, ProcessedFrame]") -> None:
        self._job = None
        for name, picture in pictures.items():
            self.made.emit(name, picture)

    def _look(self, frame: "LiveFrame") -> None:
        if self._face is not None or frame.result.edited is None:
            return
        self._seen += 1
        if self._seen >= _SETTLED_FRAMES or frame.captured.info.is_still:
            self._face = frame.captured.frame
            self.outdated.emit()

    def _note_choices(self, choices: LiveChoices) -> None:
        if choices.source != self._source:
            self._source = choices.source
            self._forget()

    def _note_state(self, state: LiveState) -> None:
        if state is LiveState.CLOSING:
            self._cancel()

    def _forget(self) -> None:
        self._cancel()
        self._seen, self._face = 0, None
        self.gone.emit()

    def _cancel(self) -> None:
        self._ended.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _pictures(
    face: "Frame", choice: PipelineChoice, expressions: Mapping[str, AUVector], ended: threading.Event
) -> "dict[str, ProcessedFrame]":
    """Show each expression on a frame, on the background's thread; those that are not begun when `ended` are left."""
    from engine.pipeline import open_pipeline

    made: dict[str, ProcessedFrame] = {}
    pipeline = open_pipeline(choice.settings(), "image")
    try:
        for name, expression in expressions.items():
            if ended.is_set():
                break
            controls = Controls(sliders={number: expression[number] for number in AU_NUMBERS})
            (made[name],) = pipeline.process([face], controls)
    finally:
        pipeline.close()
    return made
