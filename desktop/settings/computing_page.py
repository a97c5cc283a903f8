"""The page that chooses what computes, and tries whether it does."""

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.background import Job
from desktop.computing import BACKENDS, DEVICES
from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import BACKEND, DEVICE, THREADS
from desktop.settings.form import Form
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.backends import Backend


class ComputingPage(Form):
    """Software, device and threads of the networks."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self._job: Job[str] | None = None
        fastest = ("auto", self.tr("Automatic: the fastest that works"))
        self.backend_box = self.choice(
            BACKEND,
            self.tr("Software"),
            [fastest, *BACKENDS.items()],
            self.tr("ONNX Runtime starts sooner; PyTorch is needed for models without ONNX files."),
        )
        self.device_box = self.choice(DEVICE, self.tr("Device"), [fastest, *DEVICES.items()])
        self.threads_box = self.number(
            THREADS,
            self.tr("Threads on the CPU"),
            0,
            os.cpu_count() or 1,
            least_text=self.tr("Automatic"),
            hint=self.tr("More are not always faster: video needs some too."),
        )
        self.try_button = QPushButton(self.tr("Try It"), self)
        self.try_button.setToolTip(self.tr("Load the project's model with these settings"))
        self.try_button.setAutoDefault(False)
        self.try_button.clicked.connect(self._try)
        self.outcome = label("", None, self)
        self.outcome.setWordWrap(True)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.try_button)
        layout.addWidget(self.outcome, 1)
        self.note(row)
        studio.preferences.changed.connect(self._forget)

    def _try(self) -> None:
        studio = self.studio
        choice = PipelineChoice.of(studio.document.project, studio.preferences, studio.folders)
        self._tell(self.tr("Loading…"), "dim")
        self.try_button.setEnabled(False)
        self._job = self.studio.background.run(lambda: _try_out(choice), self._note_success, self._note_failure)

    def _forget(self, _key: str) -> None:
        """Take the outcome away: it was that of other settings."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.try_button.setEnabled(True)
        self._tell("", "dim")

    def _note_success(self, description: str) -> None:
        self.try_button.setEnabled(True)
        self._tell(self.tr("Works: {}").format(description), "success")

    def _note_failure(self, error: Exception) -> None:
        self.try_button.setEnabled(True)
        if not isinstance(error, EngineError):
            raise error
        self._tell(f"{error.message} {error.remedy}", "danger")

    def _tell(self, text: str, role: str) -> None:
        self.outcome.setProperty("role", role)
        self.outcome.setText(text)
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)


def _try_out(choice: PipelineChoice) -> str:
    """Load a model and say what runs it, and why nothing faster does."""
    from engine.backends import open_backend  # on a background thread: the networks' libraries take a while to load
    from engine.bundle import Bundle, find_bundle

    settings = choice.settings()
    bundle = Bundle.load(find_bundle(settings.model))
    backend: Backend = open_backend(bundle, settings.backend, settings.device, settings.threads)
    name, refusals = backend.name, getattr(backend, "refusals", ())
    backend.close()
    return " ".join([f"{name}.", *refusals])
