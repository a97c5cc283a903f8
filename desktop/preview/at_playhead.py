"""Keeps the preview true: asks for a frame whenever the document or the playhead changes."""

import time
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from desktop.document.known_people import KnownPeople
from desktop.document.project_document import ProjectDocument
from desktop.document.view_state import ViewState
from desktop.folders import Folders
from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import BACKEND, DEVICE, MODELS_FOLDER, THREADS, Preferences
from desktop.preview.renderer import Renderer
from desktop.preview.requests import Rendering, RenderRequest
from engine.project import Timeline


class PlayheadPreview(QObject):
    """Renders the frame at the playhead as the project says. Owned by the UI thread.

    Attributes:
        rendered: the latest `Rendering`.
        sketched: a key and the `Rendering` that `sketch` asked for.
        failed: an EngineError.
        loading_changed: whether the model is being loaded.
    """

    rendered = Signal(object)
    sketched = Signal(str, object)
    failed = Signal(object)
    loading_changed = Signal(bool)

    def __init__(
        self,
        document: ProjectDocument,
        people: KnownPeople,
        view: ViewState,
        preferences: Preferences,
        folders: Folders,
        renderer: Renderer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._people = people
        self._view = view
        self._preferences = preferences
        self._folders = folders
        self._renderer = renderer
        self._latest: Rendering | None = None
        self._only: frozenset[int] | None = None
        renderer.setParent(self)
        renderer.rendered.connect(self._take)
        renderer.sketched.connect(self._take_sketch)
        renderer.failed.connect(self.failed)
        renderer.loading_changed.connect(self.loading_changed)
        document.project_changed.connect(self._ask)
        document.media_changed.connect(self._note_media)
        people.changed.connect(self._ask)
        view.playhead_changed.connect(self._ask)
        preferences.changed.connect(self._note_preference)
        self._ask()

    @property
    def latest(self) -> Rendering | None:
        """What was rendered last of the medium that is open."""
        return self._latest

    def show_only(self, aus: frozenset[int] | None) -> None:
        """Show the edit of these action units alone, or with None of all."""
        if aus != self._only:
            self._only = aus
            self._ask()

    def sketch(self, timelines: Mapping[str, Timeline]) -> None:
        """Render the frame at the playhead under other timelines, by their keys, when there is time for it."""
        self._renderer.sketch({key: self._request(timeline) for key, timeline in timelines.items()})

    def close(self) -> None:
        """End the rendering thread."""
        self._renderer.close()

    def _ask(self, _changed: "object | Fraction" = None) -> None:
        project = self._document.project
        if project.media is None:
            self._renderer.forget()
        else:
            self._renderer.request(self._request(self._shown(project.timeline)))

    def _request(self, timeline: Timeline) -> RenderRequest:
        project = self._document.project
        assert project.media is not None
        choice = PipelineChoice.of(project, self._preferences, self._folders)
        return RenderRequest(
            project.media, self._view.playhead, timeline, choice, time.perf_counter(), self._people.people
        )

    def _shown(self, timeline: Timeline) -> Timeline:
        if self._only is None:
            return timeline
        return replace(timeline, tracks=tuple(track for track in timeline.tracks if track.au in self._only))

    def _take(self, rendering: Rendering) -> None:
        if rendering.request.media == self._document.project.media:
            self._latest = rendering
            self.rendered.emit(rendering)

    def _take_sketch(self, key: str, rendering: Rendering) -> None:
        if rendering.request.media == self._document.project.media:
            self.sketched.emit(key, rendering)

    def _note_preference(self, key: str) -> None:
        if key in {BACKEND.key, DEVICE.key, THREADS.key, MODELS_FOLDER.key}:
            self._ask()

    def _note_media(self, _media: object) -> None:
        self._latest = None
