"""What all rooms of the application share, in one object that is handed to each panel."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.actions.catalogue import ACTIONS
from desktop.actions.registry import ActionRegistry
from desktop.background import Background
from desktop.document.autosave import Autosave
from desktop.document.known_people import KnownPeople
from desktop.document.measured_curves import MeasuredCurves
from desktop.document.new_project import chosen_output
from desktop.document.project_document import ProjectDocument
from desktop.document.project_media import ProjectMedia
from desktop.document.recent_files import RecentFiles
from desktop.document.view_state import ViewState
from desktop.export.queue import ExportQueue
from desktop.expression.at_playhead import PlayheadExpression
from desktop.expression.locks import Locks
from desktop.folders import Folders
from desktop.language import Language
from desktop.live.live import Live
from desktop.places import Places
from desktop.playback.recording import PerformanceRecorder
from desktop.playback.sound import Sound
from desktop.playback.transport import Transport
from desktop.preferences import AUTOSAVE_SECONDS, LANGUAGE, Preferences
from desktop.presets.library import PresetLibrary
from desktop.preview.at_playhead import PlayheadPreview
from desktop.preview.renderer import Renderer
from desktop.theme.theme import Theme
from desktop.training.trainings import Trainings
from engine.errors import EngineError
from engine.project import Project, Timeline

DEFAULT_MODEL = "eggan-detail"
"""As `engine.pipeline.DEFAULT_MODEL`, whose room would bring every network library with it at the start."""


class Studio(QObject):
    """Owned by the UI thread, like all it holds.

    Attributes:
        places: folders of the application.
        preferences: what is set once and for all.
        folders: the folders that exports, projects and models go to.
        language: translates what is made after it.
        background: work off the UI thread.
        theme: colours and icons.
        actions: all actions.
        document: the project under edit and its history.
        media: what is known of the project's medium.
        measured: the expressions that the medium itself shows.
        people: who is in the medium, and how they look at rest.
        view: playhead, selection, in and out.
        preview: the edited frame at the playhead.
        locks: the action units that sliders and presets leave alone.
        exports: the queue of exports.
        transport: playback, which moves the playhead.
        sound: what is heard meanwhile.
        recorder: writes what sliders do during playback into keyframes.
        expression: the project's expression at the playhead, for sliders and presets.
        presets: expressions to choose from.
        live: the live session.
        trainings: models in the making.
        recent: the files that were open lately.
        autosave: the recovery file.
        fault: an EngineError to tell the person of: (error).
        notice: a sentence for the status bar.
        open_requested: a path, of a project or a medium, that the person wants opened.
        page_requested: the id of a page that the person wants to see.
        closing: the session ends; what runs on its own is to stop.
    """

    fault = Signal(object)
    notice = Signal(str)
    open_requested = Signal(object)
    page_requested = Signal(str)
    closing = Signal()

    def __init__(self, application: QApplication, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = places
        self.background = Background(self)
        self.preferences = Preferences(places.preferences, self.background, self)
        self.folders = Folders(self.preferences, places)
        self.language = Language(application, self.preferences.get(LANGUAGE), self)
        self.theme = Theme(application, self.preferences, self)
        self.actions = ActionRegistry(ACTIONS, self.theme, self.preferences, self)
        self.document = ProjectDocument(self.new_project(), self)
        self.media = ProjectMedia(self.document, self.background, self)
        self.measured = MeasuredCurves(self.document, self.background, self)
        self.view = ViewState(self)
        self.people = KnownPeople(self.document, self.background, self)
        self.preview = PlayheadPreview(
            self.document, self.people, self.view, self.preferences, self.folders, Renderer(), self
        )
        self.locks = Locks(self)
        self.exports = ExportQueue(self)
        self.transport = Transport(self.view, self.media, self)
        self.sound = Sound(self.media, self.transport, self.preferences, self.background, self)
        self.recorder = PerformanceRecorder(self.document, self.view, self.transport, self)
        self.expression = PlayheadExpression(self.document, self.view, self.preview, self.recorder, self.locks, self)
        self.presets = PresetLibrary(places.presets, self)
        self.live = Live(self.document, self.preferences, self.folders, self)
        self.live.failed.connect(self.fault)
        self.trainings = Trainings(places.trainings, self.background, parent=self)
        self.recent = RecentFiles(self.preferences, self)
        self.autosave = Autosave(self.document, self.folders.recovery, self.background, self)
        self._set_autosave(AUTOSAVE_SECONDS.key)
        self.preferences.changed.connect(self._set_autosave)
        self.background.fault.connect(self._note_fault)
        self.autosave.failed.connect(self._note_fault)
        self.measured.failed.connect(self.fault)
        self.document.timeline_changed.connect(self._keep_selection_true)

    def new_project(self) -> Project:
        """Return an empty project, as the person wants exports to be."""
        return Project(DEFAULT_MODEL, output=chosen_output(self.preferences))

    def close(self) -> None:
        """End the session: stop playback, write preferences, remove the recovery file, join the threads."""
        self.closing.emit()
        self.transport.pause()
        self.sound.close()
        self.live.close()
        self.trainings.close()
        self.exports.close()
        self.preview.close()
        self.measured.cancel()
        self.preferences.flush()
        self.background.close()
        self.autosave.close()
        self.language.close()
        self.document.undo_stack.blockSignals(True)  # it would announce its own end to widgets that are gone

    def _set_autosave(self, key: str) -> None:
        if key == AUTOSAVE_SECONDS.key:
            self.autosave.set_interval(1000 * self.preferences.get(AUTOSAVE_SECONDS))

    def _note_fault(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            self.fault.emit(error)
        else:
            raise error

    def _keep_selection_true(self, timeline: Timeline) -> None:
        """Drop keyframes from the selection that an edit or an undo has removed."""
        tracks = {track.au: track for track in (*timeline.tracks, timeline.strength)}
        self.view.select(
            frozenset(
                (au, time) for au, time in self.view.selection if au in tracks and tracks[au].at(time) is not None
            )
        )
